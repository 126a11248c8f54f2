"""How tasks are shared out between on-demand and Spot capacity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LARGEST_WEIGHT: Final = 1000
LARGEST_BASE: Final = 100_000


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """The first `on_demand_base` tasks run on demand, the rest in the proportion of the weights."""

    on_demand_base: int = 1
    on_demand_weight: int = 1
    spot_weight: int = 0

    def problems(self) -> list[str]:
        """Why ECS would refuse this strategy; empty when it would not."""
        found = [
            f"capacity.{name} is 0 to {LARGEST_WEIGHT}, got {weight}"
            for name, weight in (
                ("on_demand_weight", self.on_demand_weight),
                ("spot_weight", self.spot_weight),
            )
            if not 0 <= weight <= LARGEST_WEIGHT
        ]
        if not 0 <= self.on_demand_base <= LARGEST_BASE:
            found.append(
                f"capacity.on_demand_base is 0 to {LARGEST_BASE}, got {self.on_demand_base}"
            )
        if not (self.on_demand_weight or self.spot_weight):
            found.append(
                "capacity needs a weight above 0: with none, ECS places no task past the base"
            )
        return found

    def strategy(self) -> list[tuple[str, int, int]]:
        """Capacity provider, base and weight, in the order in which ECS shows them.

        A provider that gets no task is left out: ECS refuses a strategy whose weights are all 0, and
        a service without Spot does not name it.
        """
        shares = [("FARGATE", self.on_demand_base, self.on_demand_weight)]
        if self.spot_weight:
            shares.append(("FARGATE_SPOT", 0, self.spot_weight))
        return [share for share in shares if share[1] or share[2]]
