"""What it takes to bring about the network.

EC2 makes its ids up, so no name can be asked for. An account holds one stack (ADR 1): what is made is made in its region,
and what is changed or deleted carries the tags that this program gives. Each action knows its own kinds of resource, so
`*` behind the account says no more than a list of them would.
"""

from __future__ import annotations

from typing import Final

from components.delivery.rights.right import Right, Table, reads, writes


def _makes(names: str) -> Right:
    """To make something, among what is there already."""
    return writes("ec2", names, "*")


def _changes(names: str) -> Right:
    """To change or delete what is ours."""
    return writes("ec2", names, "*", narrowing="tagged")


TAGGING: Final = _makes("CreateTags DeleteTags")
RULES: Final = _makes("CreateTags DeleteTags ModifySecurityGroupRules")

NETWORK: Final[Table] = {
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (
        _makes("RevokeSecurityGroupEgress RevokeSecurityGroupIngress"),
        reads("ec2", "DescribeSecurityGroups"),
        TAGGING,
    ),
    "aws:ec2/eip:Eip": (
        _makes("AllocateAddress"),
        _changes("ReleaseAddress"),
        reads("ec2", "DescribeAddresses DescribeAddressesAttribute"),
        TAGGING,
    ),
    "aws:ec2/flowLog:FlowLog": (
        _makes("CreateFlowLogs"),
        _changes("DeleteFlowLogs"),
        reads("ec2", "DescribeFlowLogs"),
        TAGGING,
    ),
    "aws:ec2/internetGateway:InternetGateway": (
        _makes("AttachInternetGateway CreateInternetGateway"),
        _changes("DeleteInternetGateway DetachInternetGateway"),
        reads("ec2", "DescribeInternetGateways"),
        TAGGING,
    ),
    "aws:ec2/natGateway:NatGateway": (
        _makes("CreateNatGateway"),
        _changes("DeleteNatGateway"),
        reads("ec2", "DescribeNatGateways DescribeNetworkInterfaces"),
        TAGGING,
    ),
    "aws:ec2/networkAcl:NetworkAcl": (
        _makes("CreateNetworkAcl"),
        _makes("ReplaceNetworkAclAssociation"),
        _changes(
            "CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry"
        ),
        reads("ec2", "DescribeNetworkAcls"),
        TAGGING,
    ),
    "aws:ec2/route:Route": (
        _changes("CreateRoute DeleteRoute ReplaceRoute"),
        reads("ec2", "DescribeRouteTables"),
    ),
    "aws:ec2/routeTable:RouteTable": (
        _makes("CreateRouteTable"),
        _changes("DeleteRouteTable"),
        reads("ec2", "DescribeRouteTables"),
        TAGGING,
    ),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": (
        _changes("AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation"),
        reads("ec2", "DescribeRouteTables"),
    ),
    "aws:ec2/securityGroup:SecurityGroup": (
        _makes("CreateSecurityGroup"),
        _changes("DeleteSecurityGroup"),
        _makes("RevokeSecurityGroupEgress"),
        reads("ec2", "DescribeNetworkInterfaces DescribeSecurityGroups"),
        TAGGING,
    ),
    "aws:ec2/subnet:Subnet": (
        _makes("CreateSubnet"),
        _changes("DeleteSubnet ModifySubnetAttribute"),
        reads("ec2", "DescribeAvailabilityZones DescribeSubnets"),
        TAGGING,
    ),
    "aws:ec2/vpc:Vpc": (
        _makes("CreateVpc"),
        _changes("DeleteVpc ModifyVpcAttribute"),
        reads("ec2", "DescribeVpcAttribute DescribeVpcs"),
        TAGGING,
    ),
    "aws:ec2/vpcEndpoint:VpcEndpoint": (
        _makes("CreateVpcEndpoint ModifyVpcEndpoint"),
        _changes("DeleteVpcEndpoints"),
        reads("ec2", "DescribePrefixLists DescribeVpcEndpoints"),
        TAGGING,
    ),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": (
        _makes("AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress"),
        reads("ec2", "DescribeSecurityGroupRules"),
        RULES,
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (
        _makes("AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress"),
        reads("ec2", "DescribeSecurityGroupRules"),
        RULES,
    ),
}
