"""Controls on alarms: each function gives its findings over a recorded program, and none is good.

Alarms that a composite looks at tell nobody by themselves, or one outage would be seven messages. CloudWatch.15 asks
for actions on each alarm and is waived for them: the composite above has the actions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from components.observability.alarm import alarms_of
from components.observability.description import fields
from tests.controls.watched import required, values_of
from tests.engine.recording import ROOT, Recording
from tests.engine.registration import Registration

METRIC: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE: Final = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
FILTER: Final = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
TOPIC_POLICY: Final = "aws:sns/topicPolicy:TopicPolicy"
SERVICE: Final = "aws:ecs/service:Service"
RULE: Final = "aws:cloudwatch/eventRule:EventRule"
TARGET: Final = "aws:cloudwatch/eventTarget:EventTarget"
LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
# CloudTrail calls these read-only, and EventBridge gives them to no rule that does not ask for all management events.
READS: Final = ("BatchGet", "Describe", "Get", "List")
ALL_CALLS: Final = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
RUNBOOKS: Final = ROOT / "docs" / "runbooks"
OWN: Final = "TurnStay/"
# By period: the burn of a budget of 30 days, page pairs first (SRE workbook, chapter 5).
BURNS: Final = {3600: 14.4, 300: 14.4, 21_600: 6.0, 1800: 6.0, 259_200: 1.0}
MOST_CHILDREN: Final = 100
MOST_USD: Final = 60
LONGEST_WAIT: Final = 300


def alarms_tell_when_they_begin_and_when_they_end(recording: Recording) -> list[str]:
    """CloudWatch.15 and .17: a topic of ours, both ways; all but children of composites."""
    topics = {each.inputs["arn"] for each in recording.all(TOPIC_POLICY)}
    findings = []
    for each in _alarms(recording):
        if each.inputs.get("actionsEnabled") is False:
            findings.append(f"{each.name}: its actions are off")
        for actions in ("alarmActions", "okActions"):
            told = each.inputs.get(actions) or []
            if _name(each) in _children(recording):
                findings += [f"{each.name}: a child tells {told}"] if told else []
            elif not told or not set(told) <= topics:
                findings.append(f"{each.name}: {actions} are {told}")
    return findings


def alarms_say_who_does_what(recording: Recording) -> list[str]:
    """Severity, owner, and a runbook that exists."""
    findings = []
    for each in _alarms(recording):
        said = fields(str(each.inputs.get("alarmDescription", "")))
        if said.get("Severity") not in ("page", "ticket"):
            findings.append(f"{each.name}: severity {said.get('Severity')}")
        if said.get("Severity") != each.inputs.get("tags", {}).get("severity"):
            findings.append(f"{each.name}: its tag says another severity than its text")
        if not said.get("Owner"):
            findings.append(f"{each.name}: nobody owns it")
        if not (RUNBOOKS / Path(said.get("Runbook", "none")).name).is_file():
            findings.append(f"{each.name}: no runbook {said.get('Runbook')}")
    return findings


def alarms_have_names_of_their_own(recording: Recording) -> list[str]:
    """A second alarm of a name replaces the first one without an error."""
    names = Counter(_name(each) for each in _alarms(recording))
    return [
        f"{name}: {count} alarms of that name" for name, count in names.items() if count > 1
    ] + [f"{name}: not one of ours" for name in names if not name.startswith("turnstay-")]


def alarms_watch_what_exists(recording: Recording) -> list[str]:
    """A dimension with another value than a resource's is no error: the alarm just never speaks."""
    findings = []
    filtered = {
        (change["namespace"], change["name"])
        for each in recording.all(FILTER)
        if (change := each.inputs["metricTransformation"])
    }
    for each in recording.all(METRIC):
        for metric in metrics_of(each):
            for name, value in metric.get("dimensions", {}).items():
                if value not in values_of(recording, name):
                    findings.append(f"{each.name}: {name} {value} is nothing of this program")
            own = metric["namespace"].startswith(OWN)
            if own and (metric["namespace"], metric["metricName"]) not in filtered:
                findings.append(f"{each.name}: nothing counts {metric['metricName']}")
    return findings


