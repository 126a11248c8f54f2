"""Ways from a VPC to AWS's services, and the record of its traffic."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

import json
from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.resources.ec2_tags import specification
from local.provider.values import Props, picked

# The lists of an endpoint, with the arguments that change them one by one.
MEMBERS: Final = {
    "routeTableIds": "RouteTableIds",
    "securityGroupIds": "SecurityGroupIds",
    "subnetIds": "SubnetIds",
}


class VpcEndpoint(Handler):
    """aws.ec2.VpcEndpoint."""

    type = "aws:ec2/vpcEndpoint:VpcEndpoint"
    inputs = words("policy privateDnsEnabled serviceName tags vpcEndpointType vpcId") | {*MEMBERS}
    replace = words("serviceName vpcEndpointType vpcId")
    computed = (
        "arn",
        "cidrBlocks",
        "dnsEntries",
        "networkInterfaceIds",
        "ownerId",
        "policy",
        "prefixListId",
        "requesterManaged",
        "state",
    )
    tagging = "ec2"

    def create(self, aws: Aws, new: Props) -> str:
        lists = {theirs: new[name] for name, theirs in MEMBERS.items() if new.get(name)}
        policy = {"PolicyDocument": new["policy"]} if new.get("policy") else {}
        answer = aws("ec2").create_vpc_endpoint(
            VpcId=new["vpcId"],
            ServiceName=new["serviceName"],
            VpcEndpointType=new.get("vpcEndpointType", "Gateway"),
            PrivateDnsEnabled=new.get("privateDnsEnabled", False),
            TagSpecifications=specification("vpc-endpoint", new),
            **lists,
            **policy,
        )
        return str(answer["VpcEndpoint"]["VpcEndpointId"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        ec2 = aws("ec2")
        endpoint = ec2.describe_vpc_endpoints(VpcEndpointIds=[identity])["VpcEndpoints"][0]
        if endpoint["State"] in {"deleting", "deleted"}:
            return None
        return {
            "arn": aws.arn("ec2", f"vpc-endpoint/{identity}"),
            **picked(
                endpoint,
                vpcId="VpcId",
                serviceName="ServiceName",
                vpcEndpointType="VpcEndpointType",
                policy="PolicyDocument",
                privateDnsEnabled="PrivateDnsEnabled",
                routeTableIds="RouteTableIds",
                subnetIds="SubnetIds",
                networkInterfaceIds="NetworkInterfaceIds",
                requesterManaged="RequesterManaged",
            ),
            "securityGroupIds": [each["GroupId"] for each in endpoint.get("Groups", [])],
            "ownerId": endpoint.get("OwnerId", aws.account_id),
            "state": endpoint["State"].lower(),
            "dnsEntries": [
                picked(each, dnsName="DnsName", hostedZoneId="HostedZoneId")
                for each in endpoint.get("DnsEntries", [])
            ],
            **self._addresses(aws, endpoint),
        }

    @staticmethod
    def _addresses(aws: Aws, endpoint: Props) -> Props:
        """Look up the addresses behind a gateway endpoint, which routes and security groups name by their list."""
        if endpoint["VpcEndpointType"] != "Gateway":
            return {"prefixListId": None, "cidrBlocks": []}
        by_name = {"Name": "prefix-list-name", "Values": [endpoint["ServiceName"]]}
        lists = aws("ec2").describe_prefix_lists(Filters=[by_name])["PrefixLists"]
        return picked(lists[0], prefixListId="PrefixListId", cidrBlocks="Cidrs")

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        changes: Props = {}
        for name, theirs in MEMBERS.items():
            before, after = set(old.get(name) or []), set(new.get(name) or [])
            changes[f"Add{theirs}"] = sorted(after - before)
            changes[f"Remove{theirs}"] = sorted(before - after)
        if new.get("policy") and new["policy"] != old.get("policy"):
            changes["PolicyDocument"] = json.dumps(json.loads(new["policy"]))
        if new.get("privateDnsEnabled", False) != old.get("privateDnsEnabled", False):
            changes["PrivateDnsEnabled"] = new.get("privateDnsEnabled", False)
        given = {key: value for key, value in changes.items() if value not in ([], None)}
        aws("ec2").modify_vpc_endpoint(VpcEndpointId=identity, **given)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ec2").delete_vpc_endpoints(VpcEndpointIds=[identity])


class FlowLog(Handler):
    """aws.ec2.FlowLog of a VPC."""

    type = "aws:ec2/flowLog:FlowLog"
    inputs = words(
        "iamRoleArn logDestination logDestinationType logFormat maxAggregationInterval tags"
        " trafficType vpcId"
    )
    # All but the tags: a flow log cannot be changed.
    replace = inputs - {"tags"}
    computed = ("arn", "logFormat")
    tagging = "ec2"

    def create(self, aws: Aws, new: Props) -> str:
        optional = {
            "DeliverLogsPermissionArn": new.get("iamRoleArn"),
            "LogDestination": new.get("logDestination"),
            "LogFormat": new.get("logFormat"),
        }
        answer = aws("ec2").create_flow_logs(
            ResourceIds=[new["vpcId"]],
            ResourceType="VPC",
            TrafficType=new["trafficType"],
            LogDestinationType=new.get("logDestinationType", "cloud-watch-logs"),
            MaxAggregationInterval=new.get("maxAggregationInterval", 600),
            TagSpecifications=specification("vpc-flow-log", new),
            **{key: value for key, value in optional.items() if value},
        )
        return str(answer["FlowLogIds"][0])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("ec2").describe_flow_logs(FlowLogIds=[identity])["FlowLogs"]
        if not found:
            return None
        return {
            "arn": aws.arn("ec2", f"vpc-flow-log/{identity}"),
            **picked(
                found[0],
                vpcId="ResourceId",
                trafficType="TrafficType",
                iamRoleArn="DeliverLogsPermissionArn",
                logDestination="LogDestination",
                logDestinationType="LogDestinationType",
                logFormat="LogFormat",
                maxAggregationInterval="MaxAggregationInterval",
            ),
        }

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ec2").delete_flow_logs(FlowLogIds=[identity])


HANDLERS: Final = (VpcEndpoint(), FlowLog())
