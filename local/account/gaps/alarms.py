"""CloudWatch alarms: composite ones, the states AWS gives, and what it refuses.

moto has no composite alarms, calls a new alarm OK, forgets the state of one that is changed, and takes any period.
No metric is looked at here: `set_alarm_state` is what changes a state, and composite alarms follow it.
"""

from __future__ import annotations

from typing import Any, Final

from moto.cloudwatch.exceptions import InvalidParameterValue, ValidationError
from moto.cloudwatch.models import Alarm, CloudWatchBackend
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from local.account.gaps.alarm_rules import RuleError, holds, named
from local.account.gaps.patch import Function, Untyped, adds, parameter, replaces

SHORT_PERIODS: Final = (10, 20, 30)


@adds(CloudWatchResponse)
def put_composite_alarm(self: CloudWatchResponse) -> ActionResult:
    """Keep a composite alarm; one whose rule names an alarm that is not there is refused."""
    rule = parameter(self, "AlarmRule")
    backend = self.cloudwatch_backend
    try:
        missing = sorted(set(named(rule)) - set(backend.alarms))
        holds(rule, {})
    except RuleError as error:
        raise ValidationError(f"Error in AlarmRule: {error}") from error
    if missing:
        raise ValidationError(f"Could not save the composite alarm: no alarms {missing}")
    answer: ActionResult = self.put_metric_alarm()
    _follow(backend)
    return answer


@replaces(CloudWatchResponse)
def describe_alarms(moto: Function, self: CloudWatchResponse) -> ActionResult:
    """Answer metric alarms, and composite ones only when they are asked for, as AWS does."""
    wanted = parameter(self, "AlarmTypes") or ["MetricAlarm"]
    shown = moto(self).result
    return ActionResult(
        {
            "MetricAlarms": shown["MetricAlarms"] if "MetricAlarm" in wanted else [],
            "CompositeAlarms": shown["CompositeAlarms"] if "CompositeAlarm" in wanted else [],
        }
    )


@replaces(CloudWatchBackend)
def put_metric_alarm(
    moto: Function, self: CloudWatchBackend, name: str, **settings: Untyped
) -> Alarm:
    """Refuse what could never be looked at; a changed alarm keeps its state, and a new one has no data."""
    _check(name, settings)
    before = self.alarms.get(name)
    alarm: Untyped = moto(self, name=name, **settings)
    alarm.alarm_rule = alarm.rule  # what the API calls it
    if before is None:
        alarm.state_value = "INSUFFICIENT_DATA"
    else:
        for field in ("history", "state_reason", "state_reason_data", "state_value"):
            setattr(alarm, field, getattr(before, field))
        alarm.state_updated_timestamp = before.state_updated_timestamp
    made: Alarm = alarm
    return made


@replaces(CloudWatchBackend)
def delete_alarms(moto: Function, self: CloudWatchBackend, alarm_names: list[str]) -> None:
    """Forget their tags too: another alarm of the same name has the same ARN."""
    for name in alarm_names:
        if alarm := self.alarms.get(name):
            self.tagger.delete_all_tags_for_resource(alarm.alarm_arn)
    moto(self, alarm_names)


@replaces(CloudWatchBackend)
def set_alarm_state(moto: Function, self: CloudWatchBackend, *state: Untyped) -> None:
    """Let the composite alarms follow."""
    moto(self, *state)
    _follow(self)


def _follow(backend: CloudWatchBackend) -> None:
    """Bring each composite alarm into the state that its rule asks for, those over composites in a later round."""
    composites: list[Untyped] = [each for each in backend.alarms.values() if each.rule]
    for _ in composites:
        states = {name: each.state_value for name, each in backend.alarms.items()}
        for each in composites:
            wanted = "ALARM" if holds(each.rule, states) else "OK"
            if each.state_value != wanted:
                each.update_state(f"{each.rule} was evaluated to {wanted}", "{}", wanted)


def _check(name: str, settings: dict[str, Any]) -> None:
    queries = settings.get("metric_data_queries") or []
    periods = [
        settings.get("period"),
        *(each.metric_stat.period for each in queries if each.metric_stat),
    ]
    for period in filter(None, periods):
        if int(period) not in SHORT_PERIODS and int(period) % 60:
            raise InvalidParameterValue(
                f"Invalid parameter: Period of {name} must be 10, 20, 30 or a multiple of 60, got {period}"
            )
    evaluated, datapoints = settings.get("evaluation_periods"), settings.get("datapoints_to_alarm")
    if evaluated and datapoints and int(datapoints) > int(evaluated):
        raise ValidationError(
            f"DatapointsToAlarm of {name} must be at most EvaluationPeriods, got {datapoints} of {evaluated}"
        )
