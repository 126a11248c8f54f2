"""The log of the web firewall."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.edge.firewall_log_policy import firewall_log_policy

NAME_PREFIX: Final = "aws-waf-logs-"
# A log is read by more people than may act for a customer.
REDACTED_HEADERS: Final = ("authorization", "cookie")


@dataclass(frozen=True, kw_only=True)
class FirewallLogArgs:
    """Inputs of FirewallLog."""

    web_acl_arn: pulumi.Input[str]
    log_group_name: str
    retention_days: int
    key_arn: pulumi.Input[str]
    """Its policy must let CloudWatch Logs use it for this group."""
    protect: bool = False
    account_id: str
    region: str

    def __post_init__(self) -> None:
        if not self.log_group_name.startswith(NAME_PREFIX):
            raise ValueError(
                f"log_group_name starts with {NAME_PREFIX}, or AWS drops the log without an error,"
                f" got {self.log_group_name}"
            )


class FirewallLog(pulumi.ComponentResource):
    """Every request that the firewall saw and what it made of it, encrypted and without credentials."""

    def __init__(
        self, name: str, args: FirewallLogArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:edge:FirewallLog", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        group = aws.cloudwatch.LogGroup(
            f"{name}-group",
            name=args.log_group_name,
            retention_in_days=args.retention_days,
            kms_key_id=args.key_arn,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        delivery = aws.cloudwatch.LogResourcePolicy(
            f"{name}-delivery",
            policy_name=args.log_group_name,
            policy_document=json.dumps(
                firewall_log_policy(
                    region=args.region,
                    account_id=args.account_id,
                    log_group_name=args.log_group_name,
                )
            ),
            opts=child,
        )
        aws.wafv2.WebAclLoggingConfiguration(
            f"{name}-configuration",
            resource_arn=args.web_acl_arn,
            log_destination_configs=[group.arn],  # without the `:*` that other services want
            redacted_fields=[
                aws.wafv2.WebAclLoggingConfigurationRedactedFieldArgs(
                    single_header=aws.wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs(
                        name=header
                    )
                )
                for header in REDACTED_HEADERS
            ],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[delivery]),
        )

        self.register_outputs({})
