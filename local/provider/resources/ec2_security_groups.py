"""Security groups, which here never hold rules of their own: rules are resources (see vpc_rules)."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws, Client
from local.provider.errors import ProviderError, existing
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.resources.ec2_tags import specification
from local.provider.values import Props, Value, picked


def _group(aws: Aws, identity: str) -> Props:
    found = aws("ec2").describe_security_groups(GroupIds=[identity])["SecurityGroups"][0]
    return dict(found)


def _described(aws: Aws, group: Props) -> Props:
    return {
        "arn": aws.arn("ec2", f"security-group/{group['GroupId']}"),
        **picked(
            group, name="GroupName", description="Description", ownerId="OwnerId", vpcId="VpcId"
        ),
    }


def _revoke_all(ec2: Client, group: Props) -> None:
    for permissions, revoke in (
        (group["IpPermissions"], ec2.revoke_security_group_ingress),
        (group["IpPermissionsEgress"], ec2.revoke_security_group_egress),
    ):
        if permissions:
            revoke(GroupId=group["GroupId"], IpPermissions=permissions)


class SecurityGroup(Handler):
    """aws.ec2.SecurityGroup without inline rules. AWS's rule that lets everything out is taken away, as ever."""

    type = "aws:ec2/securityGroup:SecurityGroup"
    inputs = words("description name revokeRulesOnDelete tags vpcId")
    replace = words("description name vpcId")
    computed = ("arn", "ownerId", "vpcId")
    unread = words("revokeRulesOnDelete")
    autoname = Autoname()
    tagging = "ec2"

    def create(self, aws: Aws, new: Props) -> str:
        ec2 = aws("ec2")
        identity = str(
            ec2.create_security_group(
                GroupName=new["name"],
                Description=new.get("description", "Managed by Pulumi"),
                VpcId=new["vpcId"],
                TagSpecifications=specification("security-group", new),
            )["GroupId"]
        )
        with existing(identity):
            _revoke_all(ec2, _group(aws, identity))
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        return _described(aws, _group(aws, identity))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        if state.get("revokeRulesOnDelete"):
            _revoke_all(aws("ec2"), _group(aws, identity))
        aws("ec2").delete_security_group(GroupId=identity)


class DefaultSecurityGroup(Handler):
    """aws.ec2.DefaultSecurityGroup: the group that every VPC has, adopted and closed; deleting it lets it be."""

    type = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
    inputs = words("egress ingress tags vpcId")
    replace = words("vpcId")
    computed = ("arn", "description", "name", "ownerId", "vpcId")
    tagging = "ec2"

    def create(self, aws: Aws, new: Props) -> str:
        ec2 = aws("ec2")
        of_vpc = {"Name": "vpc-id", "Values": [new["vpcId"]]}
        default = {"Name": "group-name", "Values": ["default"]}
        group = ec2.describe_security_groups(Filters=[of_vpc, default])["SecurityGroups"][0]
        identity = str(group["GroupId"])
        self.update(aws, identity, {}, new)
        if new["tagsAll"]:
            ec2.create_tags(
                Resources=[identity], Tags=specification("security-group", new)[0]["Tags"]
            )
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        group = _group(aws, identity)
        return {
            **_described(aws, group),
            "ingress": [_rule(each) for each in group["IpPermissions"]],
            "egress": [_rule(each) for each in group["IpPermissionsEgress"]],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        if new.get("ingress") or new.get("egress"):
            raise ProviderError(
                f"{self.type} can only be closed in the local account: ingress and egress are []"
            )
        _revoke_all(aws("ec2"), _group(aws, identity))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        """AWS keeps a default group as long as its VPC; it stays closed."""


def _rule(permission: Props) -> dict[str, Value]:
    ranges = [each["CidrIp"] for each in permission.get("IpRanges", [])]
    ranges6 = [each["CidrIpv6"] for each in permission.get("Ipv6Ranges", [])]
    groups = [each["GroupId"] for each in permission.get("UserIdGroupPairs", [])]
    lists = [each["PrefixListId"] for each in permission.get("PrefixListIds", [])]
    return {
        "protocol": permission["IpProtocol"],
        "fromPort": permission.get("FromPort", 0),
        "toPort": permission.get("ToPort", 0),
        "cidrBlocks": ranges,
        "ipv6CidrBlocks": ranges6,
        "securityGroups": groups,
        "prefixListIds": lists,
    }


HANDLERS: Final = (SecurityGroup(), DefaultSecurityGroup())
