from __future__ import annotations

from typing import Any

import pytest

from components.observability.alarm import Alarm, Metric, alarms_of
from components.observability.burn_rates import FAST, SLOW, burn_alarms
from components.observability.cost import monthly_cost_usd
from components.observability.deployment import deployment_alarm_names
from components.observability.description import description, fields
from components.observability.money_flows import FLOWS, filter_pattern, flow_alarm
from components.observability.objectives import Definitions, deployment, public_service
from components.observability.signals import PUBLIC_AVAILABILITY, public_latency

METRIC = Metric(id="value", namespace="AWS/RDS", name="DBLoad", stat="Average", dimensions=())


def alarm(**changes: Any) -> Alarm:
    values: dict[str, Any] = {
        "name": "load",
        "severity": "ticket",
        "runbook": "database-saturated",
        "summary": "The server is busy.",
        "metrics": (METRIC,),
        "threshold": 2,
        "missing": "missing",
    }
    return Alarm(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"period_seconds": 90}, "full minutes, got 90"),
        ({"period_seconds": 60, "periods": 1441, "datapoints": 1441}, "at most 86400"),
        ({"period_seconds": 3600, "periods": 169, "datapoints": 1}, "at most 604800"),
        ({"periods": 3, "datapoints": 4}, "4 of 3 periods can never breach"),
        ({"metrics": (METRIC, METRIC)}, "one metric, got 2"),
        ({"expression": "FILL(other, 0)"}, r"uses \['other'\], its metrics are \['value'\]"),
    ],
)
def test_an_alarm_that_cloudwatch_would_refuse_is_refused(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        alarm(**changes)


@pytest.mark.parametrize(
    ("period", "periods"), [(60, 1440), (3600, 168), (259_200, 2), (604_800, 1), (10, 3)]
)
def test_the_longest_windows_that_cloudwatch_allows_are_allowed(period: int, periods: int) -> None:
    assert alarm(period_seconds=period, periods=periods, datapoints=1).periods == periods


@pytest.mark.parametrize(
    ("objective", "fast", "slow"),
    [(99.9, 0.0144, 0.001), (99.95, 0.0072, 0.0005), (99, 0.144, 0.01)],
)
def test_thresholds_follow_the_objective(objective: float, fast: float, slow: float) -> None:
    assert (FAST.threshold(objective), SLOW.threshold(objective)) == (fast, slow)


@pytest.mark.parametrize("objective", [0, 100, 101])
def test_an_objective_without_a_budget_is_refused(objective: float) -> None:
    with pytest.raises(ValueError, match="above 0 and below 100 percent"):
        burn_alarms(PUBLIC_AVAILABILITY, objective)


def test_the_latency_bound_is_the_objective_in_seconds() -> None:
    assert public_latency(2000).metrics[0].stat == "PR(:2)"
    assert public_latency(500).metrics[0].stat == "PR(:0.5)"


def test_a_description_can_be_read_back() -> None:
    text = description(
        summary="It burns.",
        severity="page",
        owner="payments",
        runbooks_url="https://example.com/runbooks",
        runbook="availability",
    )

    assert text.splitlines()[0] == "It burns."
    assert fields(text) == {
        "Severity": "page",
        "Owner": "payments",
        "Runbook": "https://example.com/runbooks/availability.md",
    }
    assert fields("Severity: page") == {"Severity": "page"}


def test_a_description_that_cloudwatch_would_refuse_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 1024 characters"):
        description(summary="x" * 1024, severity="page", owner="a", runbooks_url="u", runbook="r")


def test_a_rule_names_its_alarms_with_and_without_quotes() -> None:
    assert alarms_of('ALARM(a-b) AND NOT ALARM("c") OR (ALARM(d))') == ["a-b", "c", "d"]


def test_an_absence_of_a_day_pages_and_nothing_counts_as_none() -> None:
    flow = FLOWS["payouts"]
    [absent] = flow_alarm(flow, stack="prod", within_hours=24).alarms

    assert filter_pattern(flow) == '{ $.event = "payout.processed" }'
    assert (absent.severity, absent.missing, absent.period_seconds) == ("page", "breaching", 86_400)
    assert (absent.comparison, absent.threshold) == ("LessThanThreshold", 1)
    assert absent.metrics[0].namespace == "TurnStay/prod"


def test_a_flow_may_rest_for_a_week_and_no_longer() -> None:
    flow_alarm(FLOWS["payouts"], stack="prod", within_hours=168)
    with pytest.raises(ValueError, match="looks back on 608400 seconds"):
        flow_alarm(FLOWS["payouts"], stack="prod", within_hours=169)


def test_an_alarm_costs_by_the_metrics_that_it_reads() -> None:
    service = public_service(
        availability_percent=99.9, latency_ms=2000, latency_percent=99, min_tasks=2
    )
    flow = flow_alarm(FLOWS["payouts"], stack="prod", within_hours=24)

    # twelve burn alarms of two metrics, five of one; four composites
    assert monthly_cost_usd([service]) == pytest.approx(24 * 0.1 + 5 * 0.1 + 4 * 0.5)
    assert monthly_cost_usd([flow]) == pytest.approx(0.1 + 0.3)
    assert monthly_cost_usd([Definitions(alarms=(alarm(),)), flow]) == pytest.approx(0.5)


@pytest.mark.parametrize("public", [True, False])
def test_ecs_is_told_the_names_that_the_deployment_alarms_have(
    public: bool,
) -> None:
    made = [f"turnstay-prod-ledger-{each.name}" for each in deployment(public=public).alarms]

    assert list(deployment_alarm_names("turnstay-prod-ledger")) == made


def test_a_deployment_is_watched_in_minutes_or_it_would_never_end() -> None:
    [errors] = deployment(public=True).alarms

    assert errors.period_seconds * errors.periods <= 300
    assert not errors.child
