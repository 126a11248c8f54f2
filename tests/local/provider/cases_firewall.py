"""The types of the firewall."""

from __future__ import annotations

from typing import Any

from local.provider.resources.waf import rules_to_aws
from tests.local.provider.case import Case, fresh

METRICS = {"cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": False}
TRANSFORMATION = [{"priority": 0, "type": "NONE"}]


def _rate(limit: int) -> dict[str, Any]:
    return {
        "name": "rate",
        "priority": 10,
        "action": {"block": {"customResponse": {"responseCode": 429}}},
        "statement": {
            "rateBasedStatement": {
                "limit": limit,
                "evaluationWindowSec": 300,
                "aggregateKeyType": "IP",
            }
        },
        "visibilityConfig": {**METRICS, "metricName": "rate"},
    }


def _bodies() -> dict[str, Any]:
    body = {
        "fieldToMatch": {"body": {"oversizeHandling": "MATCH"}},
        "comparisonOperator": "GT",
        "size": 8192,
        "textTransformations": TRANSFORMATION,
    }
    path = {
        "searchString": "/upload",
        "positionalConstraint": "STARTS_WITH",
        "fieldToMatch": {"uriPath": {}},
        "textTransformations": TRANSFORMATION,
    }
    statements = [
        {"sizeConstraintStatement": body},
        {"notStatement": {"statements": [{"byteMatchStatement": path}]}},
    ]
    return {
        "name": "bodies",
        "priority": 20,
        "action": {"block": {}},
        "statement": {"andStatement": {"statements": statements}},
        "visibilityConfig": {**METRICS, "metricName": "bodies"},
    }


def _managed() -> dict[str, Any]:
    return {
        "name": "common",
        "priority": 30,
        "overrideAction": {"none": {}},
        "statement": {
            "managedRuleGroupStatement": {
                "vendorName": "AWS",
                "name": "AWSManagedRulesCommonRuleSet",
                "ruleActionOverrides": [{"name": "NoUserAgent", "actionToUse": {"count": {}}}],
            }
        },
        "visibilityConfig": {**METRICS, "metricName": "common"},
    }


FIREWALL: dict[str, Case] = {
    "web acl": Case(
        type="aws:wafv2/webAcl:WebAcl",
        inputs=lambda _: {
            "scope": "REGIONAL",
            "defaultAction": {"allow": {}},
            "rules": [_rate(1000), _bodies(), _managed()],
            "visibilityConfig": {**METRICS, "metricName": "acl"},
        },
        updates=(
            {"defaultAction": {"block": {}}},
            {"rules": [_rate(2000), _managed()]},
            {"tags": {"Name": "firewall"}},
        ),
        replaces=({"name": "chosen"},),
        drift=lambda aws, acl: aws("wafv2").update_web_acl(
            Id=acl.id,
            Name=acl.outputs["name"],
            Scope="REGIONAL",
            LockToken=aws("wafv2").get_web_acl(
                Id=acl.id, Name=acl.outputs["name"], Scope="REGIONAL"
            )["LockToken"],
            DefaultAction={"Allow": {}},
            Rules=rules_to_aws([_managed()]),
            VisibilityConfig={
                "CloudWatchMetricsEnabled": True,
                "SampledRequestsEnabled": False,
                "MetricName": "acl",
            },
        ),
        drifted="rules",
    ),
    "web acl association": Case(
        type="aws:wafv2/webAclAssociation:WebAclAssociation",
        inputs=lambda need: {
            "webAclArn": need("web acl").outputs["arn"],
            "resourceArn": need("load balancer").id,
        },
        replaces=({"resourceArn": "arn:aws:elasticloadbalancing:::other"},),
        drift=lambda aws, association: aws("wafv2").disassociate_web_acl(
            ResourceArn=association.outputs["resourceArn"]
        ),
    ),
    "web acl logging": Case(
        type="aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        inputs=lambda need: {
            "resourceArn": need("web acl").outputs["arn"],
            "logDestinationConfigs": [need("waf log group").outputs["arn"]],
            "redactedFields": [{"singleHeader": {"name": "authorization"}}, {"queryString": {}}],
        },
        updates=({"redactedFields": [{"singleHeader": {"name": "cookie"}}]},),
        drift=lambda aws, logging: aws("wafv2").delete_logging_configuration(
            ResourceArn=logging.id
        ),
    ),
    "waf log group": Case(
        type="aws:cloudwatch/logGroup:LogGroup",
        inputs=lambda _: {"name": fresh("aws-waf-logs-turnstay-#"), "retentionInDays": 30},
    ),
}
