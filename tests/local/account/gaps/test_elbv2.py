"""A protected load balancer stays."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import Workbench


def test_a_load_balancer_is_deleted_only_when_it_is_not_protected(bench: Workbench) -> None:
    client = bench.client("elbv2")
    made = client.create_load_balancer(Name=bench.cluster, Subnets=bench.subnets)
    arn = made["LoadBalancers"][0]["LoadBalancerArn"]

    def protect(value: str) -> None:
        attribute = {"Key": "deletion_protection.enabled", "Value": value}
        client.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[attribute])

    protect("true")
    with pytest.raises(ClientError, match=r"OperationNotPermitted.*deletion protection"):
        client.delete_load_balancer(LoadBalancerArn=arn)
    protect("false")
    client.delete_load_balancer(LoadBalancerArn=arn)
    with pytest.raises(ClientError, match="LoadBalancerNotFound"):
        client.describe_load_balancers(LoadBalancerArns=[arn])
