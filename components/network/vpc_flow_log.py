"""The record of who talked to whom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.network.policies import flow_log_delivery, flow_log_trust

FIELDS: Final = (
    # AWS's own fields in their order, so that tools which know it can read it,
    *("version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport"),
    *("protocol", "packets", "bytes", "start", "end", "action", "log-status"),
    # and what it leaves out: the addresses behind a NAT gateway, the subnet, who began the connection, and its way out.
    *("pkt-srcaddr", "pkt-dstaddr", "subnet-id", "tcp-flags", "flow-direction", "traffic-path"),
)


@dataclass(frozen=True, kw_only=True)
class VpcFlowLogArgs:
    """Inputs of VpcFlowLog."""

    vpc_id: pulumi.Input[str]
    account_id: str
    region: str
    log_group_name: str
    retention_days: int
    key_arn: pulumi.Input[str]
    """Its policy must let CloudWatch Logs use it for this group."""
    protect: bool
    """Of the log group: the evidence must survive a slip."""


class VpcFlowLog(pulumi.ComponentResource):
    """Every flow of a VPC, accepted or refused, in an encrypted log group that only this flow log writes to."""

    log_group_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: VpcFlowLogArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:network:VpcFlowLog", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        group = aws.cloudwatch.LogGroup(
            f"{name}-group",
            name=args.log_group_name,
            retention_in_days=args.retention_days,
            kms_key_id=args.key_arn,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        role = aws.iam.Role(
            f"{name}-role",
            description="VPC Flow Logs writes the flow log of the VPC",
            assume_role_policy=json.dumps(
                flow_log_trust(region=args.region, account_id=args.account_id)
            ),
            opts=child,
        )
        delivery = aws.iam.RolePolicy(
            f"{name}-delivery",
            role=role.name,
            policy=json.dumps(
                flow_log_delivery(
                    region=args.region,
                    account_id=args.account_id,
                    log_group_name=args.log_group_name,
                )
            ),
            opts=child,
        )
        aws.ec2.FlowLog(
            f"{name}-flows",
            vpc_id=args.vpc_id,
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=group.arn,
            log_format=" ".join(f"${{{field}}}" for field in FIELDS),
            iam_role_arn=role.arn,
            # Ten minutes is AWS's default; one minute writes up to ten times the records, at 0.57 USD per GB.
            max_aggregation_interval=600,
            tags={"Name": name},
            # Without its rights the flow log is created all the same, and reports that it cannot deliver.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[delivery]),
        )

        self.log_group_arn = group.arn
        self.register_outputs({"log_group_arn": self.log_group_arn})
