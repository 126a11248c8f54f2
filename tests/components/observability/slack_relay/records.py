"""Messages as each publisher writes them to the topic, in SNS's own frame."""

from __future__ import annotations

import json
from typing import Any

TOPIC = "arn:aws:sns:eu-west-1:111122223333:turnstay-staging-alerts"
RUNBOOK = "https://example.com/runbooks/availability.md"
DESCRIPTION = (
    f"Too many answers of ledger are errors.\nSeverity: page\nOwner: payments\nRunbook: {RUNBOOK}"
)
ALARM = {
    "AlarmName": "turnstay-staging-ledger-availability-page",
    "AlarmDescription": DESCRIPTION,
    "AWSAccountId": "111122223333",
    "AlarmConfigurationUpdatedTimestamp": "2026-11-24T08:00:00.000+0000",
    "NewStateValue": "ALARM",
    "NewStateReason": "Threshold Crossed: 1 datapoint [0.5] was > 0.0144.",
    "StateChangeTime": "2026-11-25T10:00:00.000+0000",
    "Region": "EU (Ireland)",
    "AlarmArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:turnstay-staging-ledger-availability-page",
    "OldStateValue": "OK",
    "AlarmRule": 'ALARM("turnstay-staging-ledger-availability-fast-long")',
}
NOTICE = {
    "notice": "log-deleted",
    "severity": "page",
    "owner": "platform",
    "runbook": "https://example.com/runbooks/control-stopped.md",
    "summary": "A log group was deleted.",
    "event": {
        "time": "2026-11-25T10:00:00Z",
        "region": "eu-west-1",
        "account": "111122223333",
        "resources": ["arn:aws:logs:eu-west-1:111122223333:log-group:/x"],
        "detail": {"eventName": "DeleteLogGroup"},
    },
}
DATABASE = {
    "Event Source": "db-instance",
    "Event Time": "2026-11-25 10:00:00.000",
    "Identifier Link": "https://console.aws.amazon.com/rds",
    "Source ID": "turnstay-staging-general",
    "Source ARN": "arn:aws:rds:eu-west-1:111122223333:db:turnstay-staging-general",
    "Event ID": "http://docs.amazonwebservices.com/rds#RDS-EVENT-0006",
    "Event Message": "DB instance restarted",
}
BUDGET = "AWS Budget Notification\nBudget Name: turnstay-staging\nAlert Threshold: > $400.00\n"


def record(message: object, identity: str = "m-1", **more: Any) -> dict[str, Any]:
    """The `Sns` part of a record that Lambda gets."""
    text = message if isinstance(message, str) else json.dumps(message)
    return {
        "Type": "Notification",
        "MessageId": identity,
        "TopicArn": TOPIC,
        "Subject": None,
        "Message": text,
        "Timestamp": "2026-11-25T10:00:01.000Z",
        **more,
    }


def event(message: object, identity: str = "m-1") -> dict[str, Any]:
    """What Lambda hands over."""
    return {"Records": [{"EventSource": "aws:sns", "Sns": record(message, identity)}]}
