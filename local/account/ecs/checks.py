"""What ECS refuses and moto does not: mistakes that would otherwise be found on AWS only."""

from __future__ import annotations

from typing import Any, Final

from moto.core.exceptions import ServiceException
from moto.ec2.models import ec2_backends
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import Cluster, TaskDefinition
from moto.elbv2.models import elbv2_backends

from local.account.ecs.region import Region

Json = dict[str, Any]

FARGATE: Final = ("FARGATE", "FARGATE_SPOT")


def check_service(
    here: Region, cluster: Cluster, definition: TaskDefinition, settings: Json
) -> None:
    """Refuse a service that could not run."""
    check_capacity(cluster, settings)
    check_network(here, settings)
    for each in settings.get("loadBalancers", []):
        _check_load_balancer(here, definition, each)


def check_capacity(cluster: Cluster, settings: Json) -> None:
    """Refuse what is not Fargate, and providers that the cluster does not have."""
    strategy = settings.get("capacityProviderStrategy") or []
    if settings.get("launchType") and strategy:
        raise InvalidParameterException(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."
        )
    if not strategy and settings.get("launchType") != "FARGATE":
        raise InvalidParameterException(
            "No Container Instances were found in your cluster: give a capacity provider strategy or launch type FARGATE."
        )
    for each in strategy:
        if each["capacityProvider"] not in (cluster.capacity_providers or []):
            raise InvalidParameterException(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated"
                f" with the cluster: {each['capacityProvider']}."
            )


def check_network(here: Region, settings: Json) -> None:
    """Refuse a missing network configuration, and subnets and security groups that do not exist."""
    network = settings.get("networkConfiguration", {}).get("awsvpcConfiguration")
    if not network:
        raise InvalidParameterException(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified."
        )
    backend = ec2_backends[here.account_id][here.region]
    try:
        backend.describe_subnets(subnet_ids=network["subnets"])
        if groups := network.get("securityGroups"):
            backend.describe_security_groups(group_ids=groups)
    except ServiceException as error:
        raise InvalidParameterException(f"Error retrieving network information: {error}") from error


def check_overrides(definition: TaskDefinition, request: Json) -> None:
    """Refuse overrides of containers that the task does not have."""
    names = [each["name"] for each in definition.container_definitions]
    for each in request.get("overrides", {}).get("containerOverrides", []):
        if each["name"] not in names:
            raise InvalidParameterException(
                f"Override for container named {each['name']} is not a container in the TaskDefinition."
            )


def _check_load_balancer(here: Region, definition: TaskDefinition, wanted: Json) -> None:
    arn, name, port = (
        wanted.get("targetGroupArn", ""),
        wanted["containerName"],
        wanted["containerPort"],
    )
    backend = elbv2_backends[here.account_id][here.region]
    if arn not in backend.target_groups:
        raise InvalidParameterException(
            f"Unable to assume role and validate the specified targetGroupArn: {arn} not found."
        )
    if not backend._any_listener_using(arn):  # noqa: SLF001 - moto 5.2.1 offers nothing else
        raise InvalidParameterException(
            f"The target group with targetGroupArn {arn} does not have an associated load balancer."
        )
    containers: list[Json] = definition.container_definitions
    ports = {
        each["name"]: [mapping["containerPort"] for mapping in each.get("portMappings", [])]
        for each in containers
    }
    if name not in ports:
        raise InvalidParameterException(
            f"The container {name} does not exist in the task definition."
        )
    if port not in ports[name]:
        raise InvalidParameterException(
            f"The container {name} did not have a container port {port} defined."
        )
