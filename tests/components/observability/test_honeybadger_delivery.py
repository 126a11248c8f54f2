from __future__ import annotations

from typing import Any

import pytest

from components.observability.control_notices import CONTROL_NOTICES
from components.observability.honeybadger_notice import ALARM_PATHS
from tests.components.observability import delivery_samples as samples
from tests.components.observability.delivery_samples import NOTICES, QUEUE, ROLE, TAGS
from tests.components.observability.test_honeybadger_notice import TEMPLATE
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn
from tests.engine.values import Secret

RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
DESTINATION = "aws:cloudwatch/eventApiDestination:EventApiDestination"


def test_alarms_of_a_runbook_have_a_rule_and_a_target() -> None:
    recording = samples.pages()
    assert recording.names(RULE) == {"pages-availability", "pages-money-flow"}
    rule = recording.one(RULE, "pages-availability")
    assert rule.inputs == {
        "name": "turnstay-test-page-availability",
        "description": "Alarms that page, of the runbook availability",
        "eventPattern": rule.inputs["eventPattern"],
        "state": "ENABLED",
        "tags": TAGS | {"severity": "page"},
    }
    assert rule.json("eventPattern") == {
        "source": ["aws.cloudwatch"],
        "detail-type": ["CloudWatch Alarm State Change"],
        "detail": {
            "alarmName": samples.PAGES["availability"],
            "state": {"value": ["ALARM"]},
        },
    }
    target = recording.one(TARGET, "pages-availability-target")
    assert target.inputs == _target("turnstay-test-page-availability", TEMPLATE, ALARM_PATHS)
    assert [each for each in (rule, target) if unknown_properties(each)] == []


def test_an_event_that_pages_gets_a_second_target() -> None:
    target = samples.pages().one(TARGET, "pages-detector-off-target")
    template = target.inputs["inputTransformer"]["inputTemplate"]
    assert '"class": "detector-off", "fingerprint": <aws.events.rule-arn>' in template
    assert '"event": <aws.events.event.json>' in template
    assert "https://example.com/runbooks/control-stopped.md" in template
    assert target.inputs == _target("turnstay-test-detector-off", template, None)


def test_a_ticket_is_refused() -> None:
    ticket = type(CONTROL_NOTICES[0])(
        name="t", severity="ticket", runbook="r", summary="s", pattern={}
    )
    with pytest.raises(ValueError, match=r"only what pages goes to Honeybadger, got \['t'\]"):
        samples.pages_args(notices=[ticket])


def test_the_key_is_in_the_connection_and_secret() -> None:
    recording = samples.api()
    connection = recording.one(
        "aws:cloudwatch/eventConnection:EventConnection", "honeybadger-connection"
    )
    key = connection.inputs["authParameters"]["apiKey"]
    assert connection.inputs == {
        "name": "turnstay-test-honeybadger",
        "authorizationType": "API_KEY",
        "authParameters": {"apiKey": key},
    }
    assert key == {"key": "X-API-Key", "value": Secret("hbp_secret")}
    assert "hbp_secret" not in str(
        [each for each in recording.registrations.values() if each is not connection]
    )


def test_destinations_are_notices_and_the_check_in() -> None:
    recording = samples.api()
    shared = {
        "connectionArn": arn("events", "connection/turnstay-test-honeybadger"),
        "invocationRateLimitPerSecond": 10,
    }
    assert {each.name: each.inputs for each in recording.all(DESTINATION)} == {
        "honeybadger-notices": {
            "name": "turnstay-test-honeybadger-notices",
            "httpMethod": "POST",
            "invocationEndpoint": "https://api.honeybadger.io/v1/notices",
            **shared,
        },
        "honeybadger-check-in": {
            "name": "turnstay-test-honeybadger-check-in",
            "httpMethod": "GET",
            "invocationEndpoint": "https://api.honeybadger.io/v1/check_in/abc",
            **shared,
        },
    }
    policy = recording.one("aws:iam/rolePolicy:RolePolicy", "honeybadger-role-policy")
    (statement,) = policy.json("policy")["Statement"]
    assert statement["Resource"] == [
        NOTICES,
        arn("events", "api-destination/turnstay-test-honeybadger-check-in"),
    ]
    assert samples.api(check_in="").names(DESTINATION) == {"honeybadger-notices"}


@pytest.mark.parametrize("url", ["api.honeybadger.io", "https://api.honeybadger.io/", ""])
def test_an_address_of_another_form_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="api_url is https:// and a host"):
        samples.api(api_url=url)


def _target(rule: str, template: str, paths: dict[str, str] | None) -> dict[str, Any]:
    transformer = {"inputTemplate": template} | ({"inputPaths": paths} if paths else {})
    return {
        "rule": rule,
        "targetId": "honeybadger",
        "arn": NOTICES,
        "roleArn": ROLE,
        "inputTransformer": transformer,
        "retryPolicy": {"maximumRetryAttempts": 20, "maximumEventAgeInSeconds": 3600},
        "deadLetterConfig": {"arn": QUEUE},
    }
