"""Controls on network ACLs, whatever way their rules are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from tests.controls.network import ASSOCIATION, VPC, subnets_of
from tests.controls.vpc_endpoints import ENDPOINT
from tests.engine.recording import Recording

ACL: Final = "aws:ec2/networkAcl:NetworkAcl"
ACL_RULE: Final = "aws:ec2/networkAclRule:NetworkAclRule"
ADMINISTRATION: Final = (22, 3389)
ALL: Final = ("-1", "all")
FIRST_LINUX_CLIENT: Final = 32768


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule that allows something."""

    acl: str
    number: int
    egress: bool
    protocol: str
    cidr: str
    from_port: int
    to_port: int

    def covers(self, port: int) -> bool:
        """Whether the rule is about that port; all protocols are all ports."""
        return self.protocol in ALL or self.from_port <= port <= self.to_port

    def __str__(self) -> str:
        return f"{self.acl} {'egress' if self.egress else 'ingress'} {self.number}"


def allow_rules(recording: Recording) -> Iterator[Rule]:
    """All rules that allow, inline and separate; an ACL is named by its id."""
    for acl in recording.all(ACL):
        for side in ("ingress", "egress"):
            for each in acl.inputs.get(side, []):
                if each["action"] == "allow":
                    yield _rule(f"{acl.name}-id", each["ruleNo"], side == "egress", each)
    for rule in recording.all(ACL_RULE):
        inputs = rule.inputs
        if inputs["ruleAction"] == "allow":
            egress = bool(inputs.get("egress"))
            yield _rule(inputs["networkAclId"], inputs["ruleNumber"], egress, inputs)


def _rule(acl: str, number: int, egress: bool, inputs: dict[str, object]) -> Rule:
    return Rule(
        acl=acl,
        number=number,
        egress=egress,
        protocol=str(inputs["protocol"]),
        cidr=str(inputs.get("cidrBlock") or inputs.get("ipv6CidrBlock")),
        from_port=int(str(inputs.get("fromPort", 0))),
        to_port=int(str(inputs.get("toPort", 0))),
    )


def no_administration_ports(recording: Recording) -> list[str]:
    """EC2.21, stricter: from nowhere. The VPC's own ACL is exempt there; ours have rules for what they need."""
    return [
        f"{rule} admits {port}"
        for rule in allow_rules(recording)
        for port in ADMINISTRATION
        if not rule.egress and rule.covers(port)
    ]


def every_isolated_subnet_has_one_acl(recording: Recording) -> list[str]:
    """The second fence around databases and card data."""
    guarded = [each for acl in recording.all(ACL) for each in acl.inputs["subnetIds"]]
    return [
        f"{subnet.name}: in {guarded.count(f'{subnet.name}-id')} of our ACLs"
        for tier in ("data", "card")
        for subnet in subnets_of(recording, tier)
        if guarded.count(f"{subnet.name}-id") != 1
    ]


def acls_stay_inside_the_vpc(recording: Recording) -> list[str]:
    """Nothing beyond the VPC but HTTPS to S3, and its answers, where a gateway endpoint is the only way out."""
    blocks = {f"{each.name}-id": each.inputs["cidrBlock"] for each in recording.all(VPC)}
    acls = {f"{each.name}-id": each.inputs for each in recording.all(ACL)}
    findings = []
    for rule in allow_rules(recording):
        if rule.protocol != "tcp":
            findings.append(f"{rule} is for {rule.protocol}")
            continue
        vpc = IPv4Network(blocks[acls[rule.acl]["vpcId"]])
        if ":" not in rule.cidr and IPv4Network(rule.cidr).subnet_of(vpc):
            continue
        https = rule.egress and (rule.from_port, rule.to_port) == (443, 443)
        answers = not rule.egress and rule.from_port >= FIRST_LINUX_CLIENT
        reach_s3 = set(acls[rule.acl]["subnetIds"]) <= _subnets_with_s3(recording)
        if not ((https or answers) and reach_s3):
            findings.append(f"{rule} reaches beyond the VPC")
    return findings


def _subnets_with_s3(recording: Recording) -> set[str]:
    tables = {
        table
        for each in recording.all(ENDPOINT)
        if each.inputs["serviceName"].endswith(".s3")
        for table in each.inputs.get("routeTableIds", [])
    }
    return {
        each.inputs["subnetId"]
        for each in recording.all(ASSOCIATION)
        if each.inputs["routeTableId"] in tables
    }
