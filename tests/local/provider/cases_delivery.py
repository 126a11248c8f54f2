"""The types on the ways of alerts: functions, queues, subscriptions, schedules, and whom EventBridge calls."""

from __future__ import annotations

import json
from typing import Any

from tests.local.provider.case import Case, fresh
from tests.local.provider.cases_ground import allow

MARK = "4dabf18193072939515e22adb298388d"
QUEUE = "arn:aws:sqs:eu-west-1:111122223333:letters"


def code(text: str) -> dict[str, Any]:
    """An archive as the engine hands it over."""
    asset = {MARK: "c44067f5952c0a294b673a41bacd8c17", "hash": "0", "text": text}
    return {
        MARK: "0def7320c3a5731c473e5ecbe6d01bc7",
        "assets": {"app/__init__.py": {**asset, "text": ""}, "app/main.py": asset},
        "hash": "1",
    }


def _trust(service: str) -> str:
    return allow("sts:AssumeRole", Principal={"Service": service})


def _key(value: str) -> dict[str, Any]:
    return {"apiKey": {"key": "X-API-Key", "value": value}}


def _schedule(**changes: Any) -> dict[str, Any]:
    return {
        "arn": "arn:aws:scheduler:::aws-sdk:cloudwatch:setAlarmState",
        "roleArn": "arn:aws:iam::111122223333:role/x",
        "input": json.dumps({"AlarmName": "a"}),
        "retryPolicy": {"maximumRetryAttempts": 2, "maximumEventAgeInSeconds": 240},
        "deadLetterConfig": {"arn": QUEUE},
        **changes,
    }


