"""EventBridge: rules that send what they match, and patterns and targets that are refused when they would not be honoured.

moto sends to queues and logs only, breaks on a topic, and lets a rule without a pattern match everything.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from typing import Any

from moto.events.exceptions import InvalidEventPatternException, ValidationException
from moto.events.models import EventPattern, EventsBackend, Rule

from local.account.delivery.delivery import delivery_of
from local.account.delivery.patterns import matches, problems
from local.account.delivery.targets import KINDS, kind, send
from local.account.delivery.transforming import TransformError, payload
from local.account.gaps.patch import Function, Untyped, replaces


@replaces(EventsBackend)
def put_rule(moto: Function, self: EventsBackend, name: str, **given: Untyped) -> Rule:
    """Refuse a pattern that would not be honoured here."""
    if text := given.get("event_pattern"):
        pattern = EventPattern.load(text).get_pattern()
        if found := problems(pattern):
            raise InvalidEventPatternException(reason="; ".join(found))
    rule: Rule = moto(self, name, **given)
    return rule


@replaces(EventsBackend)
def put_targets(
    moto: Function,
    self: EventsBackend,
    name: str,
    event_bus_arn: str | None,
    targets: list[dict[str, Any]],
) -> None:
    """Refuse a target that nothing could be sent to, and a template that could not be filled in."""
    for each in targets:
        if kind(each["Arn"]) not in KINDS:
            raise ValidationException(f"not in the local account: {each['Arn']} as a target")
        if kind(each["Arn"]) == KINDS[-1] and not each.get("RoleArn"):
            raise ValidationException(f"RoleArn is required for target {each['Arn']}.")
        try:
            payload(each, {}, "")
        except TransformError as error:
            raise ValidationException(f"Invalid InputTemplate or path: {error}") from error
    moto(self, name, event_bus_arn, targets)


@replaces(Rule)
def send_to_targets(
    moto: Function, self: Rule, original_event: Untyped, transform_input: bool = True
) -> None:
    """Send to every target in the background, if the rule is on and its pattern matches."""
    delivery = delivery_of(self.account_id)
    if delivery is None:
        moto(self, original_event, transform_input)
        return
    pattern = self.event_pattern.get_pattern()
    event = _event(original_event)
    if self.state == "DISABLED" or not pattern or not matches(pattern, event):
        return
    for target in self.targets:
        delivery.submit(partial(send, delivery, self, target, event))


def _event(message: Untyped) -> dict[str, Any]:
    """The event as EventBridge writes it."""
    event: dict[str, Any] = json.loads(json.dumps(message))
    event.pop("ingestion-time", None)
    if isinstance(event.get("time"), int | float):
        moment = datetime.fromtimestamp(event["time"], UTC)
        event["time"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return event
