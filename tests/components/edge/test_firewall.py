from __future__ import annotations

from typing import Any

import pytest

from components.edge.firewall import WebFirewall
from components.edge.firewall_log_policy import firewall_log_policy
from components.edge.firewall_rules import RULES
from tests.components.edge.sample import (
    ACCOUNT,
    ASSOCIATION,
    LOG_GROUP,
    LOG_POLICY,
    WEB_ACL,
    WEB_ACL_LOGGING,
    firewall_args,
    misspelt,
)
from tests.engine.recording import Recording, record
from tests.engine.values import UNKNOWN

WEB_ACL_ARN = "arn:aws:wafv2:eu-west-1:111122223333:firewall-acl"


def _record(*, preview: bool = False, **changes: Any) -> Recording:
    def program() -> None:
        WebFirewall("firewall", firewall_args(**changes))

    return record(program, preview=preview)


def _rules(recording: Recording) -> dict[str, dict[str, Any]]:
    return {rule["name"]: rule for rule in recording.one(WEB_ACL, "firewall-acl").inputs["rules"]}


def _seen(metric: str) -> dict[str, Any]:
    return {
        "cloudwatchMetricsEnabled": True,
        "sampledRequestsEnabled": False,
        "metricName": metric,
    }


def _managed(name: str, priority: int, group: str, *counted: str) -> dict[str, Any]:
    return {
        "name": name,
        "priority": priority,
        "overrideAction": {"none": {}},
        "statement": {
            "managedRuleGroupStatement": {
                "vendorName": "AWS",
                "name": group,
                "ruleActionOverrides": [
                    {"name": rule, "actionToUse": {"count": {}}} for rule in counted
                ],
            }
        },
        "visibilityConfig": _seen(name),
    }


def test_what_no_rule_refuses_may_pass() -> None:
    acl = _record().one(WEB_ACL, "firewall-acl")

    assert {key: value for key, value in acl.inputs.items() if key != "rules"} == {
        "scope": "REGIONAL",
        "defaultAction": {"allow": {}},
        "visibilityConfig": _seen("firewall"),
    }


def test_an_address_that_asks_too_much_is_told_to_wait() -> None:
    assert _rules(_record(requests_per_5_minutes=3000))["requests-per-address"] == {
        "name": "requests-per-address",
        "priority": 10,
        "statement": {
            "rateBasedStatement": {
                "limit": 3000,
                "evaluationWindowSec": 300,
                "aggregateKeyType": "IP",
            }
        },
        "action": {"block": {"customResponse": {"responseCode": 429}}},
        "visibilityConfig": _seen("requests-per-address"),
    }


def test_a_body_that_cannot_be_searched_whole_is_refused_where_none_is_expected() -> None:
    assert _rules(_record())["large-bodies"] == {
        "name": "large-bodies",
        "priority": 20,
        "statement": {
            "andStatement": {
                "statements": [
                    {
                        "sizeConstraintStatement": {
                            "fieldToMatch": {"body": {"oversizeHandling": "MATCH"}},
                            "comparisonOperator": "GT",
                            "size": 8192,
                            "textTransformations": [{"priority": 0, "type": "NONE"}],
                        }
                    },
                    {
                        "regexMatchStatement": {
                            "regexString": r"^(cards\.staging\.turnstay\.com)(:[0-9]+)?$",
                            "fieldToMatch": {"singleHeader": {"name": "host"}},
                            "textTransformations": [{"priority": 0, "type": "LOWERCASE"}],
                        }
                    },
                ]
            }
        },
        "action": {"block": {"customResponse": {"responseCode": 413}}},
        "visibilityConfig": _seen("large-bodies"),
    }


def test_without_such_hosts_there_is_no_rule_for_them() -> None:
    names = {rule.name for rule in RULES}

    assert _rules(_record()).keys() == names
    assert _rules(_record(small_body_hosts=())).keys() == names - {"large-bodies"}


def test_the_groups_of_aws_block_but_for_what_partners_servers_need() -> None:
    rules = _rules(_record())
    expected = [
        _managed("malicious-addresses", 30, "AWSManagedRulesAmazonIpReputationList"),
        _managed(
            "anonymous-addresses", 40, "AWSManagedRulesAnonymousIpList", "HostingProviderIPList"
        ),
        _managed("known-bad-inputs", 50, "AWSManagedRulesKnownBadInputsRuleSet"),
        _managed("sql-injection", 60, "AWSManagedRulesSQLiRuleSet"),
        _managed(
            "common",
            70,
            "AWSManagedRulesCommonRuleSet",
            "NoUserAgent_HEADER",
            "SizeRestrictions_BODY",
        ),
    ]

    assert [rules[each["name"]] for each in expected] == expected


def test_it_stands_in_front_of_the_load_balancer() -> None:
    assert _record(resource_arn="arn:aws:a:load-balancer").one(
        ASSOCIATION, "firewall-association"
    ).inputs == {"webAclArn": WEB_ACL_ARN, "resourceArn": "arn:aws:a:load-balancer"}


def test_its_log_is_the_one_that_was_asked_for() -> None:
    recording = _record(
        log_group_name="aws-waf-logs-a", log_retention_days=500, logs_key_arn="key", region="r"
    )

    assert [each.inputs for each in recording.all(LOG_GROUP)] == [
        {"name": "aws-waf-logs-a", "retentionInDays": 500, "kmsKeyId": "key"}
    ]
    (delivery,) = recording.all(LOG_POLICY)
    assert delivery.json("policyDocument") == firewall_log_policy(
        region="r", account_id=ACCOUNT, log_group_name="aws-waf-logs-a"
    )
    (logging,) = recording.all(WEB_ACL_LOGGING)
    assert logging.inputs["resourceArn"] == WEB_ACL_ARN


def test_a_preview_shows_the_rules_before_there_is_a_load_balancer() -> None:
    recording = _record(preview=True)

    assert _rules(recording) == _rules(_record())
    assert recording.one(ASSOCIATION, "firewall-association").inputs["webAclArn"] is UNKNOWN
    assert recording.registrations.keys() == _record().registrations.keys()


def test_the_provider_knows_every_property() -> None:
    assert misspelt(_record()) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"requests_per_5_minutes": 9}, "requests_per_5_minutes is 10 to 2000000000, got 9"),
        ({"requests_per_5_minutes": 2_000_000_001}, "10 to 2000000000, got 2000000001"),
        ({"small_body_hosts": ["h" * 600]}, "the firewall's pattern of hosts has 6"),
    ],
)
def test_values_that_aws_would_refuse_are_refused_at_once(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        firewall_args(**changes)
