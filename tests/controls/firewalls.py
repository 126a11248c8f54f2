"""Controls on web firewalls: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.controls.buckets import account_of
from tests.engine.recording import Recording
from tests.engine.registration import Registration

WEB_ACL: Final = "aws:wafv2/webAcl:WebAcl"
LOGGING: Final = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
LOG_POLICY: Final = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy"
A_YEAR: Final = 365
CEILING: Final = 1500
# Web ACL capacity units, as AWS publishes them.
CAPACITY: Final = {
    "AWSManagedRulesAmazonIpReputationList": 25,
    "AWSManagedRulesAnonymousIpList": 50,
    "AWSManagedRulesCommonRuleSet": 700,
    "AWSManagedRulesKnownBadInputsRuleSet": 200,
    "AWSManagedRulesSQLiRuleSet": 200,
}
REQUIRED: Final = CAPACITY.keys()
OWN_RULE_AT_MOST: Final = 50


def firewalls_look_for_what_is_known_to_be_bad(recording: Recording) -> list[str]:
    """WAF.10 and PCI DSS 6.4.2: AWS's groups, blocking, and a limit on how much one address may ask."""
    findings = []
    for acl in recording.all(WEB_ACL):
        groups = {_group(rule): rule for rule in _rules(acl)}
        findings += [f"{acl.name}: without {name}" for name in sorted(REQUIRED - groups.keys())]
        findings += [
            f"{acl.name}: {name} only counts"
            for name, rule in groups.items()
            if name and rule.get("overrideAction") != {"none": {}}
        ]
        if not any(_limits(rule) for rule in _rules(acl)):
            findings.append(f"{acl.name}: one address may ask as much as it likes")
        if acl.inputs["scope"] != "REGIONAL":
            findings.append(f"{acl.name}: cannot stand in front of a load balancer")
    return findings


def firewalls_stay_within_the_basic_price(recording: Recording) -> list[str]:
    """1,500 web ACL capacity units, of which a group with no number here might use any."""
    findings = []
    for acl in recording.all(WEB_ACL):
        groups = [group for rule in _rules(acl) if (group := _group(rule))]
        findings += [
            f"{acl.name}: what {group} uses is not known"
            for group in groups
            if group not in CAPACITY
        ]
        own = len(_rules(acl)) - len(groups)
        used = sum(CAPACITY.get(group, 0) for group in groups) + own * OWN_RULE_AT_MOST
        if used > CEILING:
            findings.append(f"{acl.name}: uses {used} units of {CEILING}")
    return findings


def rules_are_told_apart(recording: Recording) -> list[str]:
    """AWS refuses a priority or name twice; a metric's name twice makes two rules one in every alarm."""
    findings = []
    for acl in recording.all(WEB_ACL):
        metrics = [each["metricName"] for each in _visibility(acl)]
        for of in ("name", "priority"):
            values = [rule[of] for rule in _rules(acl)]
            findings += [f"{acl.name}: {of} {each} twice" for each in _twice(values)]
        findings += [f"{acl.name}: metric {each} twice" for each in _twice(metrics)]
    return findings


def every_rule_is_measured(recording: Recording) -> list[str]:
    """WAF.12."""
    return [
        f"{acl.name}: {each['metricName']} has no metrics"
        for acl in recording.all(WEB_ACL)
        for each in _visibility(acl)
        if each.get("cloudwatchMetricsEnabled") is not True
    ]


def credentials_are_not_sampled(recording: Recording) -> list[str]:
    """A sample shows every header: what the log leaves out is in it."""
    return [
        f"{acl.name}: {each['metricName']} keeps samples"
        for acl in recording.all(WEB_ACL)
        for each in _visibility(acl)
        if each.get("sampledRequestsEnabled") is not False
    ]


