"""The edges of gRPC that Python's types cannot say, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

import grpc
from pulumi.runtime.proto import provider_pb2, status_pb2

from local.provider.errors import explain
from local.provider.values import Props, encode

DETAILS_KEY: Final = "grpc-status-details-bin"


class _Status(grpc.Status):
    """A failure with details, as `abort_with_status` takes it."""

    def __init__(self, message: str, metadata: tuple[tuple[str, bytes], ...]) -> None:
        self.code = grpc.StatusCode.UNKNOWN
        self.details = message
        self.trailing_metadata = metadata


def invoke_response(values: Props) -> provider_pb2.InvokeResponse:
    """Answer an invoke; the field's name is a keyword of Python."""
    response = provider_pb2.InvokeResponse()
    getattr(response, "return").CopyFrom(encode(values))
    return response


def changes(changed: bool) -> provider_pb2.DiffResponse.DiffChanges.ValueType:
    """Say whether there is a difference, in the engine's words."""
    response = provider_pb2.DiffResponse
    return response.DIFF_SOME if changed else response.DIFF_NONE


def abort(context: grpc.ServicerContext, doing: str, error: BaseException) -> NoReturn:
    """Fail a request with one readable line."""
    context.abort(grpc.StatusCode.UNKNOWN, f"{doing}: {explain(error)}")
    raise AssertionError("abort returns never") from error


@contextmanager
def explained(context: grpc.ServicerContext, doing: str) -> Iterator[None]:
    """Turn whatever goes wrong within into a failure of the request that says what was being done."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is, the engine must be told
        abort(context, doing, error)


def partly_created(
    context: grpc.ServicerContext, identity: str, reason: str, outputs: Props
) -> NoReturn:
    """Fail a creation, but have the engine record the resource, so that the next update finishes it."""
    failed = provider_pb2.ErrorResourceInitFailed(
        id=identity, properties=encode(outputs), reasons=[reason]
    )
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=reason)
    status.details.add().Pack(failed)
    context.abort_with_status(_Status(reason, ((DETAILS_KEY, status.SerializeToString()),)))
    raise AssertionError("abort returns never")
