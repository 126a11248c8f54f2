from __future__ import annotations

from typing import Any

import pytest

from scripts.bootstrap.documents import (
    canonical,
    log_bucket_policy,
    log_lifecycle,
    state_bucket_policy,
    state_lifecycle,
)

STATEMENT = {
    "Sid": "TlsOnly",
    "Effect": "Deny",
    "Principal": {"AWS": "*"},
    "Action": ["s3:*"],
    "Resource": ["arn:aws:s3:::state", "arn:aws:s3:::state/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def test_the_state_bucket_denies_whoever_comes_without_tls_and_allows_nobody() -> None:
    assert state_bucket_policy("state") == {"Version": "2012-10-17", "Statement": [STATEMENT]}


def test_the_log_bucket_takes_the_logs_of_one_bucket_of_one_account() -> None:
    tls_only, delivery = log_bucket_policy("logs", "state", "111122223333")["Statement"]

    assert tls_only == STATEMENT | {"Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"]}
    assert delivery == {
        "Sid": "AccessLogDelivery",
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": ["s3:PutObject"],
        "Resource": "arn:aws:s3:::logs/state/*",
        "Condition": {
            "ArnLike": {"aws:SourceArn": "arn:aws:s3:::state"},
            "StringEquals": {"aws:SourceAccount": "111122223333"},
        },
    }


def test_the_current_state_is_kept_for_ever_and_logs_for_the_twelve_months_of_pci_dss() -> None:
    (state,), (logs,) = state_lifecycle(), log_lifecycle()

    assert state["Expiration"] == {"ExpiredObjectDeleteMarker": True}
    assert logs["Expiration"]["Days"] >= 365
    assert {rule["Status"] for rule in (state, logs)} == {"Enabled"}
    assert {
        rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"] for rule in (state, logs)
    } == {7}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"Action": ["s3:*"]}, {"Action": "s3:*"}),
        ({"Action": ["b", "a"]}, {"Action": ["a", "b"]}),
        ({"Principal": "*"}, {"Principal": {"AWS": "*"}}),
        ({"Principal": "*"}, {"Principal": {"AWS": ["*"]}}),
        (
            {"Statement": [{"Sid": "B", "Action": ["x"]}, {"Sid": "A"}]},
            {"Statement": [{"Sid": "A"}, {"Sid": "B", "Action": "x"}]},
        ),
    ],
    ids=["list of one", "order", "everybody", "everybody in a list", "statements"],
)
def test_two_policies_that_mean_the_same_are_equal(one: Any, other: Any) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"Action": ["a"]}, {"Action": ["a", "b"]}),
        ({"Action": []}, {"Action": [""]}),
        ({"Principal": "*"}, {"Principal": {"Service": "*"}}),
        ({"Resource": "*"}, {"Resource": {"AWS": "*"}}),
        ({"Effect": "Allow"}, {"Effect": "Deny"}),
    ],
    ids=["one more", "nothing", "service", "a resource is no principal", "effect"],
)
def test_two_policies_that_mean_something_else_are_not(one: Any, other: Any) -> None:
    assert canonical(one) != canonical(other)
