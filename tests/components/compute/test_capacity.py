from __future__ import annotations

import pytest

from components.compute.capacity import Capacity


@pytest.mark.parametrize(
    ("capacity", "strategy"),
    [
        (Capacity(), [("FARGATE", 1, 1)]),
        (
            Capacity(on_demand_base=2, on_demand_weight=1, spot_weight=3),
            [("FARGATE", 2, 1), ("FARGATE_SPOT", 0, 3)],
        ),
        (
            Capacity(on_demand_base=1, on_demand_weight=0, spot_weight=1),
            [("FARGATE", 1, 0), ("FARGATE_SPOT", 0, 1)],
        ),
        (
            Capacity(on_demand_base=0, on_demand_weight=0, spot_weight=1),
            [("FARGATE_SPOT", 0, 1)],
        ),
    ],
    ids=["on demand only", "mixed", "spot above a base", "spot only"],
)
def test_only_providers_that_get_tasks_are_named(
    capacity: Capacity, strategy: list[tuple[str, int, int]]
) -> None:
    assert capacity.problems() == []
    assert capacity.strategy() == strategy


@pytest.mark.parametrize(
    ("capacity", "problem"),
    [
        (Capacity(on_demand_weight=-1, spot_weight=1), "on_demand_weight is 0 to 1000, got -1"),
        (Capacity(spot_weight=1001), "spot_weight is 0 to 1000, got 1001"),
        (Capacity(on_demand_base=-1), "on_demand_base is 0 to 100000, got -1"),
        (Capacity(on_demand_weight=0), "needs a weight above 0"),
    ],
)
def test_a_strategy_that_ecs_refuses_is_refused_here(capacity: Capacity, problem: str) -> None:
    [found] = capacity.problems()
    assert problem in found
