"""What would have been told, and when, on days that happen to every platform."""

from __future__ import annotations

import math

import pytest

from components.observability.burn_rates import FAST, PAIRS, SLOW, STEADY, Pair
from tests.components.observability.replay.scenario import DAY, KINDS, Share, fired, metrics, never

HOUR = 60
OBJECTIVES = (99.9, 99.95)
every_kind = pytest.mark.parametrize("kind", KINDS)
every_objective = pytest.mark.parametrize("objective", OBJECTIVES)


def steady(_: int) -> float:
    return 600.0


def during(start: int, end: int, share: float) -> Share:
    return lambda minute: share if start <= minute < end else 0.0


def promise(pair: Pair, objective: float, share: float) -> int:
    """Minutes until a share of bad requests has used up the pair's part of the budget, by the burn-rate table."""
    minutes = pair.threshold(objective) / share * pair.long_seconds / 60
    return math.ceil(round(minutes, 6))


def deploys(found: dict[str, list[tuple[int, int]]]) -> dict[str, list[tuple[int, int]]]:
    return {name: times for name, times in found.items() if name != "deploy-errors"}


@every_kind
@every_objective
def test_a_hard_outage_pages_within_minutes_and_ends_soon_after_it(
    kind: str, objective: float
) -> None:
    outage = metrics(kind, 10 * HOUR, requests=steady, bad=during(0, 20, 1.0))

    found = deploys(fired(kind, objective, 10 * HOUR, outage))

    assert set(found) == {"availability-page", "availability-ticket"}
    [(began, ended)] = found["availability-page"]
    assert began <= promise(FAST, objective, 1.0) + 1 <= 3
    assert 20 <= ended <= 20 + STEADY.short_seconds // 60 + 1
    [(told, over)] = found["availability-ticket"]
    assert ended <= told <= HOUR, "no ticket while it pages; three days are looked at once an hour"
    assert over <= 20 + SLOW.short_seconds // 60 + 1


@every_kind
@every_objective
def test_two_percent_of_errors_for_six_hours_page_in_the_time_that_the_table_says(
    kind: str, objective: float
) -> None:
    errors = metrics(kind, 14 * HOUR, requests=steady, bad=during(0, 6 * HOUR, 0.02))

    found = fired(kind, objective, 14 * HOUR, errors)

    assert set(found) == {"availability-page", "availability-ticket"}
    [(began, ended)] = found["availability-page"]
    assert promise(FAST, objective, 0.02) <= began <= promise(FAST, objective, 0.02) + 2
    assert 6 * HOUR <= ended <= 6 * HOUR + STEADY.short_seconds // 60 + 1
    assert found["availability-ticket"][-1][1] <= 12 * HOUR + 1


@every_kind
@every_objective
def test_a_burn_that_is_too_slow_to_wake_anybody_is_a_ticket(kind: str, objective: float) -> None:
    share = 1.5 * (1 - objective / 100)
    length = 4 * DAY
    slow = metrics(kind, length, requests=steady, bad=during(0, 3 * DAY, share))

    found = fired(kind, objective, length, slow, step=10)

    assert set(found) == {"availability-ticket"}
    [(began, ended)] = found["availability-ticket"]
    wanted = promise(SLOW, objective, share)
    assert wanted <= began <= wanted + HOUR + 10, "a window of days is looked at once an hour"
    assert 3 * DAY <= ended <= 3 * DAY + SLOW.short_seconds // 60 + 10


@every_kind
@every_objective
def test_a_burn_of_six_pages_by_the_second_pair(kind: str, objective: float) -> None:
    share = 8 * (1 - objective / 100)
    length = 8 * HOUR
    burning = metrics(kind, length, requests=steady, bad=during(0, length, share))

    [(began, _)] = fired(kind, objective, length, burning)["availability-page"]

    wanted = promise(STEADY, objective, share)
    assert wanted <= began <= wanted + 2


@every_kind
@every_objective
def test_a_short_blip_is_silent(kind: str, objective: float) -> None:
    blip = metrics(kind, 8 * HOUR, requests=steady, bad=during(5, 8, 0.04))

    assert fired(kind, objective, 8 * HOUR, blip) == {}


@every_kind
def test_a_night_without_traffic_is_silent(kind: str) -> None:
    def asleep(minute: int) -> float:
        return 600.0 if minute < 0 else 0.0

    assert fired(kind, 99.9, 8 * HOUR, metrics(kind, 8 * HOUR, requests=asleep)) == {}


@every_kind
def test_one_failure_of_a_few_requests_at_night_is_silent(kind: str) -> None:
    def few(minute: int) -> float:
        return 600.0 if minute < 0 else float(minute % 20 == 0)

    night = metrics(kind, 8 * HOUR, requests=few, bad=during(100, 150, 1.0))

    assert fired(kind, 99.9, 8 * HOUR, night) == {}


@every_kind
def test_an_outage_with_little_traffic_still_pages(kind: str) -> None:
    def little(minute: int) -> float:
        return 600.0 if minute < -2 * HOUR else 1.0

    outage = metrics(kind, 3 * HOUR, requests=little, bad=during(0, 2 * HOUR, 1.0))

    [(began, _)] = fired(kind, 99.95, 3 * HOUR, outage)["availability-page"]
    assert began <= 6


@pytest.mark.parametrize("kind", ["public", "internal"])
def test_a_deployment_that_goes_well_is_silent(kind: str) -> None:
    deployment = metrics(kind, 8 * HOUR, requests=steady, bad=during(3, 6, 0.005))

    assert fired(kind, 99.95, 8 * HOUR, deployment) == {}


@pytest.mark.parametrize("kind", ["public", "internal"])
def test_a_bad_deployment_is_seen_by_ecs_before_the_second_page_would_be(kind: str) -> None:
    deployment = metrics(kind, HOUR, requests=steady, bad=during(3, 9, 0.1))

    found = fired(kind, 99.95, HOUR, deployment)

    [(began, ended)] = found["deploy-errors"]
    assert (began, ended) == (5, 11)
    assert found["availability-page"][0][0] >= began


def test_slow_answers_page_by_the_latency_objective_and_not_by_availability() -> None:
    slow = metrics("public", 10 * HOUR, requests=steady, slow=during(0, HOUR, 0.5))

    found = fired("public", 99.95, 10 * HOUR, slow)

    assert set(found) == {"latency-page"}, "7 % of the budget is no ticket yet"
    [(began, ended)] = found["latency-page"]
    wanted = promise(FAST, 99.0, 0.5)
    assert wanted <= began <= wanted + 2
    assert ended <= HOUR + STEADY.short_seconds // 60 + 1


def test_a_service_without_tasks_is_a_ticket_when_nobody_calls_it() -> None:
    series = metrics("internal", HOUR, requests=never)
    del series["RunningTaskCount"]

    assert set(fired("internal", 99.95, HOUR, series)) == {"tasks"}


def test_the_table_is_that_of_the_workbook() -> None:
    table = [(each.burn, each.long_seconds, each.short_seconds) for each in PAIRS]

    assert table == [(14.4, 3600, 300), (6, 21_600, 1800), (1, 259_200, 21_600)]
    assert all(each.short_seconds * 12 == each.long_seconds for each in PAIRS)
