"""The awsx stand-in at a monitor of its own: what it registers, with which options, and what it gives back."""

# ruff: noqa: N802 - the monitor's methods are RPCs

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import alias_pb2, provider_pb2, resource_pb2, resource_pb2_grpc

from local.provider.awsx import AwsxProvider
from local.provider.awsx_children import RESOURCE, SIGNATURE
from local.provider.awsx_layout import layout
from local.provider.values import UNKNOWN, decode, encode
from tests.local.provider.driver import Context, Props, RefusedError

DATA = Path(__file__).parent / "data" / "awsx_vpc_3.11.0.jsonl"
INPUTS: Props = json.loads(DATA.read_text().splitlines()[0])["inputs"]
PROVIDER = "urn:pulumi:test::p::pulumi:providers:aws::aws::id"
COMPONENT = "awsx:ec2:Vpc net"


class Monitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Answers as the engine does; a URN here is the type and the name."""

    def __init__(self) -> None:
        self.preview = False
        self.requests: dict[str, resource_pb2.RegisterResourceRequest] = {}
        self.outputs: dict[str, Props] = {}

    def RegisterResource(
        self, request: resource_pb2.RegisterResourceRequest, _: object
    ) -> resource_pb2.RegisterResourceResponse:
        urn = f"{request.type} {request.name}"
        assert urn not in self.requests
        self.requests[urn] = request
        inputs = decode(request.object)
        if request.type == "aws:ec2/eip:Eip":
            inputs["allocationId"] = UNKNOWN if self.preview else f"{request.name}-allocation"
        identity = "" if self.preview or not request.custom else f"{request.name}-id"
        return resource_pb2.RegisterResourceResponse(urn=urn, id=identity, object=encode(inputs))

    def RegisterResourceOutputs(
        self, request: resource_pb2.RegisterResourceOutputsRequest, _: object
    ) -> empty_pb2.Empty:
        self.outputs[request.urn] = decode(request.outputs)
        return empty_pb2.Empty()


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    made = Monitor()
    server = grpc.server(futures.ThreadPoolExecutor(8))
    resource_pb2_grpc.add_ResourceMonitorServicer_to_server(made, server)
    made.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"  # type: ignore[attr-defined]
    server.start()
    yield made
    server.stop(None).wait()


def construct(
    monitor: Any, inputs: Props | None = None, **options: Any
) -> provider_pb2.ConstructResponse:
    request = provider_pb2.ConstructRequest(
        type=options.pop("type", "awsx:ec2:Vpc"),
        name="net",
        parent="urn:network",
        monitorEndpoint=monitor.address,
        inputs=encode(INPUTS if inputs is None else inputs),
        providers={"aws": PROVIDER},
        **options,
    )
    return AwsxProvider().Construct(request, Context())  # type: ignore[arg-type]


def test_the_component_and_exactly_the_children_of_the_layout_are_registered(
    monitor: Monitor,
) -> None:
    answer = construct(monitor, dependencies=["urn:before"])
    laid_out = layout("net", INPUTS)
    assert set(monitor.requests) == {COMPONENT, *(" ".join(child.key) for child in laid_out)}
    assert answer.urn == COMPONENT
    component = monitor.requests[COMPONENT]
    assert not component.custom
    assert component.parent == "urn:network"
    assert list(component.dependencies) == ["urn:before"]
    for child in laid_out:
        registered = monitor.requests[" ".join(child.key)]
        assert registered.parent == (" ".join(child.parent) if child.parent else COMPONENT)
        assert registered.provider == PROVIDER


def test_a_child_is_given_ids_and_names_where_they_come_from(monitor: Monitor) -> None:
    construct(monitor)
    gateway = monitor.requests["aws:ec2/natGateway:NatGateway net-1"]
    assert decode(gateway.object) == {
        "subnetId": "net-public-1-id",
        "allocationId": "net-1-allocation",
        "tags": {"Name": "net-1", "env": "dev"},
    }
    eip, subnet = "aws:ec2/eip:Eip net-1", "aws:ec2/subnet:Subnet net-public-1"
    assert list(gateway.dependencies) == [eip, subnet]
    sources = {name: list(found.urns) for name, found in gateway.propertyDependencies.items()}
    assert sources == {"subnetId": [subnet], "allocationId": [eip], "tags": []}


def test_protection_reaches_every_child_and_an_alias_none(monitor: Monitor) -> None:
    alias = alias_pb2.Alias(urn="urn:old")
    construct(monitor, protect=True, retainOnDelete=True, aliases=[alias], ignoreChanges=["tags"])
    for request in monitor.requests.values():
        assert request.protect
        assert request.retainOnDelete
        assert not request.aliases
        assert not request.ignoreChanges


def test_without_options_the_children_have_none(monitor: Monitor) -> None:
    construct(monitor)
    for request in monitor.requests.values():
        assert not request.HasField("protect")
        assert not request.HasField("retainOnDelete")


def test_the_outputs_are_ids_and_resources_and_are_registered_too(monitor: Monitor) -> None:
    answer = construct(monitor)
    outputs = decode(answer.state)
    assert monitor.outputs == {COMPONENT: outputs}
    assert outputs["vpcId"] == "net-id"
    ids = ["net-data-1-id", "net-card-1-id", "net-data-2-id", "net-card-2-id"]
    assert outputs["isolatedSubnetIds"] == ids
    tables = outputs["routeTables"]
    assert len(tables) == 8
    assert tables[0] == {
        SIGNATURE: RESOURCE,
        "urn": "aws:ec2/routeTable:RouteTable net-public-1",
        "id": "net-public-1-id",
    }
    sources = list(answer.stateDependencies["publicSubnetIds"].urns)
    assert sources == ["aws:ec2/subnet:Subnet net-public-1", "aws:ec2/subnet:Subnet net-public-2"]


def test_a_preview_of_something_new_knows_no_list_of_ids_not_even_its_length(
    monitor: Monitor,
) -> None:
    monitor.preview = True
    outputs = decode(construct(monitor).state)
    assert outputs["vpcId"] == UNKNOWN
    assert outputs["privateSubnetIds"] == UNKNOWN
    assert [each["id"] for each in outputs["privateSubnets"]] == [UNKNOWN, UNKNOWN]
    assert outputs["subnetLayout"][0]["name"] == "public"


def test_what_is_not_supported_is_one_readable_error(monitor: Monitor) -> None:
    with pytest.raises(RefusedError, match="constructing awsx:ec2:Vpc net: subnetStrategy 'Exact'"):
        construct(monitor, {**INPUTS, "subnetStrategy": "Exact"})
    with pytest.raises(RefusedError, match="awsx provider knows awsx:ec2:Vpc only"):
        construct(monitor, type="awsx:ecs:FargateService")
    assert not monitor.requests
