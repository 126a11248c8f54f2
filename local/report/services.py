"""What runs in the local account, read from the account itself and not from the engine's state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.report.clients import client
from stacks.names import cluster_name

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_ecs.type_defs import ServiceTypeDef
    from mypy_boto3_elbv2 import ElasticLoadBalancingv2Client

PAGE = 10  # describe_services takes no more at once


@dataclass(frozen=True, kw_only=True)
class ServiceRow:
    """One service as the table shows it."""

    service: str
    revision: str
    image: str
    tasks: str
    rollout: str
    host: str


def service_rows(stack: str, endpoint: str, region: str) -> list[ServiceRow]:
    """Read each service of the stack's cluster; none when there is no cluster yet."""
    ecs = client("ecs", endpoint, region)
    hosts = _hosts(client("elbv2", endpoint, region))
    try:
        found = list(_services(ecs, cluster_name(stack)))
    except ecs.exceptions.ClusterNotFoundException:
        return []
    return sorted((_row(ecs, each, hosts) for each in found), key=lambda row: row.service)


def _services(ecs: ECSClient, cluster: str) -> Iterator[ServiceTypeDef]:
    arns = [
        arn
        for page in ecs.get_paginator("list_services").paginate(cluster=cluster)
        for arn in page["serviceArns"]
    ]
    for i in range(0, len(arns), PAGE):
        yield from ecs.describe_services(cluster=cluster, services=arns[i : i + PAGE])["services"]


def _row(ecs: ECSClient, service: ServiceTypeDef, hosts: dict[str, str]) -> ServiceRow:
    definition = service["taskDefinition"]
    containers = ecs.describe_task_definition(taskDefinition=definition)["taskDefinition"][
        "containerDefinitions"
    ]
    primary = next(each for each in service["deployments"] if each["status"] == "PRIMARY")
    groups = [each.get("targetGroupArn", "") for each in service.get("loadBalancers", [])]
    return ServiceRow(
        service=service["serviceName"],
        revision=definition.rsplit(":", 1)[-1],
        image=short_image(containers[0]["image"]),
        tasks=f"{service['runningCount']}/{service['desiredCount']}",
        rollout=primary.get("rolloutState", "unknown").lower().replace("_", " "),
        host=next((hosts[group] for group in groups if group in hosts), "-"),
    )


def _hosts(balancing: ElasticLoadBalancingv2Client) -> dict[str, str]:
    """Map each target group to the hosts whose requests it gets."""
    hosts: dict[str, list[str]] = {}
    for balancer in balancing.describe_load_balancers()["LoadBalancers"]:
        listeners = balancing.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])
        for listener in listeners["Listeners"]:
            rules = balancing.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
            for rule in rules:
                names = [
                    value
                    for condition in rule.get("Conditions", [])
                    if condition.get("Field") == "host-header"
                    for value in condition.get("HostHeaderConfig", {}).get("Values")
                    or condition.get("Values", [])
                ]
                for action in rule.get("Actions", []):
                    if names and "TargetGroupArn" in action:
                        hosts.setdefault(action["TargetGroupArn"], []).extend(names)
    return {group: ", ".join(names) for group, names in hosts.items()}


def short_image(image: str) -> str:
    """Shorten an image to what tells it from others: the last part of its repository, and tag or start of its digest."""
    name = image.rsplit("/", 1)[-1]
    repository, at, digest = name.partition("@sha256:")
    return f"{repository}@{digest[:12]}" if at else name
