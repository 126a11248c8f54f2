"""Controls on web firewalls hold, and each is seen to fail on one that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.components.edge.sample import (
    LOG_GROUP,
    LOG_POLICY,
    WEB_ACL,
    WEB_ACL_LOGGING,
    edge,
)
from tests.controls import firewalls as controls
from tests.controls.firewalls import REQUIRED
from tests.controls.mutation import (
    Change,
    Control,
    Mutation,
    adding,
    controls_of,
    each_of,
    removing,
    setting,
)
from tests.engine.mutate import DELETE, added, mutated, with_options
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording

RATE, COMMON = 0, 6  # where the rules stand in the recorded list
GROUP_ARN = "arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-turnstay-staging"


def _acl(path: str, value: Any = DELETE) -> Change:
    return setting(WEB_ACL, "firewall-acl", path, value)


def _log(path: str, value: Any = DELETE) -> Change:
    return setting(WEB_ACL_LOGGING, "firewall-log-configuration", path, value)


def _delivery(path: str, value: Any = DELETE) -> Change:
    return setting(
        LOG_POLICY, "firewall-log-delivery", f"policyDocument!.Statement.0.{path}", value
    )


def _group(path: str, value: Any = DELETE) -> Change:
    return setting(LOG_GROUP, "firewall-log-group", path, value)


def _without_group(name: str) -> Change:
    def change(recording: Recording) -> Recording:
        rules = recording.one(WEB_ACL, "firewall-acl").inputs["rules"]
        kept = [rule for rule in rules if controls._group(rule) != name]
        return mutated(recording, WEB_ACL, "firewall-acl", "rules", kept)

    return change


def _one_more_group(name: str) -> Change:
    def change(recording: Recording) -> Recording:
        rules = recording.one(WEB_ACL, "firewall-acl").inputs["rules"]
        extra = {**rules[COMMON], "name": "extra", "priority": 99}
        extra["statement"] = {"managedRuleGroupStatement": {"vendorName": "AWS", "name": name}}
        extra["visibilityConfig"] = {**rules[COMMON]["visibilityConfig"], "metricName": "extra"}
        return mutated(recording, WEB_ACL, "firewall-acl", "rules", [*rules, extra])

    return change


def _waiting_for_nothing(recording: Recording) -> Recording:
    return with_options(recording, WEB_ACL_LOGGING, "firewall-log-configuration", dependencies=())


def _ten_more_policies(recording: Recording) -> Recording:
    for number in range(10):
        recording = added(recording, LOG_POLICY, f"extra-{number}", {"policyDocument": "{}"})
    return recording


MUTATIONS = [
    *(
        Mutation(
            controls.firewalls_look_for_what_is_known_to_be_bad,
            f"without {name}",
            _without_group(name),
            f"without {name}",
        )
        for name in sorted(REQUIRED)
    ),
    *(
        Mutation(controls.firewalls_look_for_what_is_known_to_be_bad, what, change, finding)
        for what, change, finding in (
            (
                "a group that only counts",
                _acl(f"rules.{COMMON}.overrideAction", {"count": {}}),
                "AWSManagedRulesCommonRuleSet only counts",
            ),
            ("no limit", _acl(f"rules.{RATE}"), "as much as it likes"),
            ("no rules", _acl("rules"), "as much as it likes"),
            (
                "a limit that only counts",
                _acl(f"rules.{RATE}.action", {"count": {}}),
                "as much as it likes",
            ),
            (
                "a limit by a header",
                _acl(f"rules.{RATE}.statement.rateBasedStatement.aggregateKeyType", "FORWARDED_IP"),
                "as much as it likes",
            ),
            ("for CloudFront", _acl("scope", "CLOUDFRONT"), "in front of a load balancer"),
        )
    ),
    Mutation(
        controls.firewalls_stay_within_the_basic_price,
        "a second common rule set",
        _one_more_group("AWSManagedRulesCommonRuleSet"),
        "units of 1500",
    ),
    Mutation(
        controls.firewalls_stay_within_the_basic_price,
        "a group whose price nobody looked up",
        _one_more_group("AWSManagedRulesBotControlRuleSet"),
        "what AWSManagedRulesBotControlRuleSet uses is not known",
    ),
    *(
        Mutation(controls.rules_are_told_apart, what, change, finding)
        for what, change, finding in (
            ("a priority", _acl("rules.1.priority", 10), "priority 10 twice"),
            ("a name", _acl("rules.1.name", "common"), "name common twice"),
            (
                "a metric",
                _acl("rules.1.visibilityConfig.metricName", "firewall"),
                "metric firewall twice",
            ),
        )
    ),
    *(
        Mutation(control, f"{path}{key} is {value}", _acl(f"{path}{key}", value), finding)
        for control, key, worse, finding in (
            (controls.every_rule_is_measured, "cloudwatchMetricsEnabled", False, "has no metrics"),
            (controls.credentials_are_not_sampled, "sampledRequestsEnabled", True, "keeps samples"),
        )
        for path in ("visibilityConfig.", f"rules.{COMMON}.visibilityConfig.")
        for value in (worse, DELETE)
    ),
    *(
        Mutation(controls.firewalls_are_logged, what, change, finding)
        for what, change, finding in (
            ("not at all", removing(WEB_ACL_LOGGING), "is not logged"),
            ("tokens", _log("redactedFields.0"), "logs authorization"),
            ("cookies", _log("redactedFields.1"), "logs cookie"),
            ("everything", _log("redactedFields"), "logs cookie"),
            ("twice", _log("logDestinationConfigs", [GROUP_ARN, GROUP_ARN]), "has 2 logs"),
        )
    ),
    *(
        Mutation(controls.firewall_logs_are_kept_and_encrypted, what, change, finding)
        for what, change, finding in (
            ("eleven months", _group("retentionInDays", 335), "not kept for a year"),
            ("no retention", _group("retentionInDays"), "not kept for a year"),
            ("no key", _group("kmsKeyId"), "no key of ours"),
            (
                "another name",
                _log("logDestinationConfigs.0", "arn:aws:logs:a:b:log-group:/turnstay/firewall"),
                "AWS drops what goes to",
            ),
            (
                "another form",
                _log("logDestinationConfigs.0", f"{GROUP_ARN}:*"),
                "AWS drops what goes to",
            ),
        )
    ),
    *(
        Mutation(controls.firewall_logs_can_be_delivered, what, change, finding)
        for what, change, finding in (
            ("no policy", removing(LOG_POLICY), "nothing can be delivered"),
            (
                "the firewall itself",
                _delivery("Principal.Service", "wafv2.amazonaws.com"),
                "nothing can be delivered",
            ),
            ("no streams", _delivery("Action", ["logs:PutLogEvents"]), "nothing can be delivered"),
            ("everything", _delivery("Resource", "*"), "nothing can be delivered"),
            ("a denial", _delivery("Effect", "Deny"), "nothing can be delivered"),
            (
                "any account",
                _delivery("Condition.StringEquals"),
                "nothing can be delivered",
            ),
            ("any source", _delivery("Condition.ArnLike"), "nothing can be delivered"),
            ("too early", _waiting_for_nothing, "does not wait for its policy"),
        )
    ),
    Mutation(
        controls.log_policies_fit,
        "a long one",
        adding(LOG_POLICY, policyDocument="x" * 5121),
        "extra: has 5121 characters",
    ),
    Mutation(controls.log_policies_fit, "eleven", _ten_more_policies, "more than ten log policies"),
]
CONTROLS: list[Control] = [getattr(controls, name) for name in sorted(controls_of(controls))]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_firewall_is_found(mutation: Mutation) -> None:
    assert mutation.missed(edge()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.__name__)
def test_both_stacks_hold(stack: str, control: Control) -> None:
    assert control(platform(stack)) == []
