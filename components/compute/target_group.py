"""The way from the public load balancer to the tasks of one service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws

from components.compute.service_call import ServiceCall, ServiceCallArgs

# Shorter than the container's stop time-out: a task is asked to end when no request reaches it any more.
DEREGISTRATION_DELAY_SECONDS: Final = 30
# Target group names have 32 characters. Pulumi takes 8 for the suffix that makes them unique, so that
# a group can be replaced while the old one still serves.
LONGEST_NAME: Final = 32 - 8 - len("-tg")

PRIORITIES: Final = range(1, 50_001)
IDLE_TIMEOUTS: Final = range(1, 4001)


@dataclass(frozen=True, kw_only=True)
class PublicRoute:
    """The load balancer in front of a service, and the host that leads to the service."""

    listener_arn: pulumi.Input[str]
    host: str
    priority: int  # unique among the rules of the listener
    load_balancer_security_group_id: pulumi.Input[str]
    load_balancer_arn_suffix: pulumi.Input[str]
    idle_timeout_seconds: int

    def problems(self) -> list[str]:
        """What is wrong with these values; empty when nothing is."""
        found = []
        if self.priority not in PRIORITIES:
            found.append(f"public.priority is 1 to 50000, got {self.priority}")
        if self.idle_timeout_seconds not in IDLE_TIMEOUTS:
            found.append(
                f"public.idle_timeout_seconds is 1 to 4000, got {self.idle_timeout_seconds}"
            )
        if "." not in self.host or "*" in self.host or self.host != self.host.lower():
            found.append(f"public.host is one full name in lower case, got {self.host}")
        return found


@dataclass(frozen=True, kw_only=True)
class TargetGroupArgs:
    """Inputs of TargetGroup."""

    vpc_id: pulumi.Input[str]
    port: int
    health_check_path: str
    route: PublicRoute
    security_group_id: pulumi.Input[str]  # of the tasks
    tags: Mapping[str, str] = field(default_factory=dict)


class TargetGroup(pulumi.ComponentResource):
    """Target group, the listener rule for its host, and the two rules between load balancer and tasks.

    Who registers targets depends on the whole component: ECS refuses a group that no listener uses.
    """

    arn: pulumi.Output[str]
    arn_suffix: pulumi.Output[str]

    def __init__(
        self, name: str, args: TargetGroupArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:TargetGroup", name, {}, opts)
        if len(name) > LONGEST_NAME:
            raise ValueError(
                f"the name of a public service has at most {LONGEST_NAME} characters, got {name}"
            )
        child = pulumi.ResourceOptions(parent=self)

        group = aws.lb.TargetGroup(
            f"{name}-tg",
            vpc_id=args.vpc_id,
            port=args.port,
            protocol="HTTP",
            target_type="ip",
            deregistration_delay=DEREGISTRATION_DELAY_SECONDS,
            load_balancing_algorithm_type="least_outstanding_requests",
            health_check=aws.lb.TargetGroupHealthCheckArgs(
                path=args.health_check_path,
                matcher="200",
                interval=10,
                timeout=5,
                healthy_threshold=2,
                unhealthy_threshold=3,
            ),
            tags=args.tags,
            opts=child,
        )
        aws.lb.ListenerRule(
            f"{name}-host",
            listener_arn=args.route.listener_arn,
            priority=args.route.priority,
            conditions=[
                aws.lb.ListenerRuleConditionArgs(
                    host_header=aws.lb.ListenerRuleConditionHostHeaderArgs(values=[args.route.host])
                )
            ],
            actions=[aws.lb.ListenerRuleActionArgs(type="forward", target_group_arn=group.arn)],
            tags=args.tags,
            opts=child,
        )
        ServiceCall(
            f"{name}-from-load-balancer",
            ServiceCallArgs(
                caller_security_group_id=args.route.load_balancer_security_group_id,
                callee_security_group_id=args.security_group_id,
                callee_port=args.port,
                description=f"Load balancer to {name}",
            ),
            opts=child,
        )

        self.arn = group.arn
        self.arn_suffix = group.arn_suffix
        self.register_outputs({"arn": self.arn, "arn_suffix": self.arn_suffix})
