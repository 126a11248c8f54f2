"""Elastic Load Balancing: deletion protection holds, and targets are as healthy as they are.

moto deletes a protected load balancer, knows targets by id alone (two tasks on 127.0.0.1 are one) and calls
each of them healthy.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend, FakeHealthStatus, FakeTargetGroup

from local.account.gaps.patch import Function, Untyped, replaces


class TargetHealth(NamedTuple):
    """What DescribeTargetHealth says of a target."""

    state: str
    reason: str | None = None
    description: str | None = None


# By target group, id and port; a target that is not in here is moto's own.
target_health: Final[dict[tuple[str, str, int], TargetHealth]] = {}


@replaces(ELBv2Backend)
def delete_load_balancer(moto: Function, self: ELBv2Backend, arn: str) -> None:
    """Refuse what is protected."""
    balancer = self.load_balancers.get(arn)
    if balancer and balancer.attrs.get("deletion_protection.enabled") == "true":
        raise ELBClientError(
            "OperationNotPermitted",
            f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
        )
    moto(self, arn)


@replaces(FakeTargetGroup)
def health_for(
    moto: Function, self: FakeTargetGroup, target: dict[str, Any], ec2_backend: Untyped
) -> Untyped:
    """Say what was found, where something is looked at."""
    port = target.get("Port", self.port)
    if known := target_health.get((self.arn, target["Id"], int(port))):
        return FakeHealthStatus(target["Id"], port, str(port), *known)
    return moto(self, target, ec2_backend)
