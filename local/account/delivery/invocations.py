"""Calls of functions: one that somebody waits for, and one that is tried again and buried at last."""

from __future__ import annotations

import json
import uuid
from typing import Any, Final

from moto.awslambda.models import LambdaFunction
from moto.core.utils import iso_8601_datetime_with_milliseconds, unix_time_millis, utcnow
from moto.logs.models import logs_backends

from local.account.delivery.dead_letters import bury
from local.account.delivery.delivery import Delivery
from local.account.delivery.function_copy import Outcome, Program

RETRIES: Final = 2  # Lambda's, unless the function says otherwise


def invoke(delivery: Delivery, function: LambdaFunction, event: object) -> Outcome:
    """Call it once; what it prints goes to its log group."""
    program = Program(
        arn=function.function_arn,
        digest=function.code_digest,
        handler=str(function.handler),
        timeout_seconds=int(function.timeout),
        environment=tuple(sorted(function.environment_vars.items())),
    )
    outcome = delivery.functions.call(program, function.code_bytes, event)
    _log(function, outcome)
    return outcome


def invoke_later(delivery: Delivery, function: LambdaFunction, event: dict[str, Any]) -> None:
    """Call it in the background as Lambda does: again when it fails, then its destination for failures."""
    delivery.submit(lambda: _attempts(delivery, function, event))


def _attempts(delivery: Delivery, function: LambdaFunction, event: dict[str, Any]) -> None:
    config = function.event_invoke_config[0].config if function.event_invoke_config else {}
    attempts = 1 + int(config.get("MaximumRetryAttempts", RETRIES))
    for attempt in range(1, attempts + 1):
        outcome = invoke(delivery, function, event)
        if outcome.error is None:
            return
        if attempt < attempts and not delivery.pause():
            return
    destination = config.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    letter = {
        "version": "1.0",
        "timestamp": iso_8601_datetime_with_milliseconds(),
        "requestContext": {
            "requestId": str(uuid.uuid4()),
            "functionArn": f"{function.function_arn}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": attempts,
        },
        "requestPayload": event,
        "responseContext": {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            "functionError": "Unhandled",
        },
        "responsePayload": dict(outcome.error or {}),
    }
    bury(destination, json.dumps(letter))


def _log(function: LambdaFunction, outcome: Outcome) -> None:
    settings: dict[str, str] = getattr(function, "logging_config", None) or {}
    group = settings.get("LogGroup", f"/aws/lambda/{function.function_name}")
    backend = logs_backends[function.account_id][function.region]
    if group not in backend.groups or not outcome.log:
        return  # without its group a function's words are lost on AWS, too
    stream = utcnow().strftime("%Y/%m/%d/[$LATEST]") + function.code_digest[-12:]
    if stream not in backend.groups[group].streams:
        backend.create_log_stream(group, stream)
    now = int(unix_time_millis())
    events = [{"timestamp": now, "message": line} for line in outcome.log]
    backend.put_log_events(group, stream, events)
