"""The plugin `pulumi-resource-random`: passwords and ids that are as random as the real provider's, and stay in the state.

`python -m local.provider.random`, started by the engine. It knows no account: what it makes is recorded by the engine and
nowhere else, and any other input makes another one.
"""

# ruff: noqa: D102, N802 - the methods are the RPCs of pulumirpc.ResourceProvider, which names and documents them

from __future__ import annotations

from typing import Final

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from local.provider import random_values
from local.provider.errors import ProviderError
from local.provider.plugin import serve
from local.provider.rpc import changes, explained
from local.provider.values import UNKNOWN, decode, encode

# The version of the SDK whose schema this follows; an older one makes the engine warn.
VERSION: Final = "4.21.4"


class RandomProvider(provider_pb2_grpc.ResourceProviderServicer):
    """A provider without settings and without anything outside of the engine's state."""

    def GetPluginInfo(self, _: object, __: object) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=VERSION)

    def CheckConfig(
        self, request: provider_pb2.CheckRequest, _: object
    ) -> provider_pb2.CheckResponse:
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, _: object, __: object) -> provider_pb2.DiffResponse:
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

    def Configure(self, _: object, __: object) -> provider_pb2.ConfigureResponse:
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    def Check(
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        with explained(context, f"checking {request.name}"):
            problems = random_values.refused(_type(request.urn), decode(request.news))
            failures = [
                provider_pb2.CheckFailure(property=key, reason=reason)
                for key, reason in problems.items()
            ]
            return provider_pb2.CheckResponse(inputs=request.news, failures=failures)

    def Diff(
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        with explained(context, f"comparing {request.id}"):
            old, new = decode(request.old_inputs), decode(request.news)
            changed = random_values.changed(_type(request.urn), old, new)
            return provider_pb2.DiffResponse(
                changes=changes(bool(changed)), diffs=changed, replaces=changed
            )

    def Create(
        self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CreateResponse:
        with explained(context, f"creating {request.name}"):
            kind, inputs = _type(request.urn), decode(request.properties)
            if request.preview:
                planned = {**inputs, **dict.fromkeys(random_values.OUTPUTS[kind], UNKNOWN)}
                return provider_pb2.CreateResponse(properties=encode(planned))
            made = random_values.made(kind, inputs)
            return provider_pb2.CreateResponse(
                id=made.identity, properties=encode({**inputs, **made.outputs})
            )

    def Read(
        self, request: provider_pb2.ReadRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ReadResponse:
        with explained(context, f"reading {request.id}"):
            if not request.properties.fields:
                raise ProviderError("what is random is in the state alone, and cannot be imported")
            # There is nobody to ask.
            return provider_pb2.ReadResponse(
                id=request.id, properties=request.properties, inputs=request.inputs
            )

    def Delete(self, _: object, __: object) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def Cancel(self, _: object, __: object) -> empty_pb2.Empty:
        return empty_pb2.Empty()


def _type(urn: str) -> str:
    return urn.split("::")[2].rsplit("$", 1)[-1]


if __name__ == "__main__":
    serve(RandomProvider())
