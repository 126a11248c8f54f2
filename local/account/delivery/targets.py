"""From a rule to its targets: topics, queues, and addresses outside by way of an API destination."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from moto.events.models import Rule, events_backends
from moto.sns.models import sns_backends

from local.account.delivery import outside
from local.account.delivery.dead_letters import bury
from local.account.delivery.delivery import Delivery
from local.account.delivery.transforming import payload

RETRIES: Final = 185  # EventBridge's, unless the target says otherwise
KINDS: Final = ("sns", "sqs", "events:api-destination")


def kind(arn: str) -> str:
    """What a target is; one of KINDS, or something that nothing is sent to here."""
    service, resource = arn.split(":")[2], arn.split(":", 5)[-1]
    return f"events:{resource.partition('/')[0]}" if service == "events" else service


def send(delivery: Delivery, rule: Rule, target: Mapping[str, Any], event: dict[str, Any]) -> None:
    """Bring an event to one target."""
    body = payload(target, event, rule.arn)
    arn = target["Arn"]
    if kind(arn) == "sns":
        topic = sns_backends[rule.account_id][rule.region_name].topics.get(arn)
        if topic:
            topic.publish(body)
        else:
            _bury(rule, target, event, error="NO_RESOURCE", attempts=0)
    elif kind(arn) == "sqs":
        bury(arn, body)
    else:
        _call(delivery, rule, target, event, body)


def _call(
    delivery: Delivery, rule: Rule, target: Mapping[str, Any], event: dict[str, Any], body: str
) -> None:
    backend = events_backends[rule.account_id][rule.region_name]
    name = target["Arn"].split("/")[1]
    destination = backend.destinations.get(name)
    if destination is None or destination.arn != target["Arn"]:
        _bury(rule, target, event, error="NO_RESOURCE", attempts=0)
        return
    connection = next(
        each for each in backend.connections.values() if each.arn == destination.connection_arn
    )
    key = connection.auth_parameters["ApiKeyAuthParameters"]
    headers = {
        **target.get("HttpParameters", {}).get("HeaderParameters", {}),
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Amazon/EventBridge/ApiDestinations",
        key["ApiKeyName"]: key["ApiKeyValue"],
    }
    method, url = destination.http_method, destination.invocation_endpoint
    retries = int(target.get("RetryPolicy", {}).get("MaximumRetryAttempts", RETRIES))
    for attempt in range(retries + 1):
        status = outside.request(method, url, headers, "" if method == "GET" else body)
        if outside.is_good(status):
            return
        if not outside.is_temporary(status):
            _bury(rule, target, event, error=f"HTTP status {status}", attempts=attempt)
            return
        if attempt < retries and not delivery.pause():
            return
    _bury(rule, target, event, error=f"HTTP status {status}", attempts=retries)


def _bury(
    rule: Rule, target: Mapping[str, Any], event: dict[str, Any], *, error: str, attempts: int
) -> None:
    """The event itself is the dead letter; what became of it stands beside it."""
    told = {
        "RULE_ARN": rule.arn,
        "TARGET_ARN": target["Arn"],
        "ERROR_MESSAGE": error,
        "RETRY_ATTEMPTS": str(attempts),
    }
    bury(target.get("DeadLetterConfig", {}).get("Arn"), json.dumps(event), told)
