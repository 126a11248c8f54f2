from __future__ import annotations

from typing import Any

import pytest

from components.edge.firewall_log import FirewallLog, FirewallLogArgs
from components.edge.firewall_log_policy import firewall_log_policy
from tests.components.edge.sample import (
    ACCOUNT,
    KEY_ARN,
    LOG_GROUP,
    LOG_POLICY,
    REGION,
    WEB_ACL_LOGGING,
    misspelt,
)
from tests.engine.recording import Recording, record
from tests.engine.values import UNKNOWN

NAME = "aws-waf-logs-turnstay-staging"
GROUP_ARN = f"arn:aws:logs:eu-west-1:111122223333:log-group:{NAME}"


def log_args(**changes: Any) -> FirewallLogArgs:
    values: dict[str, Any] = {
        "web_acl_arn": "arn:aws:wafv2:a:web-acl",
        "log_group_name": NAME,
        "retention_days": 400,
        "key_arn": KEY_ARN,
        "account_id": ACCOUNT,
        "region": REGION,
    }
    return FirewallLogArgs(**(values | changes))


def _record(*, preview: bool = False) -> Recording:
    def program() -> None:
        FirewallLog("log", log_args())

    return record(program, preview=preview)


def test_the_log_is_encrypted_and_kept_as_long_as_asked() -> None:
    assert _record().one(LOG_GROUP, "log-group").inputs == {
        "name": NAME,
        "retentionInDays": 400,
        "kmsKeyId": KEY_ARN,
    }


def test_log_delivery_may_write_to_this_log_for_this_account_and_to_nothing_else() -> None:
    delivery = _record().one(LOG_POLICY, "log-delivery")

    assert delivery.inputs["policyName"] == NAME
    assert delivery.json("policyDocument") == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "FirewallLog",
                "Effect": "Allow",
                "Principal": {"Service": "delivery.logs.amazonaws.com"},
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": f"{GROUP_ARN}:*",
                "Condition": {
                    "StringEquals": {"aws:SourceAccount": ACCOUNT},
                    "ArnLike": {"aws:SourceArn": "arn:aws:logs:eu-west-1:111122223333:*"},
                },
            }
        ],
    }


def test_the_policy_is_that_of_the_region_the_account_and_the_group() -> None:
    statement = firewall_log_policy(region="eu-west-2", account_id="1", log_group_name="other")[
        "Statement"
    ][0]

    assert statement["Resource"] == "arn:aws:logs:eu-west-2:1:log-group:other:*"
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "1"},
        "ArnLike": {"aws:SourceArn": "arn:aws:logs:eu-west-2:1:*"},
    }


def test_credentials_are_left_out_of_what_is_logged() -> None:
    assert _record().one(WEB_ACL_LOGGING, "log-configuration").inputs == {
        "resourceArn": "arn:aws:wafv2:a:web-acl",
        "logDestinationConfigs": [GROUP_ARN],
        "redactedFields": [
            {"singleHeader": {"name": "authorization"}},
            {"singleHeader": {"name": "cookie"}},
        ],
    }


def test_logging_begins_when_delivery_is_allowed() -> None:
    recording = _record()

    assert (
        recording.one(LOG_POLICY, "log-delivery").urn
        in recording.one(WEB_ACL_LOGGING, "log-configuration").dependencies
    )


def test_a_preview_shows_the_whole_policy() -> None:
    recording = _record(preview=True)
    policy = _record().one(LOG_POLICY, "log-delivery").inputs

    assert recording.one(LOG_POLICY, "log-delivery").inputs == policy
    assert recording.one(WEB_ACL_LOGGING, "log-configuration").inputs["logDestinationConfigs"] == [
        UNKNOWN
    ]


def test_the_provider_knows_every_property() -> None:
    assert misspelt(_record()) == []


def test_a_name_under_which_aws_drops_the_log_is_refused() -> None:
    with pytest.raises(ValueError, match="starts with aws-waf-logs-, or AWS drops the log"):
        log_args(log_group_name="/turnstay/staging/firewall")
