"""The load balancer that the internet reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.edge.access_log_policy import ACCESS_LOGS, CONNECTION_LOGS

# Of Security Hub's recommended policies (ELB.17; the common TLS13-1-2-2021-06 is none of them) one that still speaks
# TLS 1.2, as partners' servers do, with forward secrecy and GCM only. PQ adds a hybrid ML-KEM key exchange: traffic
# recorded today stays closed to a later quantum computer, and a client without it negotiates as it always did.
TLS_POLICY: Final = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
# A year: browsers do not even try plain HTTP, so no port 80 has to redirect them.
HSTS: Final = "max-age=31536000; includeSubDomains"
NOT_FOUND: Final = '{"detail":"Not Found"}'  # as FastAPI words it: one format for clients to read
IDLE_TIMEOUT_SECONDS: Final = range(1, 4001)
# Load balancer names have 32 characters, of which Pulumi takes 8 to make them unique.
LONGEST_NAME: Final = 32 - 8 - len("-lb")


@dataclass(frozen=True, kw_only=True)
class PublicLoadBalancerArgs:
    """Inputs of PublicLoadBalancer."""

    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Public subnets, in at least two zones."""
    certificate_arn: pulumi.Input[str]
    """Of a certificate that is valid: a listener refuses one that is pending."""
    access_log_bucket: pulumi.Input[str]
    """A bucket whose policy is in place: see AccessLogBucket."""
    idle_timeout_seconds: int
    deletion_protection: bool
    """Whether AWS refuses to delete it."""
    protect: bool
    """Whether Pulumi refuses to."""

    def __post_init__(self) -> None:
        if self.idle_timeout_seconds not in IDLE_TIMEOUT_SECONDS:
            raise ValueError(f"idle_timeout_seconds is 1 to 4000, got {self.idle_timeout_seconds}")


class PublicLoadBalancer(pulumi.ComponentResource):
    """HTTPS from anywhere, and nothing else; 404 for every host that no rule knows.

    It can reach nothing by itself: each public service adds its listener rule, and the egress rule to its own tasks.
    TLS ends here (docs/adr); there is no port 80, not even to redirect.
    """

    arn: pulumi.Output[str]
    arn_suffix: pulumi.Output[str]
    dns_name: pulumi.Output[str]
    zone_id: pulumi.Output[str]
    """The hosted zone of `dns_name`, for alias records."""
    listener_arn: pulumi.Output[str]
    security_group_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: PublicLoadBalancerArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:edge:PublicLoadBalancer", name, {}, opts)
        if len(name) > LONGEST_NAME:
            raise ValueError(
                f"the name of a load balancer has at most {LONGEST_NAME} characters, got {name}"
            )

        group = self._security_group(name, args)
        balancer = aws.lb.LoadBalancer(
            f"{name}-lb",
            load_balancer_type="application",
            internal=False,
            ip_address_type="ipv4",
            security_groups=[group.id],
            subnets=args.subnet_ids,
            drop_invalid_header_fields=True,
            # Not strictest: that refuses what is merely unusual too, and partners' clients are. A request that two
            # readers could split differently is passed on alone, on a connection that is closed behind it.
            desync_mitigation_mode="defensive",
            xff_header_processing_mode="append",  # the last address is the caller's; applications trust only that
            enable_http2=True,
            enable_waf_fail_open=False,
            idle_timeout=args.idle_timeout_seconds,
            enable_deletion_protection=args.deletion_protection,
            access_logs=aws.lb.LoadBalancerAccessLogsArgs(
                bucket=args.access_log_bucket, prefix=ACCESS_LOGS, enabled=True
            ),
            connection_logs=aws.lb.LoadBalancerConnectionLogsArgs(
                bucket=args.access_log_bucket, prefix=CONNECTION_LOGS, enabled=True
            ),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        listener = self._listener(name, balancer, args.certificate_arn)

        self.arn = balancer.arn
        self.arn_suffix = balancer.arn_suffix
        self.dns_name = balancer.dns_name
        self.zone_id = balancer.zone_id
        self.listener_arn = listener.arn
        self.security_group_id = group.id
        self.register_outputs(
            {
                "arn": self.arn,
                "arn_suffix": self.arn_suffix,
                "dns_name": self.dns_name,
                "zone_id": self.zone_id,
                "listener_arn": self.listener_arn,
                "security_group_id": self.security_group_id,
            }
        )

    def _security_group(self, name: str, args: PublicLoadBalancerArgs) -> aws.ec2.SecurityGroup:
        child = pulumi.ResourceOptions(parent=self)
        group = aws.ec2.SecurityGroup(
            f"{name}-group",
            vpc_id=args.vpc_id,
            # Another text replaces the group, and with it every rule of every service that names it.
            description="Public load balancer",
            tags={"Name": f"{name}-load-balancer"},
            opts=child,
        )
        aws.vpc.SecurityGroupIngressRule(
            f"{name}-https",
            security_group_id=group.id,
            description="HTTPS from anywhere",
            cidr_ipv4="0.0.0.0/0",
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            opts=child,
        )
        return group

    def _listener(
        self, name: str, balancer: aws.lb.LoadBalancer, certificate_arn: pulumi.Input[str]
    ) -> aws.lb.Listener:
        return aws.lb.Listener(
            f"{name}-listener",
            load_balancer_arn=balancer.arn,
            port=443,
            protocol="HTTPS",
            ssl_policy=TLS_POLICY,
            certificate_arn=certificate_arn,
            routing_http_response_server_enabled=False,
            routing_http_response_strict_transport_security_header_value=HSTS,
            default_actions=[
                aws.lb.ListenerDefaultActionArgs(
                    type="fixed-response",
                    fixed_response=aws.lb.ListenerDefaultActionFixedResponseArgs(
                        content_type="application/json", message_body=NOT_FOUND, status_code="404"
                    ),
                )
            ],
            opts=pulumi.ResourceOptions(parent=self),
        )
