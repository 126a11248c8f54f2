"""The service-linked roles by which AWS's services act in the account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from scripts.bootstrap.aws import Aws
from scripts.bootstrap.requirement import Requirement

# AWS makes them by itself only for callers that may create roles, and not always before the first use of them.
SERVICES: Final = {
    "ecs.amazonaws.com": "ECS",
    "elasticloadbalancing.amazonaws.com": "Elastic Load Balancing",
    "rds.amazonaws.com": "RDS",
    "ecs.application-autoscaling.amazonaws.com": "Application Auto Scaling for ECS",
}


def service_linked_roles(aws: Aws) -> Iterator[Requirement]:
    """One requirement for each service."""
    for service, name in SERVICES.items():
        yield Requirement(
            place="service-linked roles",
            name=name,
            wanted=_wanted(service),
            read=_reader(aws, service),
            write=_writer(aws, service),
        )


def _wanted(service: str) -> Callable[[], object]:
    return lambda: service


def _reader(aws: Aws, service: str) -> Callable[[], object | None]:
    def read() -> object | None:
        # The path is the service's alone; the role's name follows no rule.
        found = aws.call("iam", "list_roles", PathPrefix=f"/aws-service-role/{service}/")
        return service if found["Roles"] else None

    return read


def _writer(aws: Aws, service: str) -> Callable[[], None]:
    def write() -> None:
        aws.call("iam", "create_service_linked_role", AWSServiceName=service)

    return write
