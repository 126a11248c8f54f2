"""What watches the platform: alarms, their actions, and the ways to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from scripts.preview_report.changes import Change
from scripts.preview_report.finding import Finding
from scripts.preview_report.values import is_unknown, number, texts

ALARMS: Final = frozenset(
    {
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    }
)
WATCHERS: Final = ALARMS | {
    "aws:budgets/budget:Budget",
    "aws:cloudtrail/trail:Trail",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    "aws:ec2/flowLog:FlowLog",
    "aws:rds/eventSubscription:EventSubscription",
    "aws:scheduler/schedule:Schedule",
    "aws:sns/topicSubscription:TopicSubscription",
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
}
ON: Final = ("actionsEnabled", "enabled", "enableLogging", "isEnabled")
ACTIONS: Final = ("alarmActions", "okActions", "insufficientDataActions")
# Another of these can silence an alarm just as well as a threshold.
MEANING: Final = (
    "alarmRule", "comparisonOperator", "datapointsToAlarm", "dimensions", "eventPattern",
    "evaluationPeriods", "extendedStatistic", "filterPolicy", "metricName", "metricQueries",
    "namespace", "pattern", "period", "scheduleExpression", "state", "statistic", "treatMissingData",
    "actionsSuppressor",
)  # fmt: skip


def less_watched(changes: Iterable[Change]) -> Iterator[Finding]:
    """Removed, switched off, without actions, or asleep for longer; and alarms that are new."""
    for change in changes:
        if change.type not in WATCHERS:
            continue
        if change.kind == "delete":
            yield Finding(topic="watch", change=change, text="is removed")
        elif change.kind == "create" and change.type in ALARMS:
            yield Finding(topic="watch", change=change, text="is new", blocks=False)
        if change.remains:
            yield from _silenced(change)
            yield from _threshold(change)
            yield from _meaning(change)


def _silenced(change: Change) -> Iterator[Finding]:
    for name in ON:
        # One that is made anew in the place of an old one and does nothing is caught as well.
        if (
            name in change.will
            and change.will[name] is not True
            and change.was.get(name) is not change.will[name]
        ):
            yield Finding(topic="watch", change=change, text=f"{name} is no longer true")
    if change.type not in ALARMS:
        return
    before, after = set(texts(change.was.get("alarmActions"))), change.will.get("alarmActions")
    if is_unknown(after):
        return
    if before and not texts(after):
        yield Finding(topic="watch", change=change, text="no longer tells anybody")
    elif lost := before - set(texts(after)):
        yield Finding(
            topic="watch",
            change=change,
            text=f"no longer tells {len(lost)} of its {len(before)} receivers",
        )


def _threshold(change: Change) -> Iterator[Finding]:
    before, after = number(change.was.get("threshold")), number(change.will.get("threshold"))
    if before is None or after == before:
        return
    if after is None:
        yield Finding(
            topic="watch",
            change=change,
            text=f"threshold {before:g} is given up or known only afterwards",
        )
        return
    # A band or another comparison is in doubt, and so never taken for stricter.
    comparison = str(change.will.get("comparisonOperator"))
    stricter = after < before if comparison.startswith("Greater") else after > before
    stricter = stricter and comparison.startswith(("Greater", "Less"))
    yield Finding(
        topic="watch",
        change=change,
        text=f"threshold goes from {before:g} to {after:g}"
        + ("" if stricter else ": it wakes later"),
        blocks=not stricter,
    )


def _meaning(change: Change) -> Iterator[Finding]:
    if not change.existed:
        return
    changed = [name for name in MEANING if change.was.get(name) != change.will.get(name)]
    if changed:
        text = f"watches differently: {', '.join(changed)}"
        yield Finding(topic="watch", change=change, text=text)
