"""A resource monitor in this process: it answers as the engine does and remembers every request.

Unlike `pulumi.runtime.set_mocks` it builds URNs by the engine's rule, refuses a URN registered twice, runs transforms,
keeps hooks so that tests can run them, and shows each option of a resource. It opens no connection.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any, Final, NamedTuple

from google.protobuf import empty_pb2
from google.protobuf.message import Message
from pulumi.runtime._callbacks import _CallbackServicer
from pulumi.runtime.proto import resource_pb2

from tests.engine.outputs import INVOKES, OUTPUTS
from tests.engine.registration import Registration, decoded
from tests.engine.remote import construct
from tests.engine.values import UNKNOWN, Secret, decode, encode

Function = Callable[[bytes], Awaitable[Message]]
Respond = Callable[[dict[str, Any]], dict[str, Any]]
STACK_TYPE: Final = "pulumi:pulumi:Stack"
# Plain inputs and no output values: the features an engine has before it may send outputs as values.
UNSUPPORTED: Final = frozenset({2, 13, 14, 15, 17, 18})
TRANSFORM_SECONDS: Final = 30


class Callback(NamedTuple):
    """A function that the program gave to the engine, and the loop of the program."""

    function: Function
    loop: asyncio.AbstractEventLoop


class RecordingMonitor:
    """What the SDK talks to instead of the engine."""

    def __init__(
        self, project: str, stack: str, *, preview: bool, invokes: dict[str, Respond] | None = None
    ) -> None:
        self.project, self.stack, self.preview = project, stack, preview
        self.registrations: dict[str, Registration] = {}
        self.outputs: dict[str, dict[str, Any]] = {}
        self.hooks: dict[str, Callback] = {}
        self.invoked: list[tuple[str, dict[str, Any]]] = []
        self._invokes: dict[str, Respond] = {**INVOKES, **(invokes or {})}
        self._state: dict[str, dict[str, Any]] = {}
        self._transforms: dict[str, list[Callback]] = {}
        self._lock = threading.Lock()

    # The names below are the RPCs of pulumirpc.ResourceMonitor.

    def GetDeploymentInfo(self, _: Any) -> resource_pb2.DeploymentInfo:  # noqa: N802
        values = resource_pb2.ResourceMonitorFeature.values()
        return resource_pb2.DeploymentInfo(
            supportedFeatures=[each for each in values if each not in UNSUPPORTED]
        )

    def SupportsFeature(self, _: Any) -> resource_pb2.SupportsFeatureResponse:  # noqa: N802
        return resource_pb2.SupportsFeatureResponse(hasSupport=True)

    def RegisterResource(  # noqa: N802
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        urn = self._urn(request)
        self._transforms[urn] = [*map(_callback, request.transforms), *self._above(request.parent)]
        for transform in self._transforms[urn]:
            _apply(transform, request)
        with self._lock:
            if urn in self.registrations:
                raise ValueError(f"duplicate resource URN {urn}")
            self.registrations[urn] = decoded(request, urn)
        if request.remote:
            return self._construct(request, urn)
        state = self._respond(request)
        identity = f"{request.name}-id" if request.custom and not self.preview else ""
        self._state[urn] = state
        return resource_pb2.RegisterResourceResponse(urn=urn, id=identity, object=encode(state))

    def RegisterResourceOutputs(self, request: Any) -> empty_pb2.Empty:  # noqa: N802
        self.outputs[request.urn] = decode(request.outputs)
        return empty_pb2.Empty()

    def RegisterResourceHook(self, request: Any) -> empty_pb2.Empty:  # noqa: N802
        if request.name in self.hooks:
            raise ValueError(f"resource hook {request.name} is registered twice")
        self.hooks[request.name] = _callback(request.callback)
        return empty_pb2.Empty()

    def Invoke(self, request: Any) -> resource_pb2.ResourceInvokeResponse:  # noqa: N802
        arguments = decode(request.args)
        if request.tok == "pulumi:pulumi:getResource":
            answer = self._resource(arguments["urn"])
        else:
            self.invoked.append((request.tok, arguments))
            if request.tok not in self._invokes:
                raise ValueError(f"no answer is written for {request.tok} in tests/engine/outputs")
            answer = self._invokes[request.tok](arguments)
        response = resource_pb2.ResourceInvokeResponse()
        getattr(response, "return").CopyFrom(encode(answer))
        return response

    def RegisterPackage(self, request: Any) -> resource_pb2.RegisterPackageResponse:  # noqa: N802
        return resource_pb2.RegisterPackageResponse(ref=request.name)

    def SignalAndWaitForShutdown(self, _: Any) -> empty_pb2.Empty:  # noqa: N802
        return empty_pb2.Empty()

    def _urn(self, request: resource_pb2.RegisterResourceRequest) -> str:
        """As `urn.New` of the engine: the types of all parents but the stack, joined by $."""
        kind = request.type
        if request.parent:
            above = request.parent.split("::")[2]
            if above != STACK_TYPE:
                kind = f"{above}${kind}"
        return f"urn:pulumi:{self.stack}::{self.project}::{kind}::{request.name}"

    def _above(self, parent: str) -> list[Callback]:
        return self._transforms.get(parent, [])

    def _respond(self, request: resource_pb2.RegisterResourceRequest) -> dict[str, Any]:
        inputs = decode(request.object)
        if not request.custom and request.type not in OUTPUTS:
            return {}  # a component of ours: its outputs are registered later
        if request.type not in OUTPUTS:
            raise ValueError(f"no outputs are written for {request.type} in tests/engine/outputs")
        computed = OUTPUTS[request.type](request.name, inputs)
        if self.preview:
            computed = {key: inputs.get(key, UNKNOWN) for key in computed}
        state = {**computed, **inputs}
        for key in request.additionalSecretOutputs:
            if key in state and not isinstance(state[key], Secret):
                state[key] = Secret(state[key])
        return state

    def property_of(self, urn: str, name: str) -> Any:
        """An output of a registered resource."""
        if name == "id":
            return self._resource(urn)["id"]
        return self._state[urn][name]

    def _resource(self, urn: str) -> dict[str, Any]:
        registration = self.registrations[urn]
        identity = UNKNOWN if self.preview else f"{registration.name}-id"
        return {"urn": urn, "id": identity, "state": self._state[urn]}

    def _construct(
        self, request: resource_pb2.RegisterResourceRequest, urn: str
    ) -> resource_pb2.RegisterResourceResponse:
        outputs = construct(self, request, urn)
        self._state[urn] = outputs
        return resource_pb2.RegisterResourceResponse(urn=urn, object=encode(outputs))


def _callback(callback: Any) -> Callback:
    """The function behind a callback of this process: the SDK serves it by gRPC, we call it."""
    for servicer in _CallbackServicer._servicers:
        if function := servicer._callbacks.get(callback.token):
            return Callback(function, servicer._loop)
    raise ValueError(f"no callback of this program has the token {callback.token}")


def _apply(transform: Callback, request: resource_pb2.RegisterResourceRequest) -> None:
    """Let a transform of the program change a registration, as the engine does before it acts."""
    asked = resource_pb2.TransformRequest(
        type=request.type,
        name=request.name,
        custom=request.custom,
        parent=request.parent,
        properties=request.object,
        options=resource_pb2.TransformResourceOptions(
            depends_on=request.dependencies,
            protect=request.protect if request.HasField("protect") else None,
            ignore_changes=request.ignoreChanges,
            provider=request.provider,
        ),
    )
    # On the program's own loop, as a call of the engine would be: outputs that the transform makes belong to it.
    answered = asyncio.run_coroutine_threadsafe(
        _message(transform.function, asked.SerializeToString()), transform.loop
    ).result(TRANSFORM_SECONDS)
    answer = resource_pb2.TransformResponse.FromString(answered.SerializeToString())
    request.object.CopyFrom(answer.properties)
    if answer.HasField("options"):
        if answer.options.HasField("protect"):
            request.protect = answer.options.protect
        del request.ignoreChanges[:]
        request.ignoreChanges.extend(answer.options.ignore_changes)


async def _message(function: Function, request: bytes) -> Message:
    return await function(request)
