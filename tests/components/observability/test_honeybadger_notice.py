from __future__ import annotations

import pytest

from components.observability.alarm import Composite
from components.observability.honeybadger_notice import (
    ALARM_PATHS,
    alarm_pattern,
    alarm_template,
    pages_of,
    together,
)
from components.observability.money_flows import FLOWS, flow_alarm
from components.observability.objectives import Definitions, public_service
from tests.components.observability.test_alarm import alarm

TEMPLATE = (
    '{"error": {"backtrace": [], "class": <alarm>, "fingerprint": <arn>, "message": <reason>, "tags": ["page"]},'
    ' "notifier": {"name": "turnstay-alerts", "url": "https://www.turnstay.com", "version": "1"},'
    ' "request": {"component": "alerts", "context": {"account": <account>, "owner": "platform",'
    ' "region": <region>, "runbook": "https://example.com/runbooks/availability.md", "severity": "page",'
    ' "state": <state>, "time": <time>}}, "server": {"environment_name": "staging"}}'
)


def test_only_what_pages_by_itself_is_a_page() -> None:
    service = public_service(
        availability_percent=99.9, latency_ms=500, latency_percent=99, min_tasks=1
    )
    assert pages_of("turnstay-test-api", service) == {
        "availability": ["turnstay-test-api-availability-page"],
        "latency": ["turnstay-test-api-latency-page"],
    }
    flow = flow_alarm(FLOWS["payouts"], stack="test", within_hours=24)
    assert pages_of("turnstay-test", flow) == {"money-flow": ["turnstay-test-payouts-absent"]}
    tickets = Definitions(
        alarms=(alarm(),),
        composites=(Composite(name="c", severity="ticket", runbook="r", summary="s", rule="x"),),
    )
    assert pages_of("turnstay-test", tickets) == {}


def test_pages_of_one_runbook_come_together_in_order() -> None:
    assert together([{"b": ["2"], "a": ["z"]}, {"b": ["1"]}]) == {"a": ["z"], "b": ["1", "2"]}


def test_alarms_too_many_for_one_rule_are_refused() -> None:
    with pytest.raises(ValueError, match=r"at most 2048 characters, got 4\d+ of 40 alarms"):
        alarm_pattern(["x" * 100] * 40)


def test_a_template_has_a_placeholder_for_each_path_and_no_other() -> None:
    text = alarm_template(
        owner="platform",
        runbook_url="https://example.com/runbooks/availability.md",
        environment="staging",
    )
    assert text == TEMPLATE
    assert all(f": <{name}>" in text for name in ALARM_PATHS)