def firewalls_are_logged(recording: Recording) -> list[str]:
    """WAF.11, without credentials. AWS keeps one log per firewall."""
    logs = {
        urn: log
        for log in recording.all(LOGGING)
        for urn in log.property_dependencies.get("resourceArn", ())
    }
    findings = [
        f"{acl.name}: is not logged" for acl in recording.all(WEB_ACL) if acl.urn not in logs
    ]
    for log in logs.values():
        redacted = {
            field.get("singleHeader", {}).get("name")
            for field in log.inputs.get("redactedFields", [])
        }
        findings += [
            f"{log.name}: logs {header}"
            for header in ("authorization", "cookie")
            if header not in redacted
        ]
        if len(log.inputs["logDestinationConfigs"]) != 1:
            findings.append(f"{log.name}: has {len(log.inputs['logDestinationConfigs'])} logs")
    return findings


def firewall_logs_are_kept_and_encrypted(recording: Recording) -> list[str]:
    """CloudWatch.16, a key of ours, and a name and an ARN of the form without which AWS drops the log in silence."""
    groups = {each.inputs["name"]: each.inputs for each in recording.all(LOG_GROUP)}
    findings = []
    for log in recording.all(LOGGING):
        for arn in log.inputs["logDestinationConfigs"]:
            name = arn.partition(":log-group:")[2]
            if not name.startswith("aws-waf-logs-") or ":" in name:
                findings.append(f"{log.name}: AWS drops what goes to {arn}")
            group = groups.get(name, {})
            if group.get("retentionInDays", 0) < A_YEAR:
                findings.append(f"{log.name}: {name} is not kept for a year")
            if not group.get("kmsKeyId"):
                findings.append(f"{log.name}: {name} has no key of ours")
    return findings


def firewall_logs_can_be_delivered(recording: Recording) -> list[str]:
    """Log delivery may write there, on behalf of this account and no other, before it is asked to."""
    findings = []
    account = account_of(recording)
    for log in recording.all(LOGGING):
        for arn in log.inputs["logDestinationConfigs"]:
            name = arn.partition(":log-group:")[2]
            policies = [
                policy.urn
                for policy in recording.all(LOG_POLICY)
                for statement in policy.json("policyDocument")["Statement"]
                if _delivers(statement, name, account)
            ]
            if not policies:
                findings.append(f"{log.name}: nothing can be delivered to {name}")
            elif not set(policies) & set(log.dependencies):
                findings.append(f"{log.name}: does not wait for its policy")
    return findings


def log_policies_fit(recording: Recording) -> list[str]:
    """5,120 characters each, and ten of them in an account and region."""
    policies = recording.all(LOG_POLICY)
    findings = [
        f"{each.name}: has {len(each.inputs['policyDocument'])} characters"
        for each in policies
        if len(each.inputs["policyDocument"]) > 5120
    ]
    return findings + (["more than ten log policies"] if len(policies) > 10 else [])


def _delivers(statement: dict[str, Any], name: str, account: str) -> bool:
    condition = statement.get("Condition", {})
    return (
        statement["Effect"] == "Allow"
        and statement["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
        and {"logs:CreateLogStream", "logs:PutLogEvents"} == set(statement["Action"])
        and statement["Resource"].endswith(f":{account}:log-group:{name}:*")
        and condition.get("StringEquals", {}).get("aws:SourceAccount") == account
        and f":{account}:" in condition.get("ArnLike", {}).get("aws:SourceArn", "")
    )


def _rules(acl: Registration) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = acl.inputs.get("rules", [])
    return rules


def _group(rule: dict[str, Any]) -> str:
    return str(rule["statement"].get("managedRuleGroupStatement", {}).get("name", ""))


def _limits(rule: dict[str, Any]) -> bool:
    rate = rule["statement"].get("rateBasedStatement", {})
    return rate.get("aggregateKeyType") == "IP" and "block" in rule.get("action", {})


def _visibility(acl: Registration) -> Iterator[dict[str, Any]]:
    yield acl.inputs["visibilityConfig"]
    for rule in _rules(acl):
        yield rule["visibilityConfig"]


def _twice(values: list[Any]) -> set[Any]:
    return {each for each in values if values.count(each) > 1}
