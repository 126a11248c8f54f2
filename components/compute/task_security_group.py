"""The security group of one service's tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, kw_only=True)
class Egress:
    """One way out: a port, and exactly one kind of destination."""

    name: str  # part of the rule's logical name
    description: str
    port: int
    cidr_ipv4: str | None = None
    prefix_list_id: pulumi.Input[str] | None = None
    security_group_id: pulumi.Input[str] | None = None

    def __post_init__(self) -> None:
        destinations = [
            name
            for name in ("cidr_ipv4", "prefix_list_id", "security_group_id")
            if getattr(self, name) is not None
        ]
        if len(destinations) != 1:
            raise ValueError(
                f"egress {self.name} has one of cidr_ipv4, prefix_list_id and security_group_id,"
                f" got {', '.join(destinations) or 'none'}"
            )


# The registry, the logs, the secrets, and the payment partners. Names need no rule: security groups
# do not filter the VPC's own resolver.
HTTPS_ANYWHERE: Final = Egress(
    name="https", description="HTTPS to anywhere", port=443, cidr_ipv4="0.0.0.0/0"
)


@dataclass(frozen=True, kw_only=True)
class TaskSecurityGroupArgs:
    """Inputs of TaskSecurityGroup."""

    vpc_id: pulumi.Input[str]
    egress: Sequence[Egress]
    tags: Mapping[str, str] = field(default_factory=dict)


class TaskSecurityGroup(pulumi.ComponentResource):
    """A group that nothing may enter; its ways out are given, ways in belong to whoever calls."""

    security_group_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: TaskSecurityGroupArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:TaskSecurityGroup", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        group = aws.ec2.SecurityGroup(
            f"{name}-tasks",
            # Never edit the text: a description cannot change, so the group would be replaced.
            description=f"Tasks of {name}",
            vpc_id=args.vpc_id,
            tags={**args.tags, "Name": name},
            opts=child,
        )
        for rule in args.egress:
            aws.vpc.SecurityGroupEgressRule(
                f"{name}-to-{rule.name}",
                security_group_id=group.id,
                description=rule.description,
                ip_protocol="tcp",
                from_port=rule.port,
                to_port=rule.port,
                cidr_ipv4=rule.cidr_ipv4,
                prefix_list_id=rule.prefix_list_id,
                referenced_security_group_id=rule.security_group_id,
                opts=child,
            )

        self.security_group_id = group.id
        self.register_outputs({"security_group_id": self.security_group_id})
