"""The children of a component on their way to the engine."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent import futures
from types import TracebackType
from typing import Final, Self

import grpc
from pulumi.runtime.proto import provider_pb2, resource_pb2, resource_pb2_grpc

from local.provider.awsx_layout import Child, Key, Ref
from local.provider.plugin import NO_SIZE_LIMIT, THREADS
from local.provider.values import UNKNOWN, Props, Value, decode, encode, has_unknown

# How Pulumi writes a resource as a value.
SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
RESOURCE: Final = "5cf8f73096256a8f31e491e813e4eb8e"


class Children:
    """A component and its children at the engine's monitor, while they are registered.

    Options of the component reach the children as with the real provider: its aws provider, `protect` and
    `retainOnDelete` do, `ignoreChanges` and the like do not, and aliases are lost even for the component itself.
    """

    def __init__(self, request: provider_pb2.ConstructRequest) -> None:
        self._request = request
        self._channel = grpc.insecure_channel(request.monitorEndpoint, options=NO_SIZE_LIMIT)
        self._monitor = resource_pb2_grpc.ResourceMonitorStub(self._channel)
        self._registered: dict[Key, futures.Future[Props]] = {}
        component = resource_pb2.RegisterResourceRequest(
            type=request.type,
            name=request.name,
            parent=request.parent,
            providers=request.providers,
            dependencies=request.dependencies,
        )
        self._urn = self._monitor.RegisterResource(self._with_options(component)).urn

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _: type[BaseException] | None,
        __: BaseException | None,
        ___: TracebackType | None,
    ) -> None:
        self._channel.close()

    def register(self, children: list[Child]) -> None:
        """Register children, each as soon as those before it that it needs are there."""
        with futures.ThreadPoolExecutor(THREADS) as pool:
            for child in children:
                self._registered[child.key] = pool.submit(self._register, child)
        for registered in self._registered.values():
            registered.result()

    def _register(self, child: Child) -> Props:
        sources = {name: self._sources(value) for name, value in child.inputs.items()}
        explicit = {self._state(key)["urn"] for key in child.depends_on}
        dependencies = resource_pb2.RegisterResourceRequest.PropertyDependencies
        request = resource_pb2.RegisterResourceRequest(
            type=child.type,
            name=child.name,
            custom=True,
            parent=self._state(child.parent)["urn"] if child.parent else self._urn,
            provider=self._request.providers.get("aws", ""),
            object=encode(self._resolved(child.inputs)),
            dependencies=sorted(explicit.union(*sources.values())),
            propertyDependencies={
                name: dependencies(urns=sorted(urns)) for name, urns in sources.items()
            },
        )
        answer = self._monitor.RegisterResource(self._with_options(request))
        return {**decode(answer.object), "urn": answer.urn, "id": answer.id or UNKNOWN}

    def _with_options(
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceRequest:
        if self._request.HasField("protect"):
            request.protect = self._request.protect
        if self._request.HasField("retainOnDelete"):
            request.retainOnDelete = self._request.retainOnDelete
        return request

    def finish(self, described: Mapping[str, Value]) -> provider_pb2.ConstructResponse:
        """Register the component's outputs and answer with them.

        In a preview of something new a list of ids is unknown as a whole, without a length, as the real one's.
        """
        outputs = {name: self._resolved(value) for name, value in described.items()}
        outputs |= {
            name: UNKNOWN
            for name, value in outputs.items()
            if name.endswith("Ids") and has_unknown(value)
        }
        state = encode(outputs)
        self._monitor.RegisterResourceOutputs(
            resource_pb2.RegisterResourceOutputsRequest(urn=self._urn, outputs=state)
        )
        dependencies = provider_pb2.ConstructResponse.PropertyDependencies
        return provider_pb2.ConstructResponse(
            urn=self._urn,
            state=state,
            stateDependencies={
                name: dependencies(urns=sorted(self._sources(value)))
                for name, value in described.items()
            },
        )

    def _state(self, key: Key) -> Props:
        return self._registered[key].result()

    def _resolved(self, value: Value) -> Value:
        """Put what they stand for in the place of references."""
        match value:
            case Ref(key=key, property=""):
                state = self._state(key)
                return {SIGNATURE: RESOURCE, "urn": state["urn"], "id": state["id"]}
            case Ref(key=key, property=name):
                return self._state(key).get(name, UNKNOWN)
            case Mapping():
                return {name: self._resolved(each) for name, each in value.items()}
            case list():
                return [self._resolved(each) for each in value]
            case _:
                return value

    def _sources(self, value: Value) -> set[str]:
        """Find the resources that a value comes from."""
        match value:
            case Ref(key=key):
                return {self._state(key)["urn"]}
            case Mapping():
                return set().union(*map(self._sources, value.values()))
            case list():
                return set().union(*map(self._sources, value))
            case _:
                return set()
