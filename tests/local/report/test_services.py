"""The table is read from the account itself, by the calls that an operator could make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from local.account.server import Account
from local.report.services import ServiceRow, service_rows, short_image
from local.report.table import table

REGION = "eu-west-1"
IMAGE = "444455556666.dkr.ecr.eu-west-1.amazonaws.com/turnstay-sample@sha256:"
DIGEST = "0123456789abcdef" * 4


@pytest.fixture
def account() -> Iterator[Account]:
    made = Account("444455556666", {}).start()
    yield made
    made.stop()


def client(account: Account, service: str) -> Any:
    return boto3.client(service, REGION, endpoint_url=account.endpoint)


def network(account: Account) -> tuple[str, list[str]]:
    ec2 = client(account, "ec2")
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    return vpc, [each["SubnetId"] for each in ec2.describe_subnets()["Subnets"][:2]]


def listener_for(account: Account, hosts: list[str]) -> str:
    """Make a load balancer whose rule gives a target group the requests to `hosts`; the group's ARN."""
    elb = client(account, "elbv2")
    vpc, subnets = network(account)
    balancer = elb.create_load_balancer(Name="public", Subnets=subnets)["LoadBalancers"][0][
        "LoadBalancerArn"
    ]
    group = elb.create_target_group(
        Name="api", Protocol="HTTP", Port=8000, VpcId=vpc, TargetType="ip"
    )["TargetGroups"][0]["TargetGroupArn"]
    listener = elb.create_listener(
        LoadBalancerArn=balancer,
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
    )["Listeners"][0]["ListenerArn"]
    elb.create_rule(
        ListenerArn=listener,
        Priority=1,
        Conditions=[{"Field": "host-header", "HostHeaderConfig": {"Values": hosts}}],
        Actions=[{"Type": "forward", "TargetGroupArn": group}],
    )
    return str(group)


def run_service(account: Account, name: str, **options: Any) -> None:
    ecs = client(account, "ecs")
    definition = ecs.register_task_definition(
        family=name,
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="256",
        memory="512",
        containerDefinitions=[
            {
                "name": name,
                "image": IMAGE + DIGEST,
                "portMappings": [{"containerPort": 8000}],
            }
        ],
    )["taskDefinition"]["taskDefinitionArn"]
    ecs.create_service(
        cluster="turnstay-prod",
        serviceName=name,
        taskDefinition=definition,
        desiredCount=0,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": network(account)[1]}},
        **options,
    )


def test_an_account_without_a_cluster_has_no_services(account: Account) -> None:
    assert service_rows("prod", account.endpoint, REGION) == []


def test_a_service_is_shown_with_its_revision_image_tasks_rollout_and_hosts(
    account: Account,
) -> None:
    client(account, "ecs").create_cluster(clusterName="turnstay-prod")
    group = listener_for(account, ["api.turnstay.com", "www.turnstay.com"])
    target = {"targetGroupArn": group, "containerName": "turnstay-api", "containerPort": 8000}
    run_service(account, "turnstay-api", loadBalancers=[target])
    run_service(account, "ledger")

    ledger, api = service_rows("prod", account.endpoint, REGION)

    assert api == ServiceRow(
        service="turnstay-api",
        revision="1",
        image="turnstay-sample@0123456789ab",
        tasks="0/0",
        rollout=api.rollout,
        host="api.turnstay.com, www.turnstay.com",
    )
    assert api.rollout in ("in progress", "completed")
    assert (ledger.service, ledger.host) == ("ledger", "-")


def test_more_services_than_one_answer_holds_are_all_shown(account: Account) -> None:
    client(account, "ecs").create_cluster(clusterName="turnstay-prod")
    names = [f"service-{i:02}" for i in range(12)]
    for name in names:
        run_service(account, name)

    assert [row.service for row in service_rows("prod", account.endpoint, REGION)] == names


@pytest.mark.parametrize(
    ("image", "short"),
    [
        (IMAGE + DIGEST, "turnstay-sample@0123456789ab"),
        ("public.ecr.aws/docker/postgres:17", "postgres:17"),
        ("nginx", "nginx"),
    ],
)
def test_an_image_is_shortened_to_what_tells_it_from_others(image: str, short: str) -> None:
    assert short_image(image) == short


def test_a_table_has_aligned_columns() -> None:
    row = ServiceRow(
        service="ledger", revision="12", image="a@b", tasks="2/2", rollout="completed", host="-"
    )

    assert table([row]) == (
        "service  revision  image  tasks  rollout    host\n"
        "ledger   12        a@b    2/2    completed  -"
    )
