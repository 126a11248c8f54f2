"""Controls on the ways of alerts hold, and each is seen to fail on a way that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import alert_delivery as controls
from tests.controls.alert_delivery import (
    CONFIG,
    CONNECTION,
    QUEUE,
    QUEUE_POLICY,
    RULE,
    SCHEDULE,
    SUBSCRIPTION,
    TARGET,
)
from tests.controls.mutation import Change, Mutation, controls_of, each_of, removing, setting
from tests.controls.tables import table
from tests.engine.mutate import DELETE, added
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording

LEDGER = "turnstay-prod-ledger-availability"


def _policy(path: str, value: Any = DELETE) -> Change:
    return setting(QUEUE_POLICY, "alerts-slack-policy", f"policy!.Statement.{path}", value)


def _names(old: str, *new: str) -> Change:
    """Other alarms in the rule of the runbook availability."""

    def change(recording: Recording) -> Recording:
        before = recording.one(RULE, "pages-availability").json("eventPattern")
        names = [each for each in before["detail"]["alarmName"] if each != old] + list(new)
        path = "eventPattern!.detail.alarmName"
        return setting(RULE, "pages-availability", path, names)(recording)

    return change


def _again(recording: Recording) -> Recording:
    target = recording.one(TARGET, "pages-detector-off-target").inputs
    return added(recording, TARGET, "extra", target)


KEPT = "nothing keeps what fails"
MUTATIONS = [
    *table(
        controls.pages_go_both_ways_once,
        f"{LEDGER}-page: told 0 times",
        ("a page is left out", _names(f"{LEDGER}-page")),
        ("a target is gone", removing(TARGET, "pages-availability-target")),
        ("the rule is gone", removing(RULE, "pages-availability")),
    ),
    *table(
        controls.pages_go_both_ways_once,
        "wakes somebody",
        ("a child", _names("", f"{LEDGER}-fast-long")),
        ("a ticket", _names("", f"{LEDGER}-ticket")),
    ),
    *table(
        controls.pages_go_both_ways_once,
        "events-detector-off: told",
        ("an event is left out", removing(TARGET, "pages-detector-off-target")),
        ("an event twice", _again),
    ),
    *table(
        controls.what_is_not_delivered_is_kept,
        KEPT,
        ("a function", setting(CONFIG, "slack-retries", "destinationConfig")),
        ("no retries at all", removing(CONFIG)),
        ("a subscription", setting(SUBSCRIPTION, "slack-subscription", "redrivePolicy")),
        ("a schedule", setting(SCHEDULE, "heartbeats-topic", "target.deadLetterConfig")),
        ("an address", setting(TARGET, "pages-availability-target", "deadLetterConfig")),
        (
            "a queue that is not ours",
            setting(TARGET, "pages-availability-target", "deadLetterConfig.arn", "arn:other"),
        ),
    ),
    *table(
        controls.queues_are_encrypted_and_ask_for_tls,
        "alerts-slack-queue: key",
        ("in clear", setting(QUEUE, "alerts-slack-queue", "kmsMasterKeyId")),
        ("AWS's key", setting(QUEUE, "alerts-slack-queue", "kmsMasterKeyId", "alias/aws/sqs")),
    ),
    *table(
        controls.queues_are_encrypted_and_ask_for_tls,
        "alerts-slack-queue: takes messages without TLS",
        ("plain", _policy("0.Condition")),
        ("no policy", removing(QUEUE_POLICY, "alerts-slack-policy")),
    ),
    *table(
        controls.queues_are_encrypted_and_ask_for_tls,
        "alerts-slack-queue: Send1 is for anybody",
        ("everybody", _policy("1.Principal", "*")),
        ("any customer's topic", _policy("1.Condition")),
    ),
    *table(
        controls.keys_of_connections_are_secret,
        "its key is in clear",
        ("clear", setting(CONNECTION, "honeybadger-connection", "authParameters.apiKey.value", "x")),
    ),
]  # fmt: skip


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_way_is_found(mutation: Mutation) -> None:
    assert mutation.missed(platform("prod")) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