def everything_is_watched(recording: Recording) -> list[str]:
    """The matrix: each resource has the alarms of its kind."""
    watched = {
        (metric["namespace"], metric["metricName"], name, value)
        for each in recording.all(METRIC)
        for metric in metrics_of(each)
        for name, value in metric.get("dimensions", {}).items()
    }
    return [
        f"{need.resource}: no alarm on {need.metric}"
        for need in required(recording)
        if (need.namespace, need.metric, need.dimension, need.value) not in watched
    ]


def nothing_pages_on_a_cause(recording: Recording) -> list[str]:
    """A page is a burning objective, a silent money flow, or a control that a person switched off."""
    findings = []
    for each in recording.all(METRIC):
        own = all(metric["namespace"].startswith(OWN) for metric in metrics_of(each))
        pages = _severity(each) == "page" and _name(each) not in _children(recording)
        if pages and not own and not _only_forced(each):
            findings.append(f"{each.name}: pages on {metrics_of(each)[0]['metricName']}")
    burning = {_name(each) for each in recording.all(METRIC) if _burns(each)}
    findings += [
        f"{each.name}: pages on {below}"
        for each in recording.all(COMPOSITE)
        if _severity(each) == "page"
        for below in alarms_of(each.inputs["alarmRule"])
        if below not in burning
    ]
    findings += [
        f"{each.name}: pages on {each.json('eventPattern')['source']}"
        for each in recording.all(RULE)
        if each.inputs["tags"]["severity"] == "page"
        and "CloudTrail" not in str(each.json("eventPattern").get("detail-type"))
        and not _tells_by_itself(each)
    ]
    return findings


def objectives_burn_by_the_table(recording: Recording) -> list[str]:
    """Six windows for each objective, each with the threshold that the objective in its text gives."""
    findings = []
    by_name = {_name(each): each for each in recording.all(METRIC)}
    for page in recording.all(COMPOSITE):
        objective = re.search(r"budget of ([0-9.]+) %", page.inputs["alarmDescription"])
        if objective is None:
            findings.append(f"{page.name}: names no objective")
            continue
        for below in alarms_of(page.inputs["alarmRule"]):
            if below in by_name:
                findings += _wrong(by_name[below], 1 - float(objective.group(1)) / 100)
        windows = {
            _period(by_name[below])
            for below in alarms_of(page.inputs["alarmRule"])
            if below in by_name
        }
        wanted = {3600, 300, 21_600, 1800} if _severity(page) == "page" else {259_200, 21_600}
        if windows != wanted:
            findings.append(f"{page.name}: looks at {sorted(windows)} seconds")
    return findings


def composites_name_alarms_that_exist(recording: Recording) -> list[str]:
    """Otherwise AWS refuses them; and they come after those."""
    names = {_name(each): each.urn for each in _alarms(recording)}
    findings = []
    for each in recording.all(COMPOSITE):
        below = alarms_of(each.inputs["alarmRule"])
        findings += [f"{each.name}: there is no {name}" for name in below if name not in names]
        findings += [
            f"{each.name}: may come before {name}"
            for name in below
            if name in names and names[name] not in each.dependencies
        ]
        if len(set(below)) > MOST_CHILDREN:
            findings.append(f"{each.name}: {len(below)} children")
    return findings


def deployments_are_judged_by_alarms(recording: Recording) -> list[str]:
    """Each service names metric alarms of minutes, which are there before it and roll it back."""
    alarms = {_name(each): each for each in recording.all(METRIC)}
    findings = []
    for each in recording.all(SERVICE):
        asked = each.inputs.get("alarms") or {}
        if not (asked.get("enable") and asked.get("rollback") and asked.get("alarmNames")):
            findings.append(f"{each.name}: nothing rolls it back")
            continue
        for name in asked["alarmNames"]:
            if name not in alarms:
                findings.append(f"{each.name}: there is no metric alarm {name}")
            elif alarms[name].urn not in each.dependencies:
                findings.append(f"{each.name}: may come before {name}")
            elif _period(alarms[name]) * alarms[name].inputs["evaluationPeriods"] > LONGEST_WAIT:
                findings.append(f"{each.name}: waits too long for {name}")
    return findings


