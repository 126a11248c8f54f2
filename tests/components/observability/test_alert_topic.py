from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.database.database_events import DatabaseEvents, DatabaseEventsArgs
from components.keys.policies import key_policy
from components.observability.alert_topic import AlertTopic, AlertTopicArgs
from components.observability.alert_topic_policies import topic_key_statement
from tests.engine.lint import unknown_properties
from tests.engine.outputs import ACCOUNT, REGION, arn
from tests.engine.recording import Recording, record

TOPIC = "aws:sns/topic:Topic"
POLICY = "aws:sns/topicPolicy:TopicPolicy"
NAME = "turnstay-staging-alerts"
ARN = f"arn:aws:sns:eu-west-1:111122223333:{NAME}"


def topic_args(**changes: Any) -> AlertTopicArgs:
    values: dict[str, Any] = {
        "topic_name": NAME,
        "account_id": ACCOUNT,
        "region": REGION,
        "key_arn": arn("kms", "key/alerts"),
    }
    return AlertTopicArgs(**(values | changes))


def _record() -> Recording:
    def program() -> None:
        topic = AlertTopic("alerts", topic_args(tags={"a": "b"}))
        DatabaseEvents("events", DatabaseEventsArgs(topic_arn=topic.arn))
        pulumi.export("arn", topic.arn)

    return record(program)


def test_the_topic_is_encrypted_with_the_key_it_was_given() -> None:
    topic = _record().one(TOPIC, "alerts-topic")

    assert topic.inputs == {
        "name": NAME,
        "kmsMasterKeyId": arn("kms", "key/alerts"),
        "tags": {"a": "b"},
    }
    assert unknown_properties(topic) == []


def test_four_services_publish_to_it_and_nobody_else() -> None:
    policy = _record().one(POLICY, "alerts-policy")
    shared = {"Effect": "Allow", "Action": "sns:Publish", "Resource": ARN}
    ours = {"Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}

    assert policy.inputs["arn"] == ARN
    assert policy.json("policy") == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "CloudWatchAlarms",
                "Principal": {"Service": "cloudwatch.amazonaws.com"},
                **shared,
                **ours,
            },
            {
                "Sid": "DatabaseEvents",
                "Principal": {"Service": "events.rds.amazonaws.com"},
                **shared,
                **ours,
            },
            # With a condition every event would be lost: EventBridge does not say where one is from.
            {"Sid": "EventBridge", "Principal": {"Service": "events.amazonaws.com"}, **shared},
            {
                "Sid": "Budgets",
                "Principal": {"Service": "budgets.amazonaws.com"},
                **shared,
                **ours,
            },
        ],
    }


def test_whoever_uses_the_topic_waits_until_it_may_be_published_to() -> None:
    recording = _record()
    events = recording.one("aws:rds/eventSubscription:EventSubscription", "events-instance")

    waits = {urn.split("::")[-1] for urn in events.property_dependencies["snsTopic"]}
    assert waits == {"alerts-policy"}
    assert recording.exports == {"arn": ARN}


def test_the_four_may_use_the_key_for_this_topic_alone() -> None:
    statement = topic_key_statement(region=REGION, account_id=ACCOUNT, topic_name=NAME)

    assert key_policy(ACCOUNT, [statement])["Statement"][1] == {
        "Sid": "AlertTopic",
        "Effect": "Allow",
        "Principal": {
            "Service": [
                "budgets.amazonaws.com",
                "cloudwatch.amazonaws.com",
                "events.amazonaws.com",
                "events.rds.amazonaws.com",
            ]
        },
        "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
        "Resource": "*",
        "Condition": {"ArnEquals": {"kms:EncryptionContext:aws:sns:topicArn": [ARN]}},
    }


@pytest.mark.parametrize("name", ["", "turnstay.alerts", "alerts.fifo", "a" * 257])
def test_a_name_that_sns_would_refuse_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="topic_name is 1 to 256 letters"):
        topic_args(topic_name=name)
