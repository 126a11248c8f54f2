"""The types of the network."""

from __future__ import annotations

from tests.local.provider.case import BLOCKS, Case, fresh

NETWORK: dict[str, Case] = {
    "vpc": Case(
        type="aws:ec2/vpc:Vpc",
        inputs=lambda _: {
            "cidrBlock": "10.9.0.0/16",
            "enableDnsHostnames": True,
            "enableDnsSupport": True,
            "tags": {"Name": "vpc"},
        },
        updates=({"enableDnsHostnames": False}, {"tags": {"Name": "other", "team": "a"}}),
        replaces=({"cidrBlock": "10.8.0.0/16"},),
        drift=lambda aws, vpc: aws("ec2").modify_vpc_attribute(
            VpcId=vpc.id, EnableDnsHostnames={"Value": False}
        ),
        drifted="enableDnsHostnames",
    ),
    "subnet": Case(
        type="aws:ec2/subnet:Subnet",
        inputs=lambda need: {
            "vpcId": need("vpc").id,
            "availabilityZone": "eu-west-1a",
            "cidrBlock": next(BLOCKS),
            "mapPublicIpOnLaunch": False,
            "assignIpv6AddressOnCreation": False,
            "tags": {"Name": "subnet"},
        },
        updates=({"mapPublicIpOnLaunch": True}, {"tags": None}),
        replaces=({"cidrBlock": "10.9.255.0/24"}, {"availabilityZone": "eu-west-1b"}),
        drift=lambda aws, subnet: aws("ec2").modify_subnet_attribute(
            SubnetId=subnet.id, MapPublicIpOnLaunch={"Value": True}
        ),
        drifted="mapPublicIpOnLaunch",
    ),
    "internet gateway": Case(
        type="aws:ec2/internetGateway:InternetGateway",
        inputs=lambda need: {"vpcId": need(fresh("vpc of gateway #")).id},
        drift=lambda aws, gateway: aws("ec2").detach_internet_gateway(
            InternetGatewayId=gateway.id, VpcId=gateway.outputs["vpcId"]
        ),
        drifted="vpcId",
    ),
    "eip": Case(
        type="aws:ec2/eip:Eip",
        inputs=lambda _: {"tags": {"Name": "eip"}},
        updates=({"tags": {"Name": "eip-2"}},),
    ),
    "nat gateway": Case(
        type="aws:ec2/natGateway:NatGateway",
        inputs=lambda need: {
            "allocationId": need(fresh("eip of nat #")).id,
            "subnetId": need("subnet of nat").id,
            "tags": {"Name": "nat"},
        },
        updates=({"tags": {"Name": "nat-2"}},),
        replaces=({"subnetId": "subnet-00000000000000000"},),
    ),
    "route table": Case(
        type="aws:ec2/routeTable:RouteTable",
        inputs=lambda need: {"vpcId": need("vpc").id, "tags": {"Name": "table"}},
        updates=({"tags": {}},),
    ),
    "route": Case(
        type="aws:ec2/route:Route",
        inputs=lambda need: {
            "routeTableId": need("route table").id,
            "destinationCidrBlock": "0.0.0.0/0",
            "gatewayId": need("internet gateway").id,
        },
        replaces=({"destinationCidrBlock": "10.0.0.0/8"},),
        drift=lambda aws, route: aws("ec2").delete_route(
            RouteTableId=route.outputs["routeTableId"], DestinationCidrBlock="0.0.0.0/0"
        ),
    ),
    "route table association": Case(
        type="aws:ec2/routeTableAssociation:RouteTableAssociation",
        inputs=lambda need: {
            "routeTableId": need("route table").id,
            "subnetId": need("subnet of association").id,
        },
        replaces=({"subnetId": "subnet-00000000000000000"},),
    ),
    "security group": Case(
        type="aws:ec2/securityGroup:SecurityGroup",
        inputs=lambda need: {
            "description": "tasks of the ledger",
            "vpcId": need("vpc").id,
            "tags": {"Name": "ledger"},
        },
        updates=({"revokeRulesOnDelete": True}, {"tags": {"Name": "ledger-2"}}),
        replaces=({"description": "another"}, {"name": "chosen"}),
    ),
    "default security group": Case(
        type="aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        inputs=lambda need: {"vpcId": need("vpc").id, "ingress": [], "egress": []},
        updates=({"tags": {"Name": "closed"}},),
        drift=lambda aws, group: aws("ec2").authorize_security_group_ingress(
            GroupId=group.id, CidrIp="0.0.0.0/0", IpProtocol="tcp", FromPort=22, ToPort=22
        ),
        drifted="ingress",
        stays=True,
    ),
    "ingress rule": Case(
        type="aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        inputs=lambda need: {
            "securityGroupId": need("security group").id,
            "description": "callers",
            "ipProtocol": "tcp",
            "fromPort": 8000,
            "toPort": 8000,
            "referencedSecurityGroupId": need("security group of caller").id,
        },
        updates=({"description": "other callers"}, {"fromPort": 9000, "toPort": 9000}),
        replaces=({"referencedSecurityGroupId": None, "cidrIpv4": "10.0.0.0/8"},),
        drift=lambda aws, rule: aws("ec2").revoke_security_group_ingress(
            GroupId=rule.outputs["securityGroupId"], SecurityGroupRuleIds=[rule.id]
        ),
    ),
    "egress rule": Case(
        type="aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        inputs=lambda need: {
            "securityGroupId": need("security group").id,
            "ipProtocol": "-1",
            "cidrIpv4": "0.0.0.0/0",
            "description": "everywhere",
        },
        updates=({"tags": {"Name": "rule"}}, {"cidrIpv4": "10.0.0.0/8"}),
        replaces=({"securityGroupId": "sg-00000000000000000"},),
    ),
    "network acl": Case(
        type="aws:ec2/networkAcl:NetworkAcl",
        inputs=lambda need: {
            "vpcId": need("vpc").id,
            "subnetIds": [need("subnet of acl").id],
            "ingress": [
                {
                    "action": "allow",
                    "ruleNo": 100,
                    "protocol": "tcp",
                    "fromPort": 5432,
                    "toPort": 5432,
                    "cidrBlock": "10.9.0.0/20",
                }
            ],
            "egress": [
                {
                    "action": "allow",
                    "ruleNo": 200,
                    "protocol": "-1",
                    "fromPort": 0,
                    "toPort": 0,
                    "cidrBlock": "10.9.0.0/16",
                }
            ],
        },
        updates=({"subnetIds": []}, {"ingress": []}),
        drift=lambda aws, acl: aws("ec2").replace_network_acl_entry(
            NetworkAclId=acl.id,
            RuleNumber=100,
            Protocol="6",
            PortRange={"From": 1, "To": 65535},
            CidrBlock="0.0.0.0/0",
            RuleAction="allow",
            Egress=False,
        ),
        drifted="ingress",
    ),
    "gateway endpoint": Case(
        type="aws:ec2/vpcEndpoint:VpcEndpoint",
        inputs=lambda need: {
            "vpcId": need("vpc").id,
            "serviceName": "com.amazonaws.eu-west-1.s3",
            "vpcEndpointType": "Gateway",
            "routeTableIds": [need("route table").id],
            "policy": '{"Version": "2012-10-17", "Statement": []}',
        },
        updates=({"routeTableIds": []},),
        drift=lambda aws, endpoint: aws("ec2").modify_vpc_endpoint(
            VpcEndpointId=endpoint.id, RemoveRouteTableIds=endpoint.outputs["routeTableIds"]
        ),
        drifted="routeTableIds",
    ),
    "interface endpoint": Case(
        type="aws:ec2/vpcEndpoint:VpcEndpoint",
        inputs=lambda need: {
            "vpcId": need("vpc").id,
            "serviceName": "com.amazonaws.eu-west-1.logs",
            "vpcEndpointType": "Interface",
            "subnetIds": [need("subnet").id],
            "securityGroupIds": [need("security group").id],
            "privateDnsEnabled": True,
        },
        replaces=({"serviceName": "com.amazonaws.eu-west-1.kms"},),
    ),
    "flow log": Case(
        type="aws:ec2/flowLog:FlowLog",
        inputs=lambda need: {
            "vpcId": need("vpc").id,
            "trafficType": "ALL",
            "logDestinationType": "cloud-watch-logs",
            "logDestination": need("log group").outputs["arn"],
            "iamRoleArn": need("role").outputs["arn"],
            "logFormat": "${version} ${srcaddr}",
            "maxAggregationInterval": 600,
        },
        updates=({"tags": {"Name": "flows"}},),
        replaces=({"trafficType": "REJECT"},),
    ),
}
