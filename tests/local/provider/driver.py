"""What the engine does with a provider, one resource at a time: it keeps the state and sends the requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

from google.protobuf.message import Message
from pulumi.runtime.proto import provider_pb2

from local.provider.checking import DEFAULTS
from local.provider.server import AwsProvider
from local.provider.values import decode, encode

Props = dict[str, Any]


class RefusedError(Exception):
    """The provider refused a request; the text is what the engine would print."""

    def __init__(self, message: str, metadata: Any = ()) -> None:
        super().__init__(message)
        self.metadata = dict(metadata)


class Context:
    """The part of a gRPC context that the provider uses."""

    def abort(self, code: Any, details: str) -> NoReturn:  # noqa: ARG002
        raise RefusedError(details)

    def abort_with_status(self, status: Any) -> NoReturn:
        raise RefusedError(status.details, status.trailing_metadata)


@dataclass
class Resource:
    """A resource as the engine's state has it."""

    urn: str
    type: str
    name: str
    id: str = ""
    inputs: Props = field(default_factory=dict)
    outputs: Props = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """What the provider says about a change."""

    changed: list[str]
    replacing: list[str]
    delete_first: bool


class Driver:
    """One configured provider."""

    def __init__(self, **settings: Any) -> None:
        self.provider = AwsProvider()
        request = provider_pb2.ConfigureRequest(args=encode({"region": "eu-west-1", **settings}))
        self.configured = self._call("Configure", request)

    def check(self, kind: str, name: str, inputs: Props, old: Props | None = None) -> Props:
        answer = self._call(
            "Check",
            provider_pb2.CheckRequest(
                urn=_urn(kind, name),
                olds=encode(old or {}),
                news=encode(inputs),
                randomSeed=b"seed",
            ),
        )
        if answer.failures:
            raise RefusedError("; ".join(each.reason for each in answer.failures))
        return decode(answer.inputs)

    def preview(self, kind: str, name: str, inputs: Props) -> Props:
        checked = self.check(kind, name, inputs)
        request = provider_pb2.CreateRequest(
            urn=_urn(kind, name), properties=encode(checked), preview=True
        )
        return decode(self._call("Create", request).properties)

    def create(self, kind: str, name: str, inputs: Props) -> Resource:
        checked = self.check(kind, name, inputs)
        urn = _urn(kind, name)
        answer = self._call(
            "Create", provider_pb2.CreateRequest(urn=urn, properties=encode(checked))
        )
        outputs = decode(answer.properties)
        assert answer.id
        assert DEFAULTS not in outputs
        return Resource(urn, kind, name, answer.id, checked, outputs)

    def diff(self, resource: Resource, inputs: Props, ignored: tuple[str, ...] = ()) -> Difference:
        checked = self.check(resource.type, resource.name, inputs, resource.inputs)
        answer = self._call(
            "Diff",
            provider_pb2.DiffRequest(
                id=resource.id,
                urn=resource.urn,
                olds=encode(resource.outputs),
                old_inputs=encode(resource.inputs),
                news=encode(checked),
                ignoreChanges=ignored,
            ),
        )
        assert bool(answer.diffs) == (answer.changes == answer.DIFF_SOME)
        return Difference(list(answer.diffs), list(answer.replaces), answer.deleteBeforeReplace)

    def update(self, resource: Resource, inputs: Props, *, preview: bool = False) -> Resource:
        checked = self.check(resource.type, resource.name, inputs, resource.inputs)
        answer = self._call(
            "Update",
            provider_pb2.UpdateRequest(
                id=resource.id,
                urn=resource.urn,
                olds=encode(resource.outputs),
                old_inputs=encode(resource.inputs),
                news=encode(checked),
                preview=preview,
            ),
        )
        outputs = decode(answer.properties)
        return Resource(resource.urn, resource.type, resource.name, resource.id, checked, outputs)

    def refresh(self, resource: Resource) -> Resource | None:
        answer = self._call(
            "Read",
            provider_pb2.ReadRequest(
                id=resource.id,
                urn=resource.urn,
                properties=encode(resource.outputs),
                inputs=encode(resource.inputs),
            ),
        )
        if not answer.id:
            return None
        inputs, outputs = decode(answer.inputs), decode(answer.properties)
        return Resource(resource.urn, resource.type, resource.name, answer.id, inputs, outputs)

    def delete(self, resource: Resource) -> None:
        self._call(
            "Delete",
            provider_pb2.DeleteRequest(
                id=resource.id, urn=resource.urn, properties=encode(resource.outputs)
            ),
        )

    def invoke(self, token: str, **arguments: Any) -> Props:
        answer = self._call("Invoke", provider_pb2.InvokeRequest(tok=token, args=encode(arguments)))
        return decode(getattr(answer, "return"))

    def _call(self, name: str, request: Message) -> Any:
        # Through bytes, as on the wire: what protobuf loses must be lost here too.
        sent = type(request).FromString(request.SerializeToString())
        answer = getattr(self.provider, name)(sent, Context())
        return type(answer).FromString(answer.SerializeToString())


def _urn(kind: str, name: str) -> str:
    return f"urn:pulumi:test::project::turnstay:a:Component${kind}::{name}"
