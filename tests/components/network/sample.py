"""A network as the programs of the tests build it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import pulumi
import pulumi_aws as aws

from components.network.network import Network, NetworkArgs
from tests.engine.recording import Recording, record

SUBNET: Final = "aws:ec2/subnet:Subnet"
ROUTE: Final = "aws:ec2/route:Route"
ROUTE_TABLE: Final = "aws:ec2/routeTable:RouteTable"
ACL: Final = "aws:ec2/networkAcl:NetworkAcl"
ENDPOINT: Final = "aws:ec2/vpcEndpoint:VpcEndpoint"
GROUP: Final = "aws:ec2/securityGroup:SecurityGroup"
DEFAULT_GROUP: Final = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
INGRESS: Final = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
FLOW_LOG: Final = "aws:ec2/flowLog:FlowLog"
LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"

ACCOUNT: Final = "111122223333"
REGION: Final = "eu-west-1"
KEY_ARN: Final = "arn:aws:kms:eu-west-1:111122223333:key/logs"
ZONES: Final = ("eu-west-1a", "eu-west-1b", "eu-west-1c")


def network_args(**changes: Any) -> NetworkArgs:
    values: dict[str, Any] = {
        "account_id": ACCOUNT,
        "region": REGION,
        "cidr": "10.20.0.0/16",
        "availability_zones": ZONES[:2],
        "nat_gateways": "single",
        "interface_endpoints": (),
        "flow_log_group_name": "/turnstay/staging/flow-log",
        "flow_log_retention_days": 365,
        "logs_key_arn": KEY_ARN,
        "protect": True,
    }
    return NetworkArgs(**(values | changes))


@cache
def network(*, preview: bool = False, **changes: Any) -> Recording:
    """A network of that name under an explicit provider. Shared: never change it in place."""

    def program() -> None:
        provider = aws.Provider("aws", region=REGION)
        Network(
            "network",
            network_args(**changes),
            opts=pulumi.ResourceOptions(providers=[provider]),
        )

    return record(program, preview=preview)
