from __future__ import annotations

import re

import pytest

from components.edge.firewall_rules import (
    CAPACITY_CEILING,
    MANAGED_GROUPS,
    RATE,
    RULES,
    Rule,
    capacity,
    host_pattern,
)

# The rules of each group that may be overridden, by the list that AWS publishes. AWS ignores any other name in silence.
KNOWN_RULES = {
    "AWSManagedRulesAmazonIpReputationList": {
        "AWSManagedIPReputationList",
        "AWSManagedReconnaissanceList",
        "AWSManagedIPDDoSList",
    },
    "AWSManagedRulesAnonymousIpList": {"AnonymousIPList", "HostingProviderIPList"},
    "AWSManagedRulesCommonRuleSet": {
        "NoUserAgent_HEADER",
        "UserAgent_BadBots_HEADER",
        "SizeRestrictions_QUERYSTRING",
        "SizeRestrictions_Cookie_HEADER",
        "SizeRestrictions_BODY",
        "SizeRestrictions_URIPATH",
    },
}


def test_all_rules_together_stay_within_the_basic_price() -> None:
    assert capacity() == 1201
    assert capacity() <= CAPACITY_CEILING


def test_the_capacity_of_rules_is_their_sum() -> None:
    assert capacity([]) == 0
    assert capacity([RATE, Rule(name="other", priority=1, capacity=5)]) == 7


@pytest.mark.parametrize("of", ["name", "priority"])
def test_no_two_rules_share_a_name_or_a_priority(of: str) -> None:
    values = [getattr(rule, of) for rule in RULES]

    assert len(set(values)) == len(values)


def test_the_table_stands_in_the_order_in_which_the_firewall_looks() -> None:
    assert list(RULES) == sorted(RULES, key=lambda rule: rule.priority)


def test_every_name_is_one_that_a_metric_may_have() -> None:
    reserved = {"All", "Default_Action"}

    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,128}", rule.name) for rule in RULES)
    assert not reserved & {rule.name for rule in RULES}


def test_counted_rules_are_spelt_as_aws_spells_them() -> None:
    for group in MANAGED_GROUPS:
        assert set(group.counted) <= KNOWN_RULES.get(group.group, set()), group.group


@pytest.mark.parametrize(
    ("host", "matches"),
    [
        ("cards.turnstay.com", True),
        ("cards.turnstay.com:443", True),
        ("pay.turnstay.com", True),
        ("api.turnstay.com", False),
        ("cardsxturnstay.com", False),
        ("evil-cards.turnstay.com", False),
        ("cards.turnstay.com.evil.org", False),
        ("cards.turnstay.com:443x", False),
    ],
)
def test_the_pattern_finds_exactly_the_hosts_that_were_named(host: str, matches: bool) -> None:
    pattern = host_pattern(["pay.turnstay.com", "cards.turnstay.com"])

    assert bool(re.search(pattern, host)) is matches


def test_the_order_of_hosts_changes_nothing() -> None:
    assert host_pattern(["b.io", "a.io", "b.io"]) == host_pattern(["a.io", "b.io"])


def test_more_hosts_than_a_pattern_holds_are_refused() -> None:
    hosts = [f"host-{number}.turnstay.com" for number in range(40)]

    with pytest.raises(ValueError, match="at most 512 are allowed: name fewer hosts than 40"):
        host_pattern(hosts)
