"""Controls on alarms hold, and each is seen to fail on an alarm that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from components.observability.alarm import alarms_of
from tests.controls import alarms as controls
from tests.controls.alarms import COMPOSITE, FILTER, METRIC, RULE, SERVICE, TARGET
from tests.controls.alarms_sample import watched
from tests.controls.mutation import (
    Change,
    Mutation,
    adding,
    controls_of,
    each_of,
    removing,
    setting,
)
from tests.controls.tables import table
from tests.controls.watched import MATRIX, required
from tests.engine.mutate import DELETE, added, with_options
from tests.engine.recording import Recording

CPU = "general-alarms-cpu"
FAST = "ledger-alarms-availability-fast-long"
PAGE = "ledger-alarms-availability-page"
DEPLOY = "ledger-new-alarms-deploy-errors"


def _alarm(name: str, path: str, value: Any = DELETE) -> Change:
    return setting(METRIC, name, path, value)


def _text(kind: str, name: str, old: str, new: str) -> Change:
    """Another text in the description."""

    def change(recording: Recording) -> Recording:
        before = recording.one(kind, name).inputs["alarmDescription"]
        assert old in before
        return setting(kind, name, "alarmDescription", before.replace(old, new))(recording)

    return change


def _rule(name: str, old: str, new: str) -> Change:
    def change(recording: Recording) -> Recording:
        before = recording.one(COMPOSITE, name).inputs["alarmRule"]
        assert old in before
        return setting(COMPOSITE, name, "alarmRule", before.replace(old, new))(recording)

    return change


def _page(name: str) -> Change:
    """Make a ticket a page, in its text and its tag."""

    def change(recording: Recording) -> Recording:
        told = _text(METRIC, name, "Severity: ticket", "Severity: page")(recording)
        return setting(METRIC, name, "tags.severity", "page")(told)

    return change


def _hasty(recording: Recording) -> Recording:
    return with_options(recording, SERVICE, "ledger-service", dependencies=())


def _unordered(recording: Recording) -> Recording:
    return with_options(recording, COMPOSITE, PAGE, dependencies=())


def _early(recording: Recording) -> Recording:
    return with_options(recording, FILTER, "payouts-flow-events", dependencies=())


MUTATIONS = [
    *table(
        controls.alarms_tell_when_they_begin_and_when_they_end,
        CPU,
        ("no actions", _alarm(CPU, "alarmActions")),
        ("an empty list", _alarm(CPU, "alarmActions", [])),
        ("no end", _alarm(CPU, "okActions", [])),
        ("another topic", _alarm(CPU, "alarmActions", ["arn:aws:sns:eu-west-1:1:other"])),
        ("off", _alarm(CPU, "actionsEnabled", value=False)),
    ),
    *table(
        controls.alarms_tell_when_they_begin_and_when_they_end,
        f"{FAST}: a child tells",
        ("a child that tells", _alarm(FAST, "alarmActions", ["arn"])),
    ),
    *table(
        controls.alarms_tell_when_they_begin_and_when_they_end,
        PAGE,
        ("a composite that tells nobody", setting(COMPOSITE, PAGE, "alarmActions", [])),
    ),
    *table(
        controls.alarms_say_who_does_what,
        f"{CPU}: no runbook",
        ("a runbook that does not exist", _text(METRIC, CPU, "database-saturated", "nothing")),
        ("no runbook", _text(METRIC, CPU, "Runbook: ", "See ")),
    ),
    *table(
        controls.alarms_say_who_does_what,
        f"{CPU}: severity",
        ("no severity", _text(METRIC, CPU, "Severity: ", "")),
        ("another severity", _text(METRIC, CPU, "Severity: ticket", "Severity: high")),
        ("no description", _alarm(CPU, "alarmDescription")),
    ),
    *table(
        controls.alarms_say_who_does_what,
        f"{CPU}: its tag",
        ("another tag", _alarm(CPU, "tags.severity", "page")),
    ),
    *table(
        controls.alarms_say_who_does_what,
        f"{CPU}: nobody owns it",
        ("no owner", _text(METRIC, CPU, "Owner: platform", "Owner:")),
    ),
    *table(
        controls.alarms_have_names_of_their_own,
        "2 alarms of that name",
        ("a name twice", _alarm(CPU, "name", "turnstay-test-general-load")),
    ),
    *table(
        controls.alarms_have_names_of_their_own,
        "not one of ours",
        ("another prefix", _alarm(CPU, "name", "cpu")),
    ),
    *table(
        controls.alarms_watch_what_exists,
        f"{CPU}: DBInstanceIdentifier",
        ("another server", _alarm(CPU, "dimensions.DBInstanceIdentifier", "turnstay-general")),
    ),
    *table(
        controls.alarms_watch_what_exists,
        "is nothing of this program",
        (
            "another target group",
            _alarm(
                "api-alarms-availability-fast-long",
                "metricQueries.0.metric.dimensions.TargetGroup",
                "targetgroup/other",
            ),
        ),
        (
            "a dimension that nothing has",
            _alarm(CPU, "dimensions", {"DBClusterIdentifier": "turnstay-test-general"}),
        ),
    ),
    *table(
        controls.alarms_watch_what_exists,
        "nothing counts payout.processed",
        ("no filter", removing(FILTER)),
        (
            "another event",
            setting(FILTER, "payouts-flow-events", "metricTransformation.name", "payout.made"),
        ),
    ),
    *table(
        controls.everything_is_watched,
        "general-instance: no alarm on CPUUtilization",
        ("no alarm", removing(METRIC, CPU)),
        ("another metric", _alarm(CPU, "metricName", "DBLoad")),
    ),
    *table(
        controls.everything_is_watched,
        "extra: no alarm on",
        ("a queue more", adding("aws:sqs/queue:Queue", name="extra")),
        ("a gateway more", adding("aws:ec2/natGateway:NatGateway", subnetId="subnet")),
        ("a service more", adding("aws:ecs/service:Service", name="extra")),
    ),
    *table(
        controls.nothing_pages_on_a_cause,
        f"{CPU}: pages on CPUUtilization",
        ("a CPU", _page(CPU)),
    ),
    *table(
        controls.nothing_pages_on_a_cause,
        f"{PAGE}: pages on turnstay-test-ledger-cpu",
        ("a CPU in a rule", _rule(PAGE, "availability-fast-long", "cpu")),
    ),
    *table(
        controls.nothing_pages_on_a_cause,
        "notices-task-failed: pages on",
        ("a task", setting(RULE, "notices-task-failed", "tags.severity", "page")),
    ),
    *table(
        controls.objectives_burn_by_the_table,
        "is not in the table",
        ("a threshold", _alarm(FAST, "threshold", 0.0144)),
        ("another objective", _text(COMPOSITE, PAGE, "99.95", "99.9")),
        (
            "a slow threshold",
            _alarm("ledger-alarms-availability-slow-short", "threshold", 0.003),
        ),
    ),
    *table(
        controls.objectives_burn_by_the_table,
        f"{PAGE}: looks at",
        ("a period", _alarm(FAST, "metricQueries.0.metric.period", 7200)),
        ("one pair alone", _rule(PAGE, "steady", "fast")),
    ),
    *table(
        controls.objectives_burn_by_the_table,
        f"{PAGE}: names no objective",
        ("no objective", _text(COMPOSITE, PAGE, "budget of", "budget")),
    ),
    *table(
        controls.composites_name_alarms_that_exist,
        "there is no turnstay-test-ledger-availability-fast-long",
        ("an alarm less", removing(METRIC, FAST)),
    ),
    *table(
        controls.composites_name_alarms_that_exist,
        f"{PAGE}: may come before",
        ("not waited for", _unordered),
    ),
    *table(
        controls.composites_name_alarms_that_exist,
        "children",
        (
            "too many",
            _rule(
                PAGE, "(ALARM", " OR ".join(f"ALARM(x{index})" for index in range(101)) + "(ALARM"
            ),
        ),
    ),
    *table(
        controls.deployments_are_judged_by_alarms,
        "ledger-service: nothing rolls it back",
        ("no alarms", setting(SERVICE, "ledger-service", "alarms")),
        ("no names", setting(SERVICE, "ledger-service", "alarms.alarmNames", [])),
        ("off", setting(SERVICE, "ledger-service", "alarms.enable", value=False)),
        ("no rollback", setting(SERVICE, "ledger-service", "alarms.rollback", value=False)),
    ),
    *table(
        controls.deployments_are_judged_by_alarms,
        "ledger-service: there is no metric alarm",
        ("the alarm is gone", removing(METRIC, DEPLOY)),
        (
            "a composite",
            setting(
                SERVICE,
                "ledger-service",
                "alarms.alarmNames",
                ["turnstay-test-ledger-availability-page"],
            ),
        ),
    ),
    *table(
        controls.deployments_are_judged_by_alarms,
        "ledger-service: may come before",
        ("not waited for", _hasty),
    ),
    *table(
        controls.deployments_are_judged_by_alarms,
        "ledger-service: waits too long",
        ("an hour", _alarm(DEPLOY, "evaluationPeriods", 60)),
    ),
    *table(
        controls.events_are_told,
        "notices-secret-read: nobody is told",
        ("hears of no reads", setting(RULE, "notices-secret-read", "state", "ENABLED")),
    ),
    *table(
        controls.filters_count_events_alone,
        "payouts-flow-events: counts",
        ("a text", setting(FILTER, "payouts-flow-events", "pattern", '"authentication failed"')),
    ),
    *table(
        controls.filters_come_after_their_logs,
        "payouts-flow-events: may come before",
        ("not waited for", _early),
        ("another group", setting(FILTER, "payouts-flow-events", "logGroupName", "/turnstay/x")),
    ),
    *table(
        controls.events_are_told,
        "notices-trail-stopped: nobody is told",
        ("no target", removing(TARGET, "notices-trail-stopped-topic")),
        ("off", setting(RULE, "notices-trail-stopped", "state", "DISABLED")),
        ("another topic", setting(TARGET, "notices-trail-stopped-topic", "arn", "arn:other")),
    ),
]


def _many(recording: Recording) -> Recording:
    for index in range(100):
        recording = added(recording, COMPOSITE, f"extra-{index}", {"alarmName": f"{index}"})
    return recording


MUTATIONS += table(controls.alarms_cost_little, "USD a month", ("a hundred composites more", _many))


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_alarm_is_found(mutation: Mutation) -> None:
    assert mutation.missed(watched()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


def test_every_kind_of_the_matrix_is_in_the_sample() -> None:
    assert {each.dimension for each in required(watched())} == {*MATRIX, "TargetDiscoveryName"}


def test_children_of_composites_tell_nobody_and_all_others_do() -> None:
    """The waiver of CloudWatch.15, as it is recorded: these alarms and no others."""
    silent = {
        each.inputs["name"] for each in watched().all(METRIC) if not each.inputs.get("alarmActions")
    }
    below = {
        name for each in watched().all(COMPOSITE) for name in alarms_of(each.inputs["alarmRule"])
    }

    assert silent == below - {each.inputs["alarmName"] for each in watched().all(COMPOSITE)}
    assert all(name.endswith(("-long", "-short")) for name in silent)
