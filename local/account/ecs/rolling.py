"""The arithmetic of a rolling deployment."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

Json = dict[str, Any]

LEAST_FAILURES, MOST_FAILURES = 3, 200  # of the circuit breaker, whatever the desired count
FIRST_PAUSE: Final = (
    0.25  # seconds before a failed task is replaced; doubled with each failure in a row
)
LONGEST_PAUSE: Final = 60.0


@dataclass(frozen=True)
class Bounds:
    """How many tasks stay healthy, and how many run at most, while tasks are replaced."""

    least: int
    most: int

    @classmethod
    def of(cls, desired: int, configuration: Json) -> Self:
        """Compute them as ECS does: the minimum is rounded up, the maximum down."""
        minimum = configuration.get("minimumHealthyPercent", 100)
        maximum = configuration.get("maximumPercent", 200)
        return cls(math.ceil(desired * minimum / 100), desired * maximum // 100)


def threshold(desired: int) -> int:
    """Say how many failures in a row trip the circuit breaker."""
    return min(max(LEAST_FAILURES, math.ceil(desired / 2)), MOST_FAILURES)


def pause(failures: int) -> float:
    """Say how long to wait after so many failures in a row before the next task is started."""
    return min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE) if failures else 0.0


def provider_for(strategy: Sequence[Json], running: Mapping[str, int]) -> str | None:
    """Choose the capacity provider of the next task: bases first, then whoever has least for its weight."""
    for each in strategy:
        if running.get(each["capacityProvider"], 0) < each.get("base", 0):
            return str(each["capacityProvider"])
    weighted = [each for each in strategy if each.get("weight", 0)]
    if not weighted:
        return str(strategy[0]["capacityProvider"]) if strategy else None

    def load(each: Json) -> float:
        above_base = running.get(each["capacityProvider"], 0) - each.get("base", 0)
        return float(above_base) / float(each["weight"])

    return str(min(weighted, key=load)["capacityProvider"])
