"""Network ACLs with their rules and their subnets."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from local.provider.aws import Aws, Client
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.resources.ec2_tags import specification
from local.provider.sameness import same
from local.provider.values import Props

PROTOCOLS: Final = {"1": "icmp", "6": "tcp", "17": "udp", "-1": "-1"}
NUMBERS: Final = {name: number for number, name in PROTOCOLS.items()}
# The rule at the end of each list, which AWS shows and nobody can change.
LAST_RULE: Final = 32767


class NetworkAcl(Handler):
    """aws.ec2.NetworkAcl with all rules inline."""

    type = "aws:ec2/networkAcl:NetworkAcl"
    inputs = words("egress ingress subnetIds tags vpcId")
    replace = words("vpcId")
    computed = ("arn", "ownerId")
    tagging = "ec2"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("ec2").create_network_acl(
            VpcId=new["vpcId"], TagSpecifications=specification("network-acl", new)
        )
        identity = str(answer["NetworkAcl"]["NetworkAclId"])
        with existing(identity):
            self.update(aws, identity, {}, new)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        acl = _acl(aws, identity)
        return {
            "arn": aws.arn("ec2", f"network-acl/{identity}"),
            "vpcId": acl["VpcId"],
            "ownerId": acl.get("OwnerId", aws.account_id),
            "subnetIds": sorted(each["SubnetId"] for each in acl["Associations"]),
            "ingress": [_rule(each) for each in _entries(acl, egress=False)],
            "egress": [_rule(each) for each in _entries(acl, egress=True)],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        acl = _acl(aws, identity)
        for direction in ("ingress", "egress"):
            egress = direction == "egress"
            there = {each["RuleNumber"]: _rule(each) for each in _entries(acl, egress=egress)}
            wanted = {each["ruleNo"]: each for each in new.get(direction) or []}
            for number in sorted({*there, *wanted}):
                if same(there.get(number), wanted.get(number)):
                    continue
                if number in there:
                    aws("ec2").delete_network_acl_entry(
                        NetworkAclId=identity, RuleNumber=number, Egress=egress
                    )
                if number in wanted:
                    aws("ec2").create_network_acl_entry(
                        NetworkAclId=identity, Egress=egress, **_entry(wanted[number])
                    )
        before = {each["SubnetId"] for each in acl["Associations"]}
        after = set(new.get("subnetIds") or [])
        _associate(aws("ec2"), after - before, identity)
        _associate(aws("ec2"), before - after, _default_acl(aws, acl["VpcId"]))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        acl = _acl(aws, identity)
        subnets = {each["SubnetId"] for each in acl["Associations"]}
        _associate(aws("ec2"), subnets, _default_acl(aws, acl["VpcId"]))
        aws("ec2").delete_network_acl(NetworkAclId=identity)


def _acl(aws: Aws, identity: str) -> Props:
    return dict(aws("ec2").describe_network_acls(NetworkAclIds=[identity])["NetworkAcls"][0])


def _default_acl(aws: Aws, vpc: str) -> str:
    of_vpc = {"Name": "vpc-id", "Values": [vpc]}
    default = {"Name": "default", "Values": ["true"]}
    found = aws("ec2").describe_network_acls(Filters=[of_vpc, default])["NetworkAcls"]
    return str(found[0]["NetworkAclId"])


def _associate(ec2: Client, subnets: set[str], acl: str) -> None:
    """Move subnets to an ACL; each always has one."""
    for subnet in sorted(subnets):
        of_subnet = {"Name": "association.subnet-id", "Values": [subnet]}
        for found in ec2.describe_network_acls(Filters=[of_subnet])["NetworkAcls"]:
            for association in found["Associations"]:
                if association["SubnetId"] == subnet:
                    ec2.replace_network_acl_association(
                        AssociationId=association["NetworkAclAssociationId"], NetworkAclId=acl
                    )


def _entries(acl: Props, *, egress: bool) -> Iterator[Props]:
    for entry in sorted(acl["Entries"], key=lambda each: int(each["RuleNumber"])):
        if entry["Egress"] == egress and entry["RuleNumber"] != LAST_RULE:
            yield entry


def _rule(entry: Props) -> Props:
    """Write an entry as the program writes a rule; with all protocols the ports are 0."""
    ports = entry.get("PortRange", {})
    icmp = entry.get("IcmpTypeCode", {})
    return {
        "action": entry["RuleAction"],
        "ruleNo": entry["RuleNumber"],
        "protocol": PROTOCOLS.get(entry["Protocol"], entry["Protocol"]),
        "fromPort": ports.get("From", 0),
        "toPort": ports.get("To", 0),
        "cidrBlock": entry.get("CidrBlock"),
        "ipv6CidrBlock": entry.get("Ipv6CidrBlock"),
        **({"icmpType": icmp["Type"], "icmpCode": icmp["Code"]} if icmp else {}),
    }


def _entry(rule: Props) -> Props:
    entry: Props = {
        "RuleNumber": rule["ruleNo"],
        "RuleAction": rule["action"],
        "Protocol": NUMBERS.get(rule["protocol"], rule["protocol"]),
    }
    if rule.get("cidrBlock"):
        entry["CidrBlock"] = rule["cidrBlock"]
    if rule.get("ipv6CidrBlock"):
        entry["Ipv6CidrBlock"] = rule["ipv6CidrBlock"]
    if entry["Protocol"] in {NUMBERS["tcp"], NUMBERS["udp"]}:
        entry["PortRange"] = {"From": rule["fromPort"], "To": rule["toPort"]}
    if entry["Protocol"] == NUMBERS["icmp"]:
        entry["IcmpTypeCode"] = {
            "Type": rule.get("icmpType", -1),
            "Code": rule.get("icmpCode", -1),
        }
    return entry


HANDLERS: Final = (NetworkAcl(),)
