"""Who may do what on the two ways of an alert: trust, rights, and what may be put into a dead-letter queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from components.keys.policies import Condition, Statement

Arn: TypeAlias = object
"""A string, or an output of another resource."""
Document: TypeAlias = dict[str, object]
SENDING: Final = ("kms:Decrypt", "kms:GenerateDataKey")


def queue_arn(*, region: str, account_id: str, queue_name: str) -> str:
    """The ARN of a queue, before it exists."""
    return f"arn:aws:sqs:{region}:{account_id}:{queue_name}"


def queues_key_statement(queue_arns: Sequence[str]) -> Statement:
    """Let SNS and EventBridge encrypt what they put into these queues; without it a dead letter is lost without an error.

    The condition is the encryption context of SQS: what the two send carries no source that KMS could look at.
    """
    return Statement(
        sid="DeadLetters",
        principal_type="Service",
        principals=("events.amazonaws.com", "sns.amazonaws.com"),
        actions=("kms:Decrypt", "kms:GenerateDataKey*"),
        conditions=(
            Condition(
                operator="ArnEquals",
                key="kms:EncryptionContext:aws:sqs:arn",
                values=tuple(queue_arns),
            ),
        ),
    )


def queue_policy(queue_arn: Arn, senders: Mapping[str, Sequence[Arn]]) -> Document:
    """No sender but by TLS; services by their name, each for what its sources (ARNs or patterns of them) could not deliver."""
    allowed = [
        {
            "Sid": f"Send{index}",
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "sqs:SendMessage",
            "Resource": queue_arn,
            "Condition": {"ArnLike": {"aws:SourceArn": list(sources)}},
        }
        for index, (service, sources) in enumerate(sorted(senders.items()), start=1)
    ]
    tls = {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",
        "Resource": queue_arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {"Version": "2012-10-17", "Statement": [tls, *allowed]}


def trust(service: str, account_id: str, source_arn: str | None = None) -> Document:
    """Let a service take a role on behalf of this account alone, or of one thing in it."""
    condition: dict[str, object] = {"StringEquals": {"aws:SourceAccount": account_id}}
    if source_arn is not None:
        condition["ArnEquals"] = {"aws:SourceArn": source_arn}
    return _document(
        {
            "Sid": "Trust",
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "sts:AssumeRole",
            "Condition": condition,
        }
    )


def function_trust() -> Document:
    """Let Lambda take the role of a function. It gives no source when it does, so a condition would never hold."""
    return _document(
        {
            "Sid": "Trust",
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    )


def relay_policy(
    *, log_group: Arn, secret: Arn, secret_key: Arn, queue: Arn, queue_key: Arn, region: str
) -> Document:
    """Write its log, read one secret, and let Lambda put what failed into the queue; `log_group` ends with `:*`."""
    return _document(
        _allow("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], log_group),
        _allow("Webhook", ["secretsmanager:GetSecretValue"], secret),
        _through(region, "secretsmanager", "WebhookKey", ["kms:Decrypt"], secret_key),
        _allow("DeadLetters", ["sqs:SendMessage"], queue),
        _through(region, "sqs", "DeadLettersKey", list(SENDING), queue_key),
    )


def destinations_policy(destinations: Sequence[Arn]) -> Document:
    """Call these API destinations."""
    return _document(_allow("Destinations", ["events:InvokeApiDestination"], list(destinations)))


def schedules_policy(
    *, topic: Arn, bus: Arn | None, alarm: Arn, queue: Arn, key: Arn, region: str
) -> Document:
    """Publish to the topic, put events, set the state of one alarm, and leave behind what could not be done."""
    events = [_allow("Events", ["events:PutEvents"], bus)] if bus else []
    return _document(
        _allow("Publish", ["sns:Publish"], topic),
        _through(region, "sns", "TopicKey", list(SENDING), key),
        *events,
        _allow("TestPage", ["cloudwatch:SetAlarmState"], alarm),
        _allow("DeadLetters", ["sqs:SendMessage"], queue),
        _through(region, "sqs", "DeadLettersKey", list(SENDING), key),
    )


def _document(*statements: Document) -> Document:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _allow(sid: str, actions: list[str], resource: Arn) -> Document:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}


def _through(region: str, service: str, sid: str, actions: list[str], key: Arn) -> Document:
    """Use a key, and only by way of a service."""
    condition = {"StringEquals": {"kms:ViaService": f"{service}.{region}.amazonaws.com"}}
    return {**_allow(sid, actions, key), "Condition": condition}
