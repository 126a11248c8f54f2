"""The web application firewall in front of the load balancer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.edge.firewall_log import FirewallLog, FirewallLogArgs
from components.edge.firewall_rules import REQUESTS_PER_5_MINUTES, host_pattern
from components.edge.firewall_statements import acl_rules


@dataclass(frozen=True, kw_only=True)
class WebFirewallArgs:
    """Inputs of WebFirewall."""

    resource_arn: pulumi.Input[str]
    """The load balancer."""
    requests_per_5_minutes: int
    """Of one address, before it is blocked until it slows down."""
    small_body_hosts: Sequence[str] = ()
    """Hosts that take no body above 8 KB, where one is refused: padding would hide the rest of it from the firewall."""
    log_group_name: str
    log_retention_days: int
    logs_key_arn: pulumi.Input[str]
    protect: bool = False
    """Of the log: whether Pulumi refuses to delete it."""
    account_id: str
    region: str

    def __post_init__(self) -> None:
        if self.requests_per_5_minutes not in REQUESTS_PER_5_MINUTES:
            raise ValueError(
                f"requests_per_5_minutes is 10 to 2000000000, got {self.requests_per_5_minutes}"
            )
        host_pattern(self.small_body_hosts)


class WebFirewall(pulumi.ComponentResource):
    """Refuses what is known to be hostile or too much, lets the rest pass, and writes down both.

    No request is sampled: a sample shows its headers, credentials too, to everyone who may look at the firewall, and
    the log has all requests without them.
    """

    def __init__(
        self, name: str, args: WebFirewallArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:edge:WebFirewall", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        acl = aws.wafv2.WebAcl(
            f"{name}-acl",
            scope="REGIONAL",
            default_action=aws.wafv2.WebAclDefaultActionArgs(
                allow=aws.wafv2.WebAclDefaultActionAllowArgs()
            ),
            rules=acl_rules(
                requests_per_5_minutes=args.requests_per_5_minutes,
                small_body_hosts=args.small_body_hosts,
            ),
            visibility_config=aws.wafv2.WebAclVisibilityConfigArgs(
                cloudwatch_metrics_enabled=True,
                sampled_requests_enabled=False,
                metric_name=name,
            ),
            opts=child,
        )
        aws.wafv2.WebAclAssociation(
            f"{name}-association",
            web_acl_arn=acl.arn,
            resource_arn=args.resource_arn,
            opts=child,
        )
        FirewallLog(
            f"{name}-log",
            FirewallLogArgs(
                web_acl_arn=acl.arn,
                log_group_name=args.log_group_name,
                retention_days=args.log_retention_days,
                key_arn=args.logs_key_arn,
                protect=args.protect,
                account_id=args.account_id,
                region=args.region,
            ),
            opts=child,
        )

        self.register_outputs({})
