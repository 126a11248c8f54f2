"""The gRPC face of the provider: it turns the engine's requests into calls of `checking` and `lifecycle`, no more."""

# ruff: noqa: D102, N802 - the methods are the RPCs of pulumirpc.ResourceProvider, which names and documents them

from __future__ import annotations

from typing import Final

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from local.provider import checking, lifecycle, settings
from local.provider.aws import Aws, Clients
from local.provider.errors import PartlyCreatedError, ProviderError, explain
from local.provider.invokes import INVOKES
from local.provider.registry import handler_of
from local.provider.rpc import (
    abort,
    changes,
    explained,
    invoke_response,
    partly_created,
)
from local.provider.values import decode, encode

# The version of the SDK whose schema the handlers follow; an older one makes the engine warn.
VERSION: Final = "7.51.1"


class AwsProvider(provider_pb2_grpc.ResourceProviderServicer):
    """One configured provider: a process of the plugin serves one."""

    def __init__(self) -> None:
        self._settings = settings.Settings(region="")
        self._clients = Clients("")

    def GetPluginInfo(self, _: object, __: object) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=VERSION)

    def CheckConfig(
        self, request: provider_pb2.CheckRequest, _: object
    ) -> provider_pb2.CheckResponse:
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: provider_pb2.DiffRequest, _: object) -> provider_pb2.DiffResponse:
        # Another region is another place: the resources there are not the ones that were made here.
        old, new = decode(request.olds), decode(request.news)
        moved = old.get("region") != new.get("region")
        return provider_pb2.DiffResponse(
            changes=changes(old != new), replaces=["region"] if moved else []
        )

    def Configure(
        self, request: provider_pb2.ConfigureRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConfigureResponse:
        with explained(context, "configuring the aws provider"):
            self._settings = settings.read(decode(request.args))
            self._clients = Clients(self._settings.region)
            if self._settings.allowed_account_ids:
                settings.check_account(self._settings, self._clients.account_id)
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    def Check(
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        with explained(context, f"checking {request.name}"):
            handler, aws, new = handler_of(request.urn), self.aws(), decode(request.news)
            if problems := checking.refused(handler, aws, new):
                return provider_pb2.CheckResponse(
                    failures=[
                        provider_pb2.CheckFailure(property=key, reason=reason)
                        for key, reason in problems.items()
                    ]
                )
            name = request.urn.rsplit("::", 1)[-1]
            old = decode(request.olds)
            inputs = checking.checked(handler, aws, name, request.randomSeed, old, new)
            return provider_pb2.CheckResponse(inputs=encode(inputs))

    def Diff(
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        with explained(context, f"comparing {request.id}"):
            handler = handler_of(request.urn)
            found = checking.difference(
                handler, decode(request.old_inputs), decode(request.news), request.ignoreChanges
            )
            return provider_pb2.DiffResponse(
                changes=changes(bool(found.changed)),
                diffs=found.changed,
                replaces=found.replacing,
                deleteBeforeReplace=found.delete_first,
            )

    def Create(
        self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CreateResponse:
        handler, aws = handler_of(request.urn), self.aws(request.timeout)
        new = decode(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(properties=encode(checking.planned(handler, new)))
        try:
            found = lifecycle.create(handler, aws, new)
        except PartlyCreatedError as error:
            reason = f"creating {handler.type}: {explain(error)}"
            rest = lifecycle.salvage(handler, aws, error, new)
            partly_created(context, error.identity, reason, rest.outputs if rest else new)
        except Exception as error:  # noqa: BLE001 - whatever it is, the engine must be told
            abort(context, f"creating {handler.type}", error)
        return provider_pb2.CreateResponse(id=found.identity, properties=encode(found.outputs))

    def Update(
        self, request: provider_pb2.UpdateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.UpdateResponse:
        handler, aws = handler_of(request.urn), self.aws(request.timeout)
        outputs, old, new = map(decode, (request.olds, request.old_inputs, request.news))
        if request.preview:
            planned = checking.planned_update(outputs, old, new)
            return provider_pb2.UpdateResponse(properties=encode(planned))
        with explained(context, f"updating {handler.type} {request.id}"):
            found = lifecycle.update(handler, aws, request.id, outputs, old, new)
            return provider_pb2.UpdateResponse(properties=encode(found.outputs))

    def Read(
        self, request: provider_pb2.ReadRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ReadResponse:
        with explained(context, f"reading {request.id}"):
            handler, state = handler_of(request.urn), decode(request.properties)
            found = lifecycle.find(handler, self.aws(), request.id, state, decode(request.inputs))
            if found is None:
                return provider_pb2.ReadResponse()
            return provider_pb2.ReadResponse(
                id=request.id, properties=encode(found.outputs), inputs=encode(found.inputs)
            )

    def Delete(
        self, request: provider_pb2.DeleteRequest, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        handler = handler_of(request.urn)
        with explained(context, f"deleting {handler.type} {request.id}"):
            state = decode(request.properties)
            lifecycle.delete(handler, self.aws(request.timeout), request.id, state)
        return empty_pb2.Empty()

    def Invoke(
        self, request: provider_pb2.InvokeRequest, context: grpc.ServicerContext
    ) -> provider_pb2.InvokeResponse:
        with explained(context, f"calling {request.tok}"):
            if request.tok not in INVOKES:
                raise ProviderError(
                    f"the local account's aws provider does not know {request.tok}; "
                    f"it knows {', '.join(sorted(INVOKES))}"
                )
            return invoke_response(INVOKES[request.tok](self.aws(), decode(request.args)))

    def Cancel(self, _: object, __: object) -> empty_pb2.Empty:
        self._clients.cancelled.set()
        return empty_pb2.Empty()

    def aws(self, timeout_seconds: float = 0) -> Aws:
        return Aws(self._clients, self._settings.default_tags, timeout_seconds or None)
