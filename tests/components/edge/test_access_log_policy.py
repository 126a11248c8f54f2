from __future__ import annotations

from typing import Any

from components.edge.access_log_policy import access_log_policy

BUCKET = "arn:aws:s3:::logs"
PATHS = [
    "arn:aws:s3:::logs/access/AWSLogs/111122223333/*",
    "arn:aws:s3:::logs/connection/AWSLogs/111122223333/*",
]
TLS_ONLY = {
    "Sid": "TlsOnly",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": [BUCKET, f"{BUCKET}/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
BY_SERVICE = {
    "Sid": "Delivery",
    "Effect": "Allow",
    "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
    "Action": "s3:PutObject",
    "Resource": PATHS,
}
BY_ACCOUNT = {
    "Sid": "DeliveryByRegionAccount",
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::156460612806:root"},
    "Action": "s3:PutObject",
    "Resource": PATHS,
}


def _policy(elb_account_arn: str | None) -> dict[str, Any]:
    return access_log_policy(
        bucket_arn=BUCKET, account_id="111122223333", elb_account_arn=elb_account_arn
    )


def test_load_balancing_may_write_to_this_accounts_paths_and_all_else_needs_tls() -> None:
    assert _policy("arn:aws:iam::156460612806:root") == {
        "Version": "2012-10-17",
        "Statement": [TLS_ONLY, BY_SERVICE, BY_ACCOUNT],
    }


def test_a_region_without_an_account_of_load_balancing_has_the_service_alone() -> None:
    assert _policy(None)["Statement"] == [TLS_ONLY, BY_SERVICE]
