"""SNS and Lambda: a message calls the functions that subscribe to its topic, and a call runs the function's own code."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import Any, Final

from moto.awslambda.models import LambdaFunction
from moto.awslambda.utils import get_backend
from moto.awslambda_simple.models import LambdaSimpleBackend
from moto.core.utils import iso_8601_datetime_with_milliseconds
from moto.sns.models import Subscription

from local.account.delivery.dead_letters import bury
from local.account.delivery.delivery import delivery_of
from local.account.delivery.invocations import invoke, invoke_later
from local.account.gaps.patch import Function, Untyped, replaces

SNS: Final = "sns.amazonaws.com"


@replaces(Subscription)
def publish(
    moto: Function, self: Untyped, message: str, message_id: str, *given: Untyped, **named: Untyped
) -> None:
    """Call the function with SNS's event; without its leave the message goes to the subscription's dead-letter queue."""
    delivery = delivery_of(self.account_id)
    if delivery is None or self.protocol != "lambda":
        moto(self, message, message_id, *given, **named)
        return
    matcher, attributes = self._filter_policy_matcher, named.get("message_attributes")
    if matcher is not None and not matcher.matches(attributes, message):
        return
    record = _record(self, message, message_id, named.get("subject"), attributes)
    function = _function(self)
    if function is None or not _allows(function, self.topic.arn):
        policy = json.loads(self.attributes.get("RedrivePolicy") or "{}")
        bury(policy.get("deadLetterTargetArn"), json.dumps(record["Sns"]))
        return
    invoke_later(delivery, function, {"Records": [record]})


@replaces(LambdaSimpleBackend, "invoke")
def run_it(
    moto: Function,
    self: LambdaSimpleBackend,
    function_name: str,
    qualifier: str | None,
    body: Untyped,
    headers: Untyped,
    response_headers: dict[str, str],
) -> bytes:
    """Run the function, and wait for it unless the caller does not."""
    delivery = delivery_of(self.account_id)
    if delivery is None:
        echo: bytes = moto(self, function_name, qualifier, body, headers, response_headers)
        return echo
    function, event = self.get_function(function_name, qualifier), json.loads(body or "{}")
    if str(headers.get("X-Amz-Invocation-Type", "")) == "Event":
        invoke_later(delivery, function, event)
        return b""
    outcome = invoke(delivery, function, event)
    if outcome.error is not None:
        response_headers["x-amz-function-error"] = "Unhandled"
        return json.dumps(outcome.error).encode()
    return json.dumps(outcome.result).encode()


def _record(
    subscription: Untyped,
    message: str,
    message_id: str,
    subject: str | None,
    attributes: dict[str, Any] | None,
) -> dict[str, Any]:
    return {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": subscription.arn,
        "Sns": {
            "Type": "Notification",
            "MessageId": message_id,
            "TopicArn": subscription.topic.arn,
            "Subject": subject,
            "Message": message,
            "Timestamp": iso_8601_datetime_with_milliseconds(),
            "MessageAttributes": attributes or {},
        },
    }


def _function(subscription: Untyped) -> LambdaFunction | None:
    region = subscription.endpoint.split(":")[3]
    found: LambdaFunction | None = get_backend(subscription.account_id, region).get_function_by_arn(
        subscription.endpoint
    )
    return found


def _allows(function: Untyped, topic_arn: str) -> bool:
    """Whether the function's policy lets SNS call it for this topic."""
    return any(
        each["Principal"].get("Service") == SNS
        and fnmatchcase(
            topic_arn, each.get("Condition", {}).get("ArnLike", {}).get("AWS:SourceArn", "*")
        )
        for each in function.policy.statements
    )
