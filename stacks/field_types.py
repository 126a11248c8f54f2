"""The kinds of value a stack file holds.

Each refuses a wrong value in words that follow it in the message: `300 is out of range; …`.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, Field, PlainSerializer, Strict

from stacks.wording import listed

_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_REGION: Final = r"[a-z]{2}(?:-[a-z]+)+-[1-9]"
_PRIVATE: Final = [
    ipaddress.IPv4Network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
]
# PutRetentionPolicy takes these and no others; the shorter ones it takes end before 12 months.
_RETENTION_DAYS: Final = (365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)

Item = TypeVar("Item", bound=Hashable)


def matching(pattern: str, text: str) -> AfterValidator:
    """Text of one form; `text` says which."""
    form = re.compile(pattern)

    def check(value: str) -> str:
        if not form.fullmatch(value):
            raise ValueError(text)
        return value

    return AfterValidator(check)


def between(low: int, high: int) -> AfterValidator:
    """A whole number within bounds that the message names."""

    def check(value: int) -> int:
        if not low <= value <= high:
            raise ValueError(f"is out of range; allowed are {low} to {high}")
        return value

    return AfterValidator(check)


def _distinct(values: tuple[Item, ...]) -> tuple[Item, ...]:
    twice = [each for position, each in enumerate(values) if each in values[:position]]
    if twice:
        raise ValueError(f"has {listed(twice[:1])} twice")
    return values


def _account_id(value: str) -> str:
    if not re.fullmatch("[0-9]+", value):
        raise ValueError("is not an account id, which is 12 digits in quotes")
    if len(value) != 12:  # noqa: PLR2004 - the message names it
        raise ValueError(f"has {len(value)} digits; an account id has 12, leading zeros included")
    return value


def _network(value: str) -> str:
    try:
        network = ipaddress.IPv4Network(value, strict=False)
    except ValueError:
        raise ValueError("is not an IPv4 network such as 10.20.0.0/16") from None
    if not any(network.subnet_of(each) for each in _PRIVATE):
        raise ValueError(
            "is not private; allowed are parts of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16"
        )
    if not 16 <= network.prefixlen <= 20:  # noqa: PLR2004 - the message names them
        raise ValueError(
            f"has a size of /{network.prefixlen}; allowed are /16 (the most a VPC takes) to /20"
            " (room for four tiers in four zones)"
        )
    if str(network) != value:
        raise ValueError(f"is not the start of its network; did you mean {network}?")
    return value


def _zones(values: tuple[str, ...]) -> tuple[str, ...]:
    if not 2 <= len(values) <= 4:  # noqa: PLR2004 - the message names them
        count = "1 zone" if len(values) == 1 else f"{len(values)} zones"
        raise ValueError(f"has {count}; allowed are 2 (a load balancer needs them) to 4")
    return values


def _retention(value: int) -> int:
    if value not in _RETENTION_DAYS:
        why = (
            "is less than the 12 months that PCI DSS 10.5.1 asks for"
            if value < _RETENTION_DAYS[0]
            else "is no period that CloudWatch offers"
        )
        raise ValueError(f"{why}; allowed are {listed(_RETENTION_DAYS)}")
    return value


# Text
StackName = Annotated[
    str,
    matching(
        "[a-z][a-z0-9-]{0,19}",
        "is no stack name: a lower-case letter, then at most 19 of a-z, 0-9, -",
    ),
]
AccountId = Annotated[str, AfterValidator(_account_id)]
Region = Annotated[str, matching(_REGION, "is not a region such as eu-west-1")]
Zone = Annotated[str, matching(f"{_REGION}[a-z]", "is not an availability zone such as eu-west-1a")]
Cidr = Annotated[str, AfterValidator(_network)]
DomainName = Annotated[
    str,
    matching(
        rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})+",
        "is not a domain name: lower-case labels, dots between them, no scheme, no dot at the end",
    ),
]
ImageReference = Annotated[
    str,
    matching(
        r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::[0-9]+)?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*"
        r"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?",
        "is not an image reference: REGISTRY/REPOSITORY@sha256: and 64 of 0-9, a-f",
    ),
]
RoleName = Annotated[
    str,
    matching(
        # The names that IAM Identity Center makes end in letters made up by AWS; no others may be left open.
        r"aws-reserved/sso\.amazonaws\.com/(?:[a-z0-9-]+/)?AWSReservedSSO_[\w+=,.@-]+_(?:\*|\w+)"
        r"|[\w+=,.@-]+(?:/[\w+=,.@-]+)*",
        "is no role of the account by its path and whole name, such as deploy/turnstay",
    ),
]
InterfaceEndpoint = Literal[
    "ecr.api", "ecr.dkr", "kms", "logs", "secretsmanager", "ssm", "ssmmessages", "sts"
]

# Numbers and switches
Switch = Annotated[bool, Strict()]
RetentionDays = Annotated[int, AfterValidator(_retention)]
TaskCount = Annotated[int, between(1, 500)]
Weight = Annotated[int, between(0, 1000)]
TargetPercent = Annotated[int, between(10, 90)]

# Collections: YAML and JSON know lists, settings keep tuples.
Zones = Annotated[
    tuple[Zone, ...], Field(strict=False), AfterValidator(_distinct), AfterValidator(_zones)
]
InterfaceEndpoints = Annotated[
    tuple[InterfaceEndpoint, ...], Field(strict=False), AfterValidator(_distinct)
]
RoleNames = Annotated[tuple[RoleName, ...], Field(strict=False), AfterValidator(_distinct)]
Variables = Annotated[Mapping[str, str], AfterValidator(MappingProxyType), PlainSerializer(dict)]
