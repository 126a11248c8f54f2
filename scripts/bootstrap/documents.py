"""The policies and lifecycle rules of the state's buckets, as dicts; pure."""

from __future__ import annotations

import json
from typing import Any, Final

LOGGING_SERVICE: Final = "logging.s3.amazonaws.com"
LOG_PREFIX: Final = "state/"
# An older state is needed within days, if at all; three months leave time to notice.
OLD_STATE_DAYS: Final = 90
# PCI DSS 10.5.1: twelve months of audit logs.
LOG_DAYS: Final = 365
OLD_LOG_DAYS: Final = 30
ABANDONED_UPLOAD_DAYS: Final = 7


def state_bucket_policy(bucket: str) -> dict[str, Any]:
    """Refuse requests without TLS. Who may use the bucket is said by IAM, in this account alone."""
    return _policy(_tls_only(bucket))


def log_bucket_policy(bucket: str, source_bucket: str, account_id: str) -> dict[str, Any]:
    """Refuse requests without TLS, and let S3 write the access logs of one bucket of this account."""
    delivery = {
        "Sid": "AccessLogDelivery",
        "Effect": "Allow",
        "Principal": {"Service": LOGGING_SERVICE},
        "Action": ["s3:PutObject"],
        "Resource": f"arn:aws:s3:::{bucket}/{LOG_PREFIX}*",
        "Condition": {
            "ArnLike": {"aws:SourceArn": f"arn:aws:s3:::{source_bucket}"},
            "StringEquals": {"aws:SourceAccount": account_id},
        },
    }
    return _policy(_tls_only(bucket), delivery)


def state_lifecycle() -> list[dict[str, Any]]:
    """Delete replaced and deleted versions after a while; what is current stays for ever."""
    rule = _rule("old-versions", old_version_days=OLD_STATE_DAYS)
    return [rule | {"Expiration": {"ExpiredObjectDeleteMarker": True}}]


def log_lifecycle() -> list[dict[str, Any]]:
    """Keep the access logs as long as auditors ask for them."""
    rule = _rule("old-logs", old_version_days=OLD_LOG_DAYS)
    return [rule | {"Expiration": {"Days": LOG_DAYS}}]


def canonical(document: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """A policy in the one form in which two that mean the same are equal.

    AWS may give back a list of one as its item, another order, and {"AWS": "*"} for "*": none of it is drift.
    """
    if isinstance(document, dict):
        return {
            key: canonical({"AWS": "*"} if (key, value) == ("Principal", "*") else value)
            for key, value in document.items()
        }
    if isinstance(document, list):
        items = sorted(
            (canonical(item) for item in document),
            key=lambda item: json.dumps(item, sort_keys=True),
        )
        return items[0] if len(items) == 1 else items
    return document


def _policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _tls_only(bucket: str) -> dict[str, Any]:
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": ["s3:*"],
        "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def _rule(rule_id: str, *, old_version_days: int) -> dict[str, Any]:
    return {
        "ID": rule_id,
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "NoncurrentVersionExpiration": {"NoncurrentDays": old_version_days},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": ABANDONED_UPLOAD_DAYS},
    }
