"""Alarms that judge a deployment of a service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pulumi


@dataclass(frozen=True, kw_only=True)
class DeploymentAlarms:
    """Metric alarms by their names, and what must be there before a service names them."""

    names: Sequence[str]
    resource: pulumi.Resource


JudgedBy: TypeAlias = Callable[[pulumi.Output[str] | None], DeploymentAlarms]
"""From the ARN suffix of the target group, None without one, to the alarms."""