EVENTS = {
    "arn": "arn:aws:events:eu-west-1:111122223333:event-bus/default",
    "eventbridgeParameters": {"source": "turnstay.test", "detailType": "Heartbeat"},
}
DELIVERY: dict[str, Case] = {
    "function": Case(
        type="aws:lambda/function:Function",
        inputs=lambda need: {
            "name": fresh("turnstay-relay-#"),
            "architectures": ["arm64"],
            "code": code("def handle(event, context): ..."),
            "description": "Tells",
            "environment": {"variables": {"TOPIC_ARN": "x"}},
            "handler": "app.main.handle",
            "loggingConfig": {"logFormat": "JSON", "logGroup": "/turnstay/relay"},
            "memorySize": 256,
            "reservedConcurrentExecutions": 2,
            "role": need("function role").outputs["arn"],
            "runtime": "python3.13",
            "timeout": 20,
            "tags": {"service": "platform"},
        },
        updates=(
            {"code": code("def handle(event, context): return 1")},
            {"environment": {"variables": {"OTHER": "x"}}},
            {"environment": None},
            {"loggingConfig": {"logFormat": "Text", "logGroup": "/turnstay/other"}},
            {"timeout": 30, "memorySize": 512},
            {"reservedConcurrentExecutions": 3},
            {"reservedConcurrentExecutions": None},
        ),
        replaces=({"architectures": ["x86_64"]}, {"name": "chosen"}),
        drift=lambda aws, function: aws("lambda").put_function_concurrency(
            FunctionName=function.id, ReservedConcurrentExecutions=9
        ),
        drifted="reservedConcurrentExecutions",
    ),
    "function role": Case(
        type="aws:iam/role:Role",
        inputs=lambda _: {"assumeRolePolicy": _trust("lambda.amazonaws.com")},
    ),
    "function permission": Case(
        type="aws:lambda/permission:Permission",
        inputs=lambda need: {
            "action": "lambda:InvokeFunction",
            "function": need("function of permissions").id,
            "principal": "sns.amazonaws.com",
            "sourceArn": need("topic").outputs["arn"],
        },
        replaces=({"principal": "events.amazonaws.com"}, {"sourceAccount": "111122223333"}),
        drift=lambda aws, permission: aws("lambda").remove_permission(
            FunctionName=permission.outputs["function"], StatementId=permission.id
        ),
    ),
    "function retries": Case(
        type="aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
        inputs=lambda need: {
            "functionName": need(fresh("function of retries #")).id,
            "maximumRetryAttempts": 2,
            "maximumEventAgeInSeconds": 3600,
            "destinationConfig": {"onFailure": {"destination": QUEUE}},
        },
        updates=(
            {"maximumRetryAttempts": 0},
            {"maximumEventAgeInSeconds": 600},
            {"destinationConfig": None},
        ),
        replaces=({"functionName": "other"},),
        drift=lambda aws, config: aws("lambda").put_function_event_invoke_config(
            FunctionName=config.id,
            MaximumRetryAttempts=1,
            MaximumEventAgeInSeconds=3600,
            DestinationConfig={"OnFailure": {"Destination": QUEUE}},
        ),
        drifted="maximumRetryAttempts",
    ),
    "queue": Case(
        type="aws:sqs/queue:Queue",
        inputs=lambda need: {
            "name": fresh("turnstay-letters-#"),
            "kmsMasterKeyId": need("key").outputs["arn"],
            "messageRetentionSeconds": 1_209_600,
            "tags": {"service": "platform"},
        },
        updates=(
            {"messageRetentionSeconds": 600},
            {"visibilityTimeoutSeconds": 60},
            {"kmsMasterKeyId": None},
        ),
        replaces=({"name": "chosen"},),
        drift=lambda aws, queue: aws("sqs").set_queue_attributes(
            QueueUrl=queue.id, Attributes={"MessageRetentionPeriod": "60"}
        ),
        drifted="messageRetentionSeconds",
    ),
    "queue policy": Case(
        type="aws:sqs/queuePolicy:QueuePolicy",
        inputs=lambda need: {
            "queueUrl": need("queue of policies").id,
            "policy": allow("sqs:SendMessage", Principal="*", Resource="*"),
        },
        updates=({"policy": allow("sqs:ReceiveMessage", Principal="*", Resource="*")},),
        replaces=({"queueUrl": "https://other"},),
        drift=lambda aws, policy: aws("sqs").set_queue_attributes(
            QueueUrl=policy.id, Attributes={"Policy": ""}
        ),
    ),
    "topic subscription": Case(
        type="aws:sns/topicSubscription:TopicSubscription",
        inputs=lambda need: {
            "topic": need("topic").outputs["arn"],
            "protocol": "lambda",
            "endpoint": need(fresh("function of subscriptions #")).outputs["arn"],
            "redrivePolicy": json.dumps({"deadLetterTargetArn": need("queue").outputs["arn"]}),
        },
        updates=(
            {"redrivePolicy": None},
            {"filterPolicy": json.dumps({"severity": ["page"]})},
        ),
        replaces=({"endpoint": "arn:other"}, {"topic": "arn:other"}),
        drift=lambda aws, subscription: aws("sns").unsubscribe(SubscriptionArn=subscription.id),
    ),
    "schedule group": Case(
        type="aws:scheduler/scheduleGroup:ScheduleGroup",
        inputs=lambda _: {"name": fresh("turnstay-beats-#"), "tags": {"service": "platform"}},
        replaces=({"name": "chosen"},),
        drift=lambda aws, group: aws("scheduler").delete_schedule_group(Name=group.id),
    ),
    "schedule": Case(
        type="aws:scheduler/schedule:Schedule",
        inputs=lambda need: {
            "groupName": need("schedule group").id,
            "scheduleExpression": "rate(5 minutes)",
            "scheduleExpressionTimezone": "UTC",
            "flexibleTimeWindow": {"mode": "OFF"},
            "state": "ENABLED",
            "target": _schedule(),
        },
        updates=(
            {"scheduleExpression": "cron(0 9 ? * MON *)"},
            {"state": "DISABLED"},
            {"target": _schedule(**EVENTS)},
        ),
        replaces=({"groupName": "other"}, {"name": "chosen"}),
        drift=lambda aws, schedule: aws("scheduler").delete_schedule(
            GroupName=schedule.outputs["groupName"], Name=schedule.outputs["name"]
        ),
    ),
    "connection": Case(
        type="aws:cloudwatch/eventConnection:EventConnection",
        inputs=lambda _: {
            "name": fresh("turnstay-honeybadger-#"),
            "authorizationType": "API_KEY",
            "authParameters": _key("first"),
        },
        updates=({"authParameters": _key("second")}, {"description": "Honeybadger"}),
        replaces=({"name": "chosen"},),
        drift=lambda aws, connection: aws("events").delete_connection(Name=connection.id),
    ),
    "api destination": Case(
        type="aws:cloudwatch/eventApiDestination:EventApiDestination",
        inputs=lambda need: {
            "name": fresh("turnstay-notices-#"),
            "connectionArn": need("connection").outputs["arn"],
            "httpMethod": "POST",
            "invocationEndpoint": "https://api.honeybadger.io/v1/notices",
            "invocationRateLimitPerSecond": 10,
        },
        updates=(
            {"invocationEndpoint": "https://eu-api.honeybadger.io/v1/notices"},
            {"httpMethod": "GET"},
            {"invocationRateLimitPerSecond": 5},
        ),
        replaces=({"name": "chosen"},),
        drift=lambda aws, destination: aws("events").update_api_destination(
            Name=destination.id, HttpMethod="PUT"
        ),
        drifted="httpMethod",
    ),
}
