"""The form of a row in the tables of rights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Narrowing: TypeAlias = Literal[
    "none", "region", "tagged", "tagging", "bounded", "passing", "granting"
]
"""The condition of a right: see `components.delivery.deploy_policy`."""


@dataclass(frozen=True, kw_only=True)
class Right:
    """Actions of one service on resources of one kind."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]
    """ARNs with `{region}`, `{account}`, `{stack}`; `*` for what IAM knows no resource of"""
    narrowing: Narrowing = "none"
    reads: bool = False
    """Whether it changes nothing and shows no secret, so that a preview may have it too."""


Table: TypeAlias = Mapping[str, tuple[Right, ...]]
"""By Pulumi's resource type, or `hook:…` for what acts during an update."""

EVERYTHING: Final = ("*",)


def writes(service: str, names: str, *resources: str, narrowing: Narrowing = "none") -> Right:
    """Changes of a service's resources, by the names of the actions."""
    where = tuple(f"arn:aws:{service}:{{region}}:{{account}}:{each}" for each in resources)
    return Right(actions=_actions(service, names), resources=where, narrowing=narrowing)


def reads(service: str, names: str) -> Right:
    """Descriptions, which most services give for all resources or none: those of the stack's region."""
    return Right(
        actions=_actions(service, names), resources=EVERYTHING, narrowing="region", reads=True
    )


def unnamed(service: str, names: str, *, narrowing: Narrowing = "region") -> Right:
    """Changes for which IAM knows no resource."""
    return Right(actions=_actions(service, names), resources=EVERYTHING, narrowing=narrowing)


def _actions(service: str, names: str) -> tuple[str, ...]:
    return tuple(f"{service}:{each}" for each in names.split())
