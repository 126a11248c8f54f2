"""One allowed way through the network: from a caller to the port of whom it calls."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, kw_only=True)
class ServiceCallArgs:
    """Inputs of ServiceCall."""

    caller_security_group_id: pulumi.Input[str]
    callee_security_group_id: pulumi.Input[str]
    callee_port: int
    description: str  # stands on both rules: who calls whom


class ServiceCall(pulumi.ComponentResource):
    """Exactly two rules: out of the caller's group, into the callee's, on one port and by group, not by address."""

    def __init__(
        self, name: str, args: ServiceCallArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:ServiceCall", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        aws.vpc.SecurityGroupEgressRule(
            f"{name}-egress",
            security_group_id=args.caller_security_group_id,
            referenced_security_group_id=args.callee_security_group_id,
            description=args.description,
            ip_protocol="tcp",
            from_port=args.callee_port,
            to_port=args.callee_port,
            opts=child,
        )
        aws.vpc.SecurityGroupIngressRule(
            f"{name}-ingress",
            security_group_id=args.callee_security_group_id,
            referenced_security_group_id=args.caller_security_group_id,
            description=args.description,
            ip_protocol="tcp",
            from_port=args.callee_port,
            to_port=args.callee_port,
            opts=child,
        )

        self.register_outputs({})
