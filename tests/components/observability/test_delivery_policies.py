from __future__ import annotations

from components.keys.policies import key_policy
from components.observability.delivery_policies import (
    destinations_policy,
    function_trust,
    queue_arn,
    queue_policy,
    queues_key_statement,
    relay_policy,
    schedules_policy,
    trust,
)

ARN = "arn:aws:sqs:eu-west-1:111122223333:dead"


def _via(service: str) -> dict[str, object]:
    return {"StringEquals": {"kms:ViaService": f"{service}.eu-west-1.amazonaws.com"}}


def test_a_queue_takes_from_named_sources_and_by_tls_alone() -> None:
    assert queue_policy(ARN, {"sns.amazonaws.com": ["arn:topic"]}) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "TlsOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "sqs:*",
                "Resource": ARN,
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            },
            {
                "Sid": "Send1",
                "Effect": "Allow",
                "Principal": {"Service": "sns.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": ARN,
                "Condition": {"ArnLike": {"aws:SourceArn": ["arn:topic"]}},
            },
        ],
    }


def test_two_services_may_use_the_key_for_these_queues() -> None:
    arn = queue_arn(region="eu-west-1", account_id="111122223333", queue_name="dead")
    statement = key_policy("111122223333", [queues_key_statement([arn])])["Statement"][1]
    assert statement == {
        "Sid": "DeadLetters",
        "Effect": "Allow",
        "Principal": {"Service": ["events.amazonaws.com", "sns.amazonaws.com"]},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
        "Resource": "*",
        "Condition": {"ArnEquals": {"kms:EncryptionContext:aws:sqs:arn": [ARN]}},
    }


def test_a_role_is_for_one_service_and_this_account() -> None:
    assert _one(trust("scheduler.amazonaws.com", "111122223333", "arn:group")) == {
        "Sid": "Trust",
        "Effect": "Allow",
        "Principal": {"Service": "scheduler.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": {"aws:SourceAccount": "111122223333"},
            "ArnEquals": {"aws:SourceArn": "arn:group"},
        },
    }
    events = _one(trust("events.amazonaws.com", "111122223333"))
    assert events["Condition"] == {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    assert _one(function_trust())["Principal"] == {"Service": "lambda.amazonaws.com"}


def test_the_function_reads_one_secret_and_writes_one_log_and_one_queue() -> None:
    policy = relay_policy(
        log_group="arn:log:*", secret="arn:secret", secret_key="arn:key/s", queue=ARN,
        queue_key="arn:key/q", region="eu-west-1",
    )  # fmt: skip
    assert _rights(policy) == [
        (["logs:CreateLogStream", "logs:PutLogEvents"], "arn:log:*", None),
        (["secretsmanager:GetSecretValue"], "arn:secret", None),
        (["kms:Decrypt"], "arn:key/s", _via("secretsmanager")),
        (["sqs:SendMessage"], ARN, None),
        (["kms:Decrypt", "kms:GenerateDataKey"], "arn:key/q", _via("sqs")),
    ]


def test_a_schedule_publishes_beats_and_sets_one_alarm() -> None:
    given = {"topic": "arn:topic", "alarm": "arn:alarm", "queue": ARN, "key": "arn:key"}
    rights = [
        (["sns:Publish"], "arn:topic", None),
        (["kms:Decrypt", "kms:GenerateDataKey"], "arn:key", _via("sns")),
        (["events:PutEvents"], "arn:bus", None),
        (["cloudwatch:SetAlarmState"], "arn:alarm", None),
        (["sqs:SendMessage"], ARN, None),
        (["kms:Decrypt", "kms:GenerateDataKey"], "arn:key", _via("sqs")),
    ]
    assert _rights(schedules_policy(**given, bus="arn:bus", region="eu-west-1")) == rights
    del rights[2]
    assert _rights(schedules_policy(**given, bus=None, region="eu-west-1")) == rights


def test_targets_call_named_destinations() -> None:
    assert _rights(destinations_policy(["arn:a"])) == [
        (["events:InvokeApiDestination"], ["arn:a"], None)
    ]


def _one(policy: dict[str, object]) -> dict[str, object]:
    statements = policy["Statement"]
    assert isinstance(statements, list)
    (statement,) = statements
    return dict(statement)


def _rights(policy: dict[str, object]) -> list[tuple[object, object, object]]:
    statements = policy["Statement"]
    assert isinstance(statements, list)
    assert {each["Effect"] for each in statements} == {"Allow"}
    return [(each["Action"], each["Resource"], each.get("Condition")) for each in statements]
