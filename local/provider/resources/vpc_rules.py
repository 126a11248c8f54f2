"""One rule of a security group a resource, in and out."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.resources.ec2_tags import specification
from local.provider.values import Props, picked

# Who is on the other side: exactly one of these.
PEERS: Final = {
    "cidrIpv4": "CidrIpv4",
    "cidrIpv6": "CidrIpv6",
    "prefixListId": "PrefixListId",
    "referencedSecurityGroupId": "ReferencedGroupId",
}
ALL_PROTOCOLS: Final = "-1"


class SecurityGroupRule(Handler):
    """What aws.vpc.SecurityGroupIngressRule and aws.vpc.SecurityGroupEgressRule have in common."""

    inputs = words("description fromPort ipProtocol securityGroupId tags toPort") | {*PEERS}
    replace = words("securityGroupId")
    computed = ("arn", "securityGroupRuleId")
    tagging = "ec2"
    direction = ""

    def replacing(self, changed: frozenset[str], old: Props, new: Props) -> frozenset[str]:
        """AWS changes the other side of a rule in place, but not what kind of thing it is."""
        same_kind = [name in old for name in PEERS] == [name in new for name in PEERS]
        return (changed & self.replace) | (frozenset() if same_kind else changed & {*PEERS})

    def create(self, aws: Aws, new: Props) -> str:
        authorize = getattr(aws("ec2"), f"authorize_security_group_{self.direction}")
        answer = authorize(
            GroupId=new["securityGroupId"],
            IpPermissions=[_permission(new)],
            TagSpecifications=specification("security-group-rule", new),
        )
        return str(answer["SecurityGroupRules"][0]["SecurityGroupRuleId"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("ec2").describe_security_group_rules(SecurityGroupRuleIds=[identity])
        if not answer["SecurityGroupRules"]:
            return None
        rule = answer["SecurityGroupRules"][0]
        has_ports = rule["IpProtocol"] != ALL_PROTOCOLS
        return {
            "arn": aws.arn("ec2", f"security-group-rule/{identity}"),
            "securityGroupRuleId": identity,
            "securityGroupId": rule["GroupId"],
            "ipProtocol": rule["IpProtocol"],
            "fromPort": rule["FromPort"] if has_ports else None,
            "toPort": rule["ToPort"] if has_ports else None,
            "description": rule.get("Description"),
            "referencedSecurityGroupId": rule.get("ReferencedGroupInfo", {}).get("GroupId"),
            **picked(rule, cidrIpv4="CidrIpv4", cidrIpv6="CidrIpv6", prefixListId="PrefixListId"),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        rule = {
            **{theirs: new[name] for name, theirs in PEERS.items() if new.get(name)},
            "IpProtocol": new["ipProtocol"],
            "FromPort": new.get("fromPort", -1),
            "ToPort": new.get("toPort", -1),
            "Description": new.get("description", ""),
        }
        aws("ec2").modify_security_group_rules(
            GroupId=new["securityGroupId"],
            SecurityGroupRules=[{"SecurityGroupRuleId": identity, "SecurityGroupRule": rule}],
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        revoke = getattr(aws("ec2"), f"revoke_security_group_{self.direction}")
        revoke(GroupId=state["securityGroupId"], SecurityGroupRuleIds=[identity])


def _permission(new: Props) -> Props:
    description = {"Description": new["description"]} if new.get("description") else {}
    permission: Props = {"IpProtocol": new["ipProtocol"]}
    if new["ipProtocol"] != ALL_PROTOCOLS:
        permission |= {"FromPort": new["fromPort"], "ToPort": new["toPort"]}
    if new.get("cidrIpv4"):
        permission["IpRanges"] = [{"CidrIp": new["cidrIpv4"], **description}]
    elif new.get("cidrIpv6"):
        permission["Ipv6Ranges"] = [{"CidrIpv6": new["cidrIpv6"], **description}]
    elif new.get("prefixListId"):
        permission["PrefixListIds"] = [{"PrefixListId": new["prefixListId"], **description}]
    else:
        group = {"GroupId": new["referencedSecurityGroupId"], **description}
        permission["UserIdGroupPairs"] = [group]
    return permission


class IngressRule(SecurityGroupRule):
    """aws.vpc.SecurityGroupIngressRule."""

    type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    direction = "ingress"


class EgressRule(SecurityGroupRule):
    """aws.vpc.SecurityGroupEgressRule."""

    type = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    direction = "egress"


HANDLERS: Final = (IngressRule(), EgressRule())
