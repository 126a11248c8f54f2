"""The DNS record of one public host."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, kw_only=True)
class HostRecordArgs:
    """Inputs of HostRecord."""

    host: str
    zone_id: pulumi.Input[str]
    load_balancer_dns_name: pulumi.Input[str]
    load_balancer_zone_id: pulumi.Input[str]


class HostRecord(pulumi.ComponentResource):
    """A host whose address is the load balancer's. IPv4 only, as the load balancer is."""

    def __init__(
        self, name: str, args: HostRecordArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:edge:HostRecord", name, {}, opts)

        aws.route53.Record(
            f"{name}-address",
            zone_id=args.zone_id,
            name=args.host,
            type="A",
            aliases=[
                aws.route53.RecordAliasArgs(
                    name=args.load_balancer_dns_name,
                    zone_id=args.load_balancer_zone_id,
                    # There is no other address to answer with, and one service without healthy tasks would count
                    # as a failure of the load balancer that all of them share.
                    evaluate_target_health=False,
                )
            ],
            opts=pulumi.ResourceOptions(parent=self),
        )

        self.register_outputs({})
