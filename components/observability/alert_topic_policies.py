"""Who may publish alerts, and who may use the key they are encrypted with."""

from __future__ import annotations

from typing import Any, Final

from components.keys.policies import Condition, Statement

# By the name of its statement: what publishes.
SERVICES: Final = {
    "CloudWatchAlarms": "cloudwatch.amazonaws.com",
    "DatabaseEvents": "events.rds.amazonaws.com",
    "EventBridge": "events.amazonaws.com",
    "Budgets": "budgets.amazonaws.com",
}
# EventBridge says nothing of where an event is from when it publishes: a condition would never hold, and every event
# would be lost without an error ("You can't use Condition blocks in Amazon SNS topic policies for EventBridge",
# docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html).
WITHOUT_CONDITION: Final = frozenset({"events.amazonaws.com"})


def topic_arn(*, region: str, account_id: str, topic_name: str) -> str:
    """The ARN of a topic, before it exists."""
    return f"arn:aws:sns:{region}:{account_id}:{topic_name}"


def topic_policy(*, region: str, account_id: str, topic_name: str) -> dict[str, Any]:
    """Let the services publish what happens in this account; its own principals are allowed by IAM."""
    arn = topic_arn(region=region, account_id=account_id, topic_name=topic_name)
    return {
        "Version": "2012-10-17",
        "Statement": [_publish(sid, service, arn, account_id) for sid, service in SERVICES.items()],
    }


def _publish(sid: str, service: str, arn: str, account_id: str) -> dict[str, Any]:
    statement = {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sns:Publish",
        "Resource": arn,
    }
    if service not in WITHOUT_CONDITION:
        statement["Condition"] = {"StringEquals": {"aws:SourceAccount": account_id}}
    return statement


def topic_key_statement(*, region: str, account_id: str, topic_name: str) -> Statement:
    """Let the services encrypt what they publish to this topic; without it alerts are lost without an error.

    The condition is SNS's own encryption context. Those on the source (`aws:SourceAccount`) do not reach KMS with what
    EventBridge publishes.
    """
    arn = topic_arn(region=region, account_id=account_id, topic_name=topic_name)
    return Statement(
        sid="AlertTopic",
        principal_type="Service",
        principals=tuple(SERVICES.values()),
        actions=("kms:Decrypt", "kms:GenerateDataKey*"),
        conditions=(
            Condition(
                operator="ArnEquals",
                key="kms:EncryptionContext:aws:sns:topicArn",
                values=(arn,),
            ),
        ),
    )
