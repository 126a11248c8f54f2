"""What a container of a service is given: plain variables, and where it finds the secret ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from components.database.database_login import DatabaseLogin
from components.secrets.service_secret import ServiceSecret
from infra.ground import Ground
from stacks import names
from stacks.catalogue import Service


@dataclass(frozen=True, kw_only=True)
class SecretVariables:
    """What a task definition and its execution role need for its secrets."""

    references: Mapping[str, pulumi.Input[str]]
    """`valueFrom` by variable."""
    arns: Sequence[pulumi.Input[str]]
    """What the execution role reads, and nothing else."""
    key_arns: Sequence[pulumi.Input[str]]


def plain_variables(ground: Ground, service: Service) -> dict[str, str]:
    """The environment's name, where each callee answers, and what the stack file adds; never a secret."""
    settings = ground.settings
    own = settings.services[service.name]
    callees = {
        f"{names.identifier(callee).upper()}_URL": f"http://{names.slug(callee)}:{service.port}"
        for callee in service.calls
    }
    fixed = {"ENVIRONMENT": settings.environment, "WEB_CONCURRENCY": str(own.workers)}
    return fixed | callees | dict(own.environment)


def secret_variables(
    ground: Ground,
    service: Service,
    secrets: Mapping[str, ServiceSecret],
    *,
    url: pulumi.Input[str] | None = None,
    logins: Sequence[DatabaseLogin] = (),
) -> SecretVariables:
    """The service's own secrets, and DATABASE_URL where it is given; the role may read `logins` as well."""
    arns = [
        *(each.secret_arn for each in logins),
        *(each.secret_arn for each in secrets.values()),
    ]
    return SecretVariables(
        references=({"DATABASE_URL": url} if url is not None else {})
        | {variable: each.reference for variable, each in secrets.items()},
        arns=arns,
        key_arns=[ground.keys[service.zone].secrets.arn] if arns else [],
    )