def events_are_told(recording: Recording) -> list[str]:
    """Each rule on what AWS alone tells is on and has the topic as its target; one on calls that only read asks for all calls."""
    topics = {each.inputs["arn"] for each in recording.all(TOPIC_POLICY)}
    told = {each.inputs["rule"] for each in recording.all(TARGET) if each.inputs["arn"] in topics}
    return [
        f"{each.name}: nobody is told"
        for each in recording.all(RULE)
        if not _tells_by_itself(each)
        if each.inputs["name"] not in told
        or each.inputs.get("state") != (ALL_CALLS if _hears_reads(each) else "ENABLED")
    ]


def alarms_cost_little(recording: Recording) -> list[str]:
    """A metric in an alarm costs 0.10 USD a month, a composite 0.50, a metric of our own 0.30 more."""
    cents = sum(10 * len(metrics_of(each)) for each in recording.all(METRIC))
    cents += 50 * len(recording.all(COMPOSITE)) + 30 * len(recording.all(FILTER))
    return [f"{cents / 100:.2f} USD a month"] if cents > 100 * MOST_USD else []


def metrics_of(alarm: Registration) -> list[dict[str, Any]]:
    """The metrics that an alarm reads, alone or in an expression."""
    if "metricName" in alarm.inputs:
        return [alarm.inputs]
    return [each["metric"] for each in alarm.inputs["metricQueries"] if "metric" in each]


def filters_come_after_their_logs(recording: Recording) -> list[str]:
    """A filter on a log group that is not there yet is refused."""
    groups = {each.inputs["name"]: each.urn for each in recording.all(LOG_GROUP)}
    return [
        f"{each.name}: may come before {each.inputs['logGroupName']}"
        for each in recording.all(FILTER)
        if groups.get(each.inputs["logGroupName"]) not in each.dependencies
    ]


def filters_count_events_alone(recording: Recording) -> list[str]:
    """No text: one line of "password authentication failed" is what each rotation of a login leaves."""
    return [
        f"{each.name}: counts {each.inputs['pattern']}"
        for each in recording.all(FILTER)
        if not each.inputs["pattern"].startswith("{ $.event = ")
    ]


def _tells_by_itself(rule: Registration) -> bool:
    """An alarm tells the topic, and a heartbeat is no news."""
    (source,) = rule.json("eventPattern")["source"]
    return bool(source == "aws.cloudwatch" or source.startswith("turnstay."))


def _only_forced(alarm: Registration) -> bool:
    """A count below zero: it never is by itself, so it is a test that somebody makes."""
    given = alarm.inputs
    return (given["comparisonOperator"], given["threshold"], given.get("statistic")) == (
        "LessThanThreshold", 0, "Sum"
    )  # fmt: skip


def _hears_reads(rule: Registration) -> bool:
    calls = rule.json("eventPattern").get("detail", {}).get("eventName", [])
    return any(str(each).startswith(READS) for each in calls)


def _period(alarm: Registration) -> int:
    return int(metrics_of(alarm)[0]["period"])


def _burns(alarm: Registration) -> bool:
    return bool(re.search(r"-(fast|steady|slow)-(long|short)$", _name(alarm)))


def _wrong(alarm: Registration, budget: float) -> list[str]:
    period, name = _period(alarm), _name(alarm)
    burn = 1.0 if "-slow-" in name else BURNS.get(period)
    threshold = alarm.inputs["threshold"]
    if burn is None or abs(threshold - burn * budget) > 1e-6:
        return [f"{alarm.name}: {threshold} over {period} seconds is not in the table"]
    return []


def _alarms(recording: Recording) -> Iterator[Registration]:
    yield from recording.all(METRIC)
    yield from recording.all(COMPOSITE)


def _name(alarm: Registration) -> str:
    return str(alarm.inputs.get("name") or alarm.inputs["alarmName"])


def _severity(alarm: Registration) -> str:
    return fields(str(alarm.inputs.get("alarmDescription", ""))).get("Severity", "")


def _children(recording: Recording) -> set[str]:
    metric = {_name(each) for each in recording.all(METRIC)}
    named = {
        name for each in recording.all(COMPOSITE) for name in alarms_of(each.inputs["alarmRule"])
    }
    return metric & named
