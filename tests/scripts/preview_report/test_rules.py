"""Every rule, and every way around it that somebody thought of."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.preview_report import judgement
from tests.scripts.preview_report.bypasses import (
    ALARM,
    EGRESS,
    HTTP,
    INGRESS,
    LOUD,
    NAMED,
    ROLE,
    ROLE_POLICY,
    WAS,
    Bypass,
)
from tests.scripts.preview_report.more_bypasses import BYPASSES
from tests.scripts.preview_report.steps import UNKNOWN, allow, judged, policy, step

RULES = {rule.__name__: rule for rule in judgement.RULES}


@pytest.mark.parametrize("bypass", BYPASSES, ids=lambda each: f"{each.rule}: {each.name}")
def test_a_way_around_a_rule_is_caught(bypass: Bypass, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [each.finding for each in judged(*bypass.steps) if each.blocks]
    assert [each for each in found if bypass.text in each.text], [each.text for each in found]
    # By that rule and no other: without it, nobody would say it.
    others = tuple(rule for name, rule in RULES.items() if name != bypass.rule)
    monkeypatch.setattr(judgement, "RULES", others)
    left = [each.finding.text for each in judged(*bypass.steps) if each.blocks]
    assert not [text for text in left if bypass.text in text]


def test_every_rule_has_ways_around_it() -> None:
    assert {each.rule for each in BYPASSES} == set(RULES)


WIDE = HTTP | {"cidrIpv4": "0.0.0.0/0"}
HARMLESS: dict[str, tuple[dict[str, Any], ...]] = {
    "nothing": (),
    "a tag": (step("update", "aws:rds/instance:Instance", "db", {"tags": {"a": "b"}}, {"tags": {}}),),
    "longer backups": (
        step("update", "aws:rds/instance:Instance", "db", {"backupRetentionPeriod": 7}, {"backupRetentionPeriod": 35}),
    ),
    "logs for ever": (step("update", "x:y:Z", "l", {"retentionInDays": 365}, {"retentionInDays": 0}),),
    "a new database": (step("create", "aws:rds/instance:Instance", "db", None, {}),),
    "a call from another service": (step("create", INGRESS, "r", None, NAMED),),
    "a call from a service that is made now": (
        step("create", INGRESS, "r", None, HTTP | {"referencedSecurityGroupId": UNKNOWN}),
    ),
    "half of what was open": (step("update", INGRESS, "r", WIDE, HTTP | {"cidrIpv4": "0.0.0.0/1"}),),
    "one rule as two": (
        step("delete", INGRESS, "r", WIDE),
        step("create", INGRESS, "s", None, HTTP | {"cidrIpv4": "0.0.0.0/1"}),
        step("create", INGRESS, "t", None, HTTP | {"cidrIpv4": "128.0.0.0/1"}),
    ),
    "a new service's way out": (
        step("create", EGRESS, "r", None, {"securityGroupId": UNKNOWN, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "0.0.0.0/0"}),
    ),
    "fewer actions": (step("update", ROLE_POLICY, "p", {"policy": policy(allow("s3:*", "*"))}, WAS),),
    "the same in another order": (
        step("update", ROLE_POLICY, "p", {"policy": policy(allow(["s3:A", "s3:B"]))}, {"policy": policy(allow("s3:B"), allow(["s3:A"]))}),
    ),
    "the same in another case": (
        step("update", ROLE_POLICY, "p", {"policy": policy(allow("S3:*"))}, {"policy": policy(allow("s3:*"))}),
    ),
    "one exact action": (step("update", ROLE_POLICY, "p", WAS, WAS | {"policy": policy(allow("s3:GetObject"), allow("s3:PutObject"))}),),
    "the first policy of a new role": (step("create", ROLE_POLICY, "p", None, {"role": UNKNOWN, "policy": UNKNOWN}),),
    "a role for tasks": (
        step("create", ROLE, "r", None, {"assumeRolePolicy": policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ecs-tasks.amazonaws.com"}})}),
    ),
    "a new alarm": (step("create", ALARM, "a", None, LOUD),),
    "an alarm that wakes earlier": (step("update", ALARM, "a", LOUD, LOUD | {"threshold": 1}),),
    "a new password": (step("replace", "random:index/randomPassword:RandomPassword", "p", {"length": 40}, {"length": 41}),),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_done_every_day_needs_no_approval(name: str) -> None:
    assert [each.finding.text for each in judged(*HARMLESS[name]) if each.blocks] == []
