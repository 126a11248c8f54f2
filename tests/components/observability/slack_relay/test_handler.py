from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from components.observability.slack_relay.handler import NotDeliveredError, Relay
from components.observability.slack_relay.posting import Answer
from components.observability.slack_relay.webhook import NoWebhookError, Webhook
from tests.components.observability.slack_relay.records import ALARM, record

ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:turnstay/staging/platform/x-AbCdEf"
OLD, NEW = "https://hooks.slack.com/services/old", "https://hooks.slack.com/services/new"
BEAT = "https://api.honeybadger.io/v1/check_in/abc"
GOOD, GONE, DOWN = Answer(status=200), Answer(status=404), Answer(status=503)


class Secrets:
    """The Secrets Manager, with one value after the other."""

    def __init__(self, *values: str) -> None:
        self.values, self.asked = list(values), list[dict[str, str]]()

    def get_secret_value(self, **request: str) -> Mapping[str, Any]:
        self.asked.append(request)
        if not self.values:
            raise LookupError("there is no AWSCURRENT version")
        return {"SecretString": self.values.pop(0)}


class Outside:
    """Whoever is posted to, with one answer after the other; the last one stays."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.got = list(answers), list[tuple[str, Mapping[str, Any] | None]]()

    def __call__(self, url: str, body: Mapping[str, Any] | None) -> Answer:
        self.got.append((url, body))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def urls(self) -> list[str]:
        return [url for url, _ in self.got]


def relay(secrets: Secrets, outside: Outside, heartbeat: str = BEAT) -> Relay:
    return Relay(Webhook(secrets, ARN), heartbeat, outside, pause=0)


def test_an_alert_is_posted_once_to_the_address_in_the_secret() -> None:
    secrets, outside = Secrets(OLD), Outside(GOOD)
    relay(secrets, outside).deliver(record(ALARM))
    assert secrets.asked == [{"SecretId": ARN, "VersionStage": "AWSCURRENT"}]
    assert outside.urls == [OLD]
    assert outside.got[0][1]["text"] == "PAGE: turnstay-staging-ledger-availability-page"  # type: ignore[index]


def test_the_secret_is_read_once_for_many_alerts() -> None:
    secrets, outside = Secrets(OLD), Outside(GOOD)
    one = relay(secrets, outside)
    for identity in ("a", "b", "c"):
        one.deliver(record(ALARM, identity))
    assert (len(secrets.asked), outside.urls) == (1, [OLD] * 3)


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_refusal_reads_the_secret_again(status: int) -> None:
    outside = Outside(Answer(status=status), GOOD)
    relay(Secrets(OLD, NEW), outside).deliver(record(ALARM))
    assert outside.urls == [OLD, NEW]


def test_what_may_pass_is_tried_again_at_the_same_address() -> None:
    secrets, outside = Secrets(OLD, NEW), Outside(Answer(status=429), GOOD)
    relay(secrets, outside).deliver(record(ALARM))
    assert (outside.urls, len(secrets.asked)) == ([OLD, OLD], 1)


@pytest.mark.parametrize("answer", [DOWN, GONE, Answer(status=0, problem="TimeoutError")])
def test_what_is_never_taken_fails_without_the_address(
    answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = Outside(answer)
    with pytest.raises(NotDeliveredError, match="Slack did not take turnstay-staging") as raised:
        relay(Secrets(OLD, OLD, OLD), outside).deliver(record(ALARM))
    assert len(outside.got) == 2
    assert "services" not in f"{raised.value!r} {capsys.readouterr()}"


def test_a_message_that_comes_twice_is_told_once() -> None:
    outside = Outside(GOOD)
    one = relay(Secrets(OLD), outside)
    for _ in range(2):
        one.deliver(record(ALARM))
    one.deliver(record(ALARM, "another"))
    assert len(outside.got) == 2


def test_a_message_that_was_not_taken_is_not_taken_for_told() -> None:
    outside = Outside(DOWN, DOWN, GOOD)
    one = relay(Secrets(OLD), outside)
    with pytest.raises(NotDeliveredError):
        one.deliver(record(ALARM))
    one.deliver(record(ALARM))
    assert len(outside.got) == 3


def test_the_first_look_at_a_new_alarm_is_not_told() -> None:
    outside = Outside(GOOD)
    first = {
        "OldStateValue": "INSUFFICIENT_DATA",
        "NewStateValue": "OK",
        "AlarmConfigurationUpdatedTimestamp": ALARM["StateChangeTime"],
    }
    relay(Secrets(OLD), outside).deliver(record(ALARM | first))
    assert outside.got == []


def test_a_heartbeat_goes_outside_and_not_to_slack() -> None:
    outside = Outside(GOOD)
    relay(Secrets(OLD), outside).deliver(record({"heartbeat": "topic"}))
    assert outside.got == [(BEAT, None)]


def test_a_heartbeat_stops_when_slack_could_not_be_told_either() -> None:
    outside = Outside(GOOD)
    with pytest.raises(NoWebhookError, match="cannot be read from arn:aws"):
        relay(Secrets(), outside).deliver(record({"heartbeat": "topic"}))
    assert outside.got == []


def test_a_heartbeat_that_is_not_taken_is_a_failure() -> None:
    with pytest.raises(NotDeliveredError, match="check-in was not taken: status 503"):
        relay(Secrets(OLD), Outside(DOWN)).deliver(record({"heartbeat": "topic"}))


def test_without_a_listener_a_heartbeat_ends_here() -> None:
    outside = Outside(GOOD)
    relay(Secrets(OLD), outside, heartbeat="").deliver(record({"heartbeat": "topic"}))
    assert outside.got == []
