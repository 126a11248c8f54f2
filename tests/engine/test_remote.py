"""The recorded awsx component has real children, and the program's transforms reach them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx

from tests.engine.recording import Recording, record
from tests.engine.values import UNKNOWN

SPECS: tuple[Mapping[str, Any], ...] = (
    {"name": "public", "type": "Public", "cidr_blocks": ["10.0.0.0/24", "10.0.1.0/24"]},
    {"name": "private", "type": "Private", "cidr_blocks": ["10.0.4.0/24", "10.0.5.0/24"]},
)


def _ids(tables: Sequence[aws.ec2.RouteTable]) -> pulumi.Output[list[str]]:
    return pulumi.Output.all(*(each.id for each in tables))


def recorded(*, preview: bool = False) -> Recording:
    def closed(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
        if not args.type_.endswith("Subnet"):
            return None
        props = {**args.props, "mapPublicIpOnLaunch": False}
        opts = pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(protect=True))
        return pulumi.ResourceTransformResult(props, opts)

    def program() -> None:
        provider = aws.Provider("aws", region="eu-west-1")
        network = awsx.ec2.Vpc(
            "net",
            cidr_block="10.0.0.0/16",
            availability_zone_names=["eu-west-1a", "eu-west-1b"],
            subnet_strategy=awsx.ec2.SubnetAllocationStrategy.AUTO,
            subnet_specs=[awsx.ec2.SubnetSpecArgs(**each) for each in SPECS],
            nat_gateways=awsx.ec2.NatGatewayConfigurationArgs(
                strategy=awsx.ec2.NatGatewayStrategy.SINGLE
            ),
            opts=pulumi.ResourceOptions(providers=[provider], transforms=[closed]),
        )
        pulumi.export("private", network.private_subnet_ids)
        pulumi.export("tables", network.route_tables.apply(_ids))

    return record(program, preview=preview)


def test_children_are_registered_under_the_component_with_its_provider() -> None:
    recording = recorded()
    subnet = recording.one("aws:ec2/subnet:Subnet", "net-public-1")
    assert "awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet" in subnet.urn
    assert subnet.provider.endswith("aws::aws-id")
    assert subnet.inputs["vpcId"] == "net-id"
    assert recording.exports["private"] == ["net-private-1-id", "net-private-2-id"]
    assert len(recording.exports["tables"]) == 4


def test_transforms_of_the_component_change_inputs_and_options_of_its_children() -> None:
    recording = recorded()
    for subnet in recording.all("aws:ec2/subnet:Subnet"):
        assert subnet.inputs["mapPublicIpOnLaunch"] is False
        assert subnet.protect
    assert not recording.one("aws:ec2/natGateway:NatGateway", "net-1").protect


def test_a_preview_knows_how_many_resources_there_are_but_of_ids_not_even_that() -> None:
    exports = recorded(preview=True).exports
    assert exports["private"] is UNKNOWN
    assert exports["tables"] == [UNKNOWN] * 4
