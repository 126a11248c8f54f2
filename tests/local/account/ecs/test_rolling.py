"""The arithmetic of rolling deployments."""

from __future__ import annotations

import pytest

from local.account.ecs.rolling import Bounds, pause, provider_for, threshold


@pytest.mark.parametrize(
    ("desired", "configuration", "bounds"),
    [
        (2, {}, Bounds(2, 4)),
        (3, {"minimumHealthyPercent": 50, "maximumPercent": 150}, Bounds(2, 4)),
        (1, {"minimumHealthyPercent": 0, "maximumPercent": 100}, Bounds(0, 1)),
        (0, {}, Bounds(0, 0)),
    ],
)
def test_the_minimum_is_rounded_up_and_the_maximum_down(
    desired: int, configuration: dict[str, int], bounds: Bounds
) -> None:
    assert Bounds.of(desired, configuration) == bounds


@pytest.mark.parametrize(
    ("desired", "failures"), [(0, 3), (1, 3), (6, 3), (7, 4), (20, 10), (1000, 200)]
)
def test_half_of_the_desired_tasks_may_fail_but_at_least_three_and_at_most_two_hundred(
    desired: int, failures: int
) -> None:
    assert threshold(desired) == failures


def test_the_pause_grows_with_failures_up_to_a_minute() -> None:
    assert [pause(each) for each in (0, 1, 2, 3, 20)] == [0.0, 0.25, 0.5, 1.0, 60.0]


def chosen(strategy: list[dict[str, object]], tasks: int) -> dict[str, int]:
    running: dict[str, int] = {}
    for _ in range(tasks):
        provider = str(provider_for(strategy, running))
        running[provider] = running.get(provider, 0) + 1
    return running


def test_bases_come_first_and_weights_share_the_rest() -> None:
    strategy: list[dict[str, object]] = [
        {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "weight": 3},
    ]
    assert chosen(strategy, 2) == {"FARGATE": 2}
    assert chosen(strategy, 10) == {"FARGATE": 4, "FARGATE_SPOT": 6}


def test_a_provider_without_weight_gets_its_base_only() -> None:
    strategy: list[dict[str, object]] = [
        {"capacityProvider": "FARGATE", "base": 1, "weight": 0},
        {"capacityProvider": "FARGATE_SPOT", "weight": 1},
    ]
    assert chosen(strategy, 4) == {"FARGATE": 1, "FARGATE_SPOT": 3}


def test_without_a_strategy_there_is_no_provider() -> None:
    assert provider_for([], {}) is None
