"""The plugin `pulumi-resource-awsx`: one component, `awsx.ec2.Vpc`, laid out as the real provider lays it out.

`python -m local.provider.awsx`, started by the engine. The children are registered with the engine, which hands them to
the aws provider that the program gave the component, after the program's transforms.
"""

# ruff: noqa: D102, N802 - the methods are the RPCs of pulumirpc.ResourceProvider, which names and documents them

from __future__ import annotations

from typing import Final

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from local.provider.awsx_children import Children
from local.provider.awsx_layout import TYPE, LayoutError, layout, outputs
from local.provider.errors import ProviderError
from local.provider.plugin import serve
from local.provider.rpc import explained
from local.provider.values import decode

# The version whose layout this is; an older one than the SDK's makes the engine warn.
VERSION: Final = "3.11.0"


class AwsxProvider(provider_pb2_grpc.ResourceProviderServicer):
    """A provider of components, which has no settings and keeps nothing."""

    def GetPluginInfo(self, _: object, __: object) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=VERSION)

    def CheckConfig(
        self, request: provider_pb2.CheckRequest, _: object
    ) -> provider_pb2.CheckResponse:
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, _: object, __: object) -> provider_pb2.DiffResponse:
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

    def Configure(self, _: object, __: object) -> provider_pb2.ConfigureResponse:
        # The engine lets no plugin construct components that would lose a secret or a resource on the way.
        return provider_pb2.ConfigureResponse(
            supportsPreview=True, acceptSecrets=True, acceptResources=True
        )

    def Construct(
        self, request: provider_pb2.ConstructRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConstructResponse:
        with explained(context, f"constructing {request.type} {request.name}"):
            if request.type != TYPE:
                raise ProviderError(f"the local account's awsx provider knows {TYPE} only")
            inputs = decode(request.inputs)
            try:
                laid_out = layout(request.name, inputs)
            except LayoutError as error:
                raise ProviderError(str(error)) from error
            with Children(request) as children:
                children.register(laid_out)
                return children.finish(outputs(laid_out, inputs))

    def Cancel(self, _: object, __: object) -> empty_pb2.Empty:
        # There is nothing to cancel: the engine refuses whatever is registered after it has stopped.
        return empty_pb2.Empty()


if __name__ == "__main__":
    serve(AwsxProvider())
