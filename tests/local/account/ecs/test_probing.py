"""The rhythm of health checks, on a clock that does not wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from local.account.ecs.probing import Pace, Verdict, watch

Log = list[tuple[float, Verdict]]


class Clock(asyncio.SelectorEventLoop):
    """A loop whose time is only what was slept."""

    now = 0.0

    def time(self) -> float:
        """Return the time."""
        return self.now


def run(
    pace: Pace, is_well: Callable[[float], bool], seconds: float, monkeypatch: pytest.MonkeyPatch
) -> Log:
    """Watch something for a while; when was what reported?"""
    clock, log = Clock(), Log()

    async def sleep(duration: float) -> None:
        clock.now += duration
        if clock.now > seconds:
            raise asyncio.CancelledError

    async def probe(_: bool) -> str | None:
        return None if is_well(clock.now) else "unwell"

    monkeypatch.setattr("local.account.ecs.probing.asyncio.sleep", sleep)
    try:
        with pytest.raises(asyncio.CancelledError):
            clock.run_until_complete(
                watch(pace, probe, lambda verdict, _: log.append((clock.now, verdict)))
            )
    finally:
        clock.close()
    return log


def test_what_starts_quickly_is_healthy_long_before_the_first_interval(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ((when, verdict),) = run(Pace(interval=30, failures=3), lambda now: now > 0.5, 100, monkeypatch)
    assert verdict is Verdict.HEALTHY
    assert when < 2


def test_nothing_is_unhealthy_before_its_failures_are_due(monkeypatch: pytest.MonkeyPatch) -> None:
    log = run(Pace(interval=30, failures=3), lambda _: False, 200, monkeypatch)
    assert [(round(when), verdict) for when, verdict in log] == [(90, Verdict.UNHEALTHY)]


def test_failures_in_the_grace_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    log = run(Pace(interval=10, failures=2, grace=35), lambda _: False, 200, monkeypatch)
    assert [(round(when), verdict) for when, verdict in log] == [(50, Verdict.UNHEALTHY)]


def test_only_failures_in_a_row_count(monkeypatch: pytest.MonkeyPatch) -> None:
    log = run(Pace(interval=10, failures=2), lambda now: int(now / 10) % 2 == 0, 300, monkeypatch)
    assert [verdict for _, verdict in log] == [Verdict.HEALTHY]


def test_after_a_success_the_grace_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    log = run(Pace(interval=10, failures=2, grace=1000), lambda now: now < 5, 100, monkeypatch)
    assert [verdict for _, verdict in log] == [Verdict.HEALTHY, Verdict.UNHEALTHY]


def test_what_was_unhealthy_needs_its_successes(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_well(now: float) -> bool:
        return now < 5 or now > 40

    log = run(Pace(interval=10, failures=2, successes=3), is_well, 200, monkeypatch)
    assert [verdict for _, verdict in log] == [Verdict.HEALTHY, Verdict.UNHEALTHY, Verdict.HEALTHY]
    assert log[2][0] - 40 >= 20
