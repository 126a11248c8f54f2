"""The network ACLs of the tiers without a way to the internet, rule by rule with its reason.

ACLs are stateless: the answers to a connection need a rule of their own, towards the ports that the *caller* picked.
They are the second fence behind the security groups, and coarser: they know blocks of addresses, never who is in them.
All rules are TCP and allow; what no rule allows is dropped. DNS, task metadata and time come from link-local addresses
of the VPC, which ACLs do not see. The public and private tiers keep the VPC's own ACL, which allows everything: a NAT
gateway answers on any port from 1024, so rules there could not tell 3389 from an answer. Security groups guard them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypedDict

from components.network.address_plan import Tier, TierName

Ports = tuple[int, int]
Peer = TierName | Literal["s3"]

SERVICE: Final[Ports] = (8000, 8000)
HTTPS: Final[Ports] = (443, 443)
DATABASE: Final[Ports] = (5432, 5439)
"""PostgreSQL's port and its neighbours: RDS.23 wants an instance to listen on another than 5432."""
ANY_CLIENT: Final[Ports] = (1024, 65535)
"""Answers to any caller of AWS's own making: a load balancer or a Lambda function picks from all of these."""
LINUX_CLIENT: Final[Ports] = (32768, 65535)
"""Answers to a Fargate task. Narrower on purpose in the card tier: it leaves 8000 and 3389 closed."""


@dataclass(frozen=True, kw_only=True)
class AclRule:
    """TCP to these ports is allowed, from (ingress) or to (egress) the peer."""

    number: int
    ports: Ports
    peer: Peer
    reason: str


@dataclass(frozen=True, kw_only=True)
class AclTable:
    """All rules of one tier's ACL."""

    ingress: tuple[AclRule, ...]
    egress: tuple[AclRule, ...]


def _rule(number: int, ports: Ports, peer: Peer, reason: str) -> AclRule:
    return AclRule(number=number, ports=ports, peer=peer, reason=reason)


# The card tier is not a peer: its service has a database of its own and reads no other.
DATA: Final = AclTable(
    ingress=(_rule(100, DATABASE, "private", "services and one-off tasks query the databases"),),
    egress=(_rule(100, ANY_CLIENT, "private", "the databases answer"),),
)

CARD: Final = AclTable(
    ingress=(
        _rule(100, SERVICE, "public", "the load balancer calls the card service"),
        _rule(110, SERVICE, "private", "services call the card service by Service Connect"),
        _rule(120, DATABASE, "card", "the card service queries its database in another zone"),
        _rule(130, DATABASE, "private", "so it does while it still runs in the private tier"),
        _rule(200, LINUX_CLIENT, "card", "the database answers from another zone"),
        _rule(210, LINUX_CLIENT, "private", "interface endpoints answer"),
        _rule(220, LINUX_CLIENT, "s3", "S3 answers: the layers of images"),
    ),
    egress=(
        _rule(100, DATABASE, "card", "the card service queries its database in another zone"),
        _rule(110, HTTPS, "private", "tasks call interface endpoints"),
        _rule(120, HTTPS, "s3", "tasks read the layers of images"),
        _rule(200, ANY_CLIENT, "public", "the card service answers the load balancer"),
        _rule(210, LINUX_CLIENT, "private", "the card service and its database answer"),
        _rule(220, LINUX_CLIENT, "card", "the database answers to another zone"),
    ),
)

ACL_TABLES: Final[Mapping[TierName, AclTable]] = {"data": DATA, "card": CARD}


class AclEntry(TypedDict):
    """A rule as AWS takes it."""

    rule_no: int
    action: str
    protocol: str
    cidr_block: str
    from_port: int
    to_port: int


def acl_entries(rules: Iterable[AclRule], plan: Mapping[TierName, Tier]) -> list[AclEntry]:
    """Fill in the addresses of one VPC."""
    return [
        AclEntry(
            rule_no=rule.number,
            action="allow",
            protocol="tcp",
            cidr_block=_addresses(rule.peer, plan),
            from_port=rule.ports[0],
            to_port=rule.ports[1],
        )
        for rule in rules
    ]


def _addresses(peer: Peer, plan: Mapping[TierName, Tier]) -> str:
    """Look up the addresses of a peer.

    An ACL cannot name a prefix list, and S3's ranges change, so S3 is every address; the card tier's route tables lead
    to S3 and nowhere else outside the VPC, which a control checks (CDE-7).
    """
    return "0.0.0.0/0" if peer == "s3" else plan[peer].cidr
