"""What the firewall looks for, in the order in which it looks.

Priorities leave room for a rule that has to go in between on a bad day. Names are those of the rules' metrics too, so
alarms and dashboards know them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# What the basic price covers. AWS allows 5,000 and charges for every request in between.
CAPACITY_CEILING: Final = 1500
# What a load balancer shows the firewall of a body; the rest passes unseen. AWS can raise it, pulumi-aws 7.51 cannot.
INSPECTED_BODY_BYTES: Final = 8192
LONGEST_PATTERN: Final = 512
REQUESTS_PER_5_MINUTES: Final = range(10, 2_000_000_001)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of our own."""

    name: str
    priority: int
    capacity: int
    """Web ACL capacity units."""


@dataclass(frozen=True, kw_only=True)
class ManagedGroup(Rule):
    """A group of rules that AWS keeps up to date, in whatever version is AWS's default."""

    group: str
    counted: tuple[str, ...] = ()
    """Rules of the group that count instead of block. AWS ignores a misspelt name in silence."""


# The status is 429, not 403: a partner's client learns that waiting helps.
RATE: Final = Rule(name="requests-per-address", priority=10, capacity=2)
RATE_STATUS: Final = 429
# A size, a pattern, and two text transformations.
LARGE_BODY: Final = Rule(name="large-bodies", priority=20, capacity=24)
LARGE_BODY_STATUS: Final = 413

MANAGED_GROUPS: Final = (
    ManagedGroup(
        name="malicious-addresses",
        priority=30,
        capacity=25,
        group="AWSManagedRulesAmazonIpReputationList",
    ),
    ManagedGroup(
        name="anonymous-addresses",
        priority=40,
        capacity=50,
        group="AWSManagedRulesAnonymousIpList",
        # The callers of an API are servers of partners, and servers live at hosting providers. What hides its
        # origin (Tor, proxies) stays blocked.
        counted=("HostingProviderIPList",),
    ),
    ManagedGroup(
        name="known-bad-inputs",
        priority=50,
        capacity=200,
        group="AWSManagedRulesKnownBadInputsRuleSet",
    ),
    ManagedGroup(
        name="sql-injection",
        priority=60,
        capacity=200,
        group="AWSManagedRulesSQLiRuleSet",
    ),
    ManagedGroup(
        name="common",
        priority=70,
        capacity=700,
        group="AWSManagedRulesCommonRuleSet",
        counted=(
            # A machine need not name its software.
            "NoUserAgent_HEADER",
            # It blocks every body above 8 KB: a batch of payouts, a webhook with its whole event. The first 8 KB are
            # searched all the same, and hosts that take no such body refuse it by LARGE_BODY.
            "SizeRestrictions_BODY",
        ),
    ),
)

RULES: Final = (RATE, LARGE_BODY, *MANAGED_GROUPS)


def capacity(rules: Sequence[Rule] = RULES) -> int:
    """The web ACL capacity units that rules use together."""
    return sum(rule.capacity for rule in rules)


def host_pattern(hosts: Sequence[str]) -> str:
    """Match the Host header of exactly these hosts, in lower case, with or without a port."""
    escaped = "|".join(host.replace(".", r"\.") for host in sorted(set(hosts)))
    pattern = f"^({escaped})(:[0-9]+)?$"
    if len(pattern) > LONGEST_PATTERN:
        raise ValueError(
            f"the firewall's pattern of hosts has {len(pattern)} characters, at most"
            f" {LONGEST_PATTERN} are allowed: name fewer hosts than {len(set(hosts))}"
        )
    return pattern
