"""What is published goes where it should, and what must not be is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.account.delivery.small_functions import Room
from tests.local.account.workbench import until

KEEP = """
import boto3, json
def handle(event, context):
    queues = boto3.client("sqs")
    url = queues.get_queue_url(QueueName="kept")["QueueUrl"]
    queues.send_message(QueueUrl=url, MessageBody=json.dumps(event))
"""


def _topic(room: Room, name: str) -> str:
    return str(room.client("sns").create_topic(Name=name)["TopicArn"])


def _subscribe(room: Room, topic: str, function: str, **attributes: str) -> None:
    room.client("sns").subscribe(
        TopicArn=topic, Protocol="lambda", Endpoint=function, Attributes=attributes
    )


def test_a_message_calls_the_functions_of_its_topic_in_the_form_of_sns(room: Room) -> None:
    room.queue("kept")
    function, topic = room.function("keeping", KEEP), _topic(room, "told")
    room.allow("keeping", topic)
    _subscribe(room, topic, function)
    sent = room.client("sns").publish(TopicArn=topic, Message="hello", Subject="s")
    (kept,) = until(lambda: room.taken("kept"), "the call")
    (record,) = json.loads(kept["Body"])["Records"]
    assert record["EventSource"] == "aws:sns"
    said = record["Sns"]
    assert (said["Message"], said["Subject"], said["TopicArn"]) == ("hello", "s", topic)
    assert said["MessageId"] == sent["MessageId"]


def test_a_topic_that_may_not_call_a_function_buries_the_message(room: Room) -> None:
    queue, topic = room.queue("forbidden"), _topic(room, "forbidden")
    function = room.function("forbidden", KEEP)
    room.allow("forbidden", _topic(room, "another"))
    _subscribe(room, topic, function, RedrivePolicy=json.dumps({"deadLetterTargetArn": queue}))
    room.client("sns").publish(TopicArn=topic, Message="hello")
    (letter,) = until(lambda: room.taken("forbidden"), "the dead letter")
    assert json.loads(letter["Body"])["Message"] == "hello"


def test_a_message_that_the_filter_leaves_out_calls_nobody(room: Room) -> None:
    room.queue("kept")
    function, topic = room.function("filtered", KEEP), _topic(room, "filtered")
    room.allow("filtered", topic)
    _subscribe(room, topic, function, FilterPolicy=json.dumps({"severity": ["page"]}))
    for severity in ("ticket", "page"):
        attributes = {"severity": {"DataType": "String", "StringValue": severity}}
        room.client("sns").publish(TopicArn=topic, Message=severity, MessageAttributes=attributes)
    (kept,) = until(lambda: room.taken("kept"), "the call")
    assert json.loads(kept["Body"])["Records"][0]["Sns"]["Message"] == "page"


def _rule(room: Room, name: str, *targets: dict[str, Any], **settings: str) -> None:
    room.client("events").put_rule(
        Name=name, EventPattern=json.dumps({"source": [name]}), **settings
    )
    room.client("events").put_targets(Rule=name, Targets=list(targets))


def _put(room: Room, source: str) -> None:
    entry = {"Source": source, "DetailType": "d", "Detail": '{"a": 1}'}
    room.client("events").put_events(Entries=[entry])


def test_a_rule_sends_what_it_matches_to_queues_and_topics(room: Room) -> None:
    queue, topic = room.queue("matched"), _topic(room, "matched")
    room.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    _rule(room, "matched", {"Id": "q", "Arn": queue}, {"Id": "t", "Arn": topic, "Input": '"x"'})
    _rule(room, "off", {"Id": "q", "Arn": queue}, State="DISABLED")
    for source in ("other", "off", "matched"):
        _put(room, source)
    got: list[Any] = []

    def both() -> bool:
        got.extend(json.loads(each["Body"]) for each in room.taken("matched"))
        return len(got) > 1

    until(both, "two messages")
    event = next(each for each in got if "source" in each)
    assert (event["source"], event["detail"]) == ("matched", {"a": 1})
    assert event["time"].endswith("Z")
    assert [each["Message"] for each in got if "Message" in each] == ['"x"']


def test_nobody_outside_this_machine_is_called(room: Room) -> None:
    events = room.client("events")
    key = {"ApiKeyAuthParameters": {"ApiKeyName": "X-API-Key", "ApiKeyValue": "k"}}
    connection = events.create_connection(
        Name="c", AuthorizationType="API_KEY", AuthParameters=key
    )["ConnectionArn"]
    destination = events.create_api_destination(
        Name="d", ConnectionArn=connection, HttpMethod="POST",
        InvocationEndpoint="https://api.honeybadger.io/v1/notices",
    )["ApiDestinationArn"]  # fmt: skip
    target = {
        "Id": "o", "Arn": destination, "RoleArn": room.role,
        "RetryPolicy": {"MaximumRetryAttempts": 1, "MaximumEventAgeInSeconds": 60},
        "DeadLetterConfig": {"Arn": room.queue("outside")},
    }  # fmt: skip
    _rule(room, "outside", target)
    _put(room, "outside")
    (letter,) = until(lambda: room.taken("outside"), "the dead letter")
    told = {name: each["StringValue"] for name, each in letter["MessageAttributes"].items()}
    assert (told["ERROR_MESSAGE"], told["RETRY_ATTEMPTS"]) == ("HTTP status 0", "1")
    shown = events.describe_connection(Name="c")["AuthParameters"]
    assert shown == {"ApiKeyAuthParameters": {"ApiKeyName": "X-API-Key"}}


def test_what_would_not_be_honoured_is_refused(room: Room) -> None:
    events = room.client("events")
    with pytest.raises(ClientError, match=r"numeric.*is not understood in the local account"):
        events.put_rule(Name="n", EventPattern='{"detail": {"a": [{"numeric": [">", 1]}]}}')
    events.put_rule(Name="refusing", EventPattern='{"source": ["x"]}')
    ecs = f"arn:aws:ecs:eu-west-1:{room.account_id}:cluster/c"
    with pytest.raises(ClientError, match=r"not in the local account: arn:aws:ecs.* as a target"):
        events.put_targets(Rule="refusing", Targets=[{"Id": "x", "Arn": ecs}])
