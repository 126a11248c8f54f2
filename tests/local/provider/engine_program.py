"""A program of the providers, as small as one that uses all they are for can be."""

from __future__ import annotations

import json

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx
import pulumi_random as random

ACCOUNT_ID = "111122223333"
PASSWORD_LENGTH = 40
ZONES = ("eu-west-1a", "eu-west-1b")


def program() -> None:
    """Register a network by awsx and what stands in it, all by one explicit provider."""
    provider = aws.Provider(
        "aws",
        region="eu-west-1",
        allowed_account_ids=[ACCOUNT_ID],
        default_tags=aws.ProviderDefaultTagsArgs(tags={"project": "turnstay"}),
    )
    child = pulumi.ResourceOptions(provider=provider)
    vpc = awsx.ec2.Vpc(
        "network",
        cidr_block="10.7.0.0/16",
        availability_zone_names=list(ZONES),
        subnet_strategy=awsx.ec2.SubnetAllocationStrategy.AUTO,
        nat_gateways=awsx.ec2.NatGatewayConfigurationArgs(
            strategy=awsx.ec2.NatGatewayStrategy.SINGLE
        ),
        subnet_specs=[
            _group(awsx.ec2.SubnetType.PUBLIC, "public", 0),
            _group(awsx.ec2.SubnetType.PRIVATE, "private", 8),
            _group(awsx.ec2.SubnetType.ISOLATED, "data", 16),
        ],
        opts=pulumi.ResourceOptions(providers=[provider], transforms=[_no_public_addresses]),
    )
    endpoint = aws.ec2.VpcEndpoint(
        "s3",
        vpc_id=vpc.vpc_id,
        service_name="com.amazonaws.eu-west-1.s3",
        route_table_ids=vpc.route_tables.apply(lambda tables: [table.id for table in tables]),
        opts=child,
    )
    group = aws.cloudwatch.LogGroup("log", retention_in_days=30, opts=child)
    role = aws.iam.Role(
        "role",
        assume_role_policy=json.dumps({"Version": "2012-10-17", "Statement": []}),
        opts=child,
    )
    secret = aws.secretsmanager.Secret("secret", recovery_window_in_days=0, opts=child)
    password = random.RandomPassword(
        "password", length=PASSWORD_LENGTH, special=False, keepers={"epoch": "0"}
    )
    aws.secretsmanager.SecretVersion(
        "value",
        secret_id=secret.id,
        secret_string=pulumi.Output.json_dumps({"password": password.result}),
        opts=child,
    )
    pulumi.export("secret", secret.arn)
    pulumi.export("isolated", vpc.isolated_subnet_ids)
    pulumi.export("zones", vpc.isolated_subnets.apply(lambda found: [each.tags for each in found]))
    pulumi.export("tables", endpoint.route_table_ids)
    pulumi.export("log", group.name)
    pulumi.export("role", role.name)
    pulumi.export("vpc", vpc.vpc_id)


def _group(kind: awsx.ec2.SubnetType, name: str, first: int) -> awsx.ec2.SubnetSpecArgs:
    blocks = [f"10.7.{first + index}.0/24" for index in range(len(ZONES))]
    return awsx.ec2.SubnetSpecArgs(type=kind, name=name, cidr_blocks=blocks)


def _no_public_addresses(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult:
    props = dict(args.props)
    if args.type_ == "aws:ec2/subnet:Subnet":
        props["mapPublicIpOnLaunch"] = False
    return pulumi.ResourceTransformResult(props=props, opts=args.opts)
