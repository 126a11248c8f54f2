"""Security group rules, flow logs and network ACLs as EC2 has them."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import Json, Workbench


@pytest.fixture
def group(bench: Workbench) -> str:
    """A security group."""
    made = bench.client("ec2").create_security_group(
        GroupName=bench.cluster, Description="a test", VpcId=bench.vpc
    )
    return str(made["GroupId"])


def sources(bench: Workbench, group: str) -> dict[str, Json]:
    """One source of each kind, described."""
    prefixes = bench.client("ec2").describe_managed_prefix_lists()["PrefixLists"]
    s3 = next(each["PrefixListId"] for each in prefixes if each["PrefixListName"].endswith(".s3"))
    return {
        "cidr": {"IpRanges": [{"CidrIp": "10.1.0.0/16", "Description": "why"}]},
        "group": {"UserIdGroupPairs": [{"GroupId": group, "Description": "why"}]},
        "prefix list": {"PrefixListIds": [{"PrefixListId": s3, "Description": "why"}]},
    }


def rule(bench: Workbench, rule_id: str) -> Json:
    found: Json = bench.client("ec2").describe_security_group_rules(SecurityGroupRuleIds=[rule_id])[
        "SecurityGroupRules"
    ][0]
    return found


@pytest.mark.parametrize("kind", ["cidr", "group", "prefix list"])
def test_a_rule_keeps_its_description_and_can_be_described_anew(
    bench: Workbench, group: str, kind: str
) -> None:
    ec2 = bench.client("ec2")
    permission: Any = {
        "IpProtocol": "tcp",
        "FromPort": 8000,
        "ToPort": 8000,
        **sources(bench, group)[kind],
    }
    made = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
    (added,) = made["SecurityGroupRules"]
    assert added["Description"] == "why"
    assert rule(bench, added["SecurityGroupRuleId"])["Description"] == "why"
    same = {
        name: added[name]
        for name in ("IpProtocol", "FromPort", "ToPort", "CidrIpv4", "PrefixListId")
        if name in added
    }
    if kind == "group":
        same["ReferencedGroupId"] = group
    ec2.modify_security_group_rules(
        GroupId=group,
        SecurityGroupRules=[
            {
                "SecurityGroupRuleId": added["SecurityGroupRuleId"],
                "SecurityGroupRule": same | {"Description": "because"},
            }
        ],
    )
    assert rule(bench, added["SecurityGroupRuleId"])["Description"] == "because"


@pytest.mark.parametrize("kind", ["cidr", "group", "prefix list"])
def test_the_same_rule_with_another_description_is_a_duplicate(
    bench: Workbench, group: str, kind: str
) -> None:
    ec2 = bench.client("ec2")
    permission: Any = {
        "IpProtocol": "tcp",
        "FromPort": 8000,
        "ToPort": 8000,
        **sources(bench, group)[kind],
    }
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
    (source,) = next(value for name, value in permission.items() if isinstance(value, list))
    source["Description"] = "another"
    with pytest.raises(ClientError, match=r"InvalidPermission\.Duplicate"):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])


def test_a_rule_for_every_protocol_has_no_ports_and_can_be_described_anew(
    bench: Workbench, group: str
) -> None:
    ec2 = bench.client("ec2")
    everything = {
        "IpProtocol": "-1",
        "UserIdGroupPairs": [{"GroupId": group, "Description": "why"}],
    }
    made = ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[everything])
    rule_id = made["SecurityGroupRules"][0]["SecurityGroupRuleId"]
    anew = {"IpProtocol": "-1", "ReferencedGroupId": group, "Description": "because"}
    ec2.modify_security_group_rules(
        GroupId=group,
        SecurityGroupRules=[{"SecurityGroupRuleId": rule_id, "SecurityGroupRule": anew}],
    )
    assert rule(bench, rule_id)["Description"] == "because"


def test_a_flow_log_keeps_its_destination_options(bench: Workbench) -> None:
    ec2, s3 = bench.client("ec2"), bench.client("s3")
    s3.create_bucket(
        Bucket=bench.cluster, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    options = {"FileFormat": "parquet", "HiveCompatiblePartitions": True, "PerHourPartition": False}
    (flow_log,) = ec2.create_flow_logs(
        ResourceIds=[bench.vpc],
        ResourceType="VPC",
        TrafficType="ALL",
        LogDestinationType="s3",
        LogDestination=f"arn:aws:s3:::{bench.cluster}",
        DestinationOptions=options,
    )["FlowLogIds"]
    (shown,) = ec2.describe_flow_logs(FlowLogIds=[flow_log])["FlowLogs"]
    assert shown["DestinationOptions"] == options


def test_a_network_acl_denies_what_no_other_entry_decides(bench: Workbench) -> None:
    ec2 = bench.client("ec2")
    acl = ec2.create_network_acl(VpcId=bench.vpc)["NetworkAcl"]
    entries = [(each["RuleNumber"], each["Egress"], each["RuleAction"]) for each in acl["Entries"]]
    assert sorted(entries) == [(32767, False, "deny"), (32767, True, "deny")]


def test_a_network_acl_goes_with_its_subnets(bench: Workbench) -> None:
    ec2 = bench.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.9.0.0/24")["Subnet"]["SubnetId"]
    acl = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
    of_subnet = [{"Name": "association.subnet-id", "Values": [subnet]}]
    (default,) = ec2.describe_network_acls(Filters=of_subnet)["NetworkAcls"]
    (now,) = [each for each in default["Associations"] if each["SubnetId"] == subnet]
    ec2.replace_network_acl_association(
        AssociationId=now["NetworkAclAssociationId"], NetworkAclId=acl
    )
    (found,) = ec2.describe_network_acls(Filters=of_subnet)["NetworkAcls"]
    assert found["NetworkAclId"] == acl
    with pytest.raises(ClientError, match="DependencyViolation"):
        ec2.delete_network_acl(NetworkAclId=acl)
    ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_network_acl(NetworkAclId=acl)
