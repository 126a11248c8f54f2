"""A container beside the application's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from components.compute.task_policies import Arn


@dataclass(frozen=True, kw_only=True)
class Sidecar:
    """Runs with the same hardening as the application: not root, read-only, without capabilities.

    `memory_mib` is a limit, taken out of what the task has. When an essential one ends, the task ends.
    """

    name: str
    image: str
    memory_mib: int
    command: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, Arn] = field(default_factory=dict)
    repository_arn: Arn | None = None  # None: a public registry, which needs no permission
    essential: bool = False
