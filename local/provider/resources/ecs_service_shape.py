"""An ECS service in the provider's schema and in the API: the same things, arranged differently."""

from __future__ import annotations

from typing import Final

from local.provider.values import Props, Value, picked

# Inputs that the API takes as they are, some of them under another name.
ALIKE: Final = {
    "availabilityZoneRebalancing": "availabilityZoneRebalancing",
    "capacityProviderStrategies": "capacityProviderStrategy",
    "desiredCount": "desiredCount",
    "enableEcsManagedTags": "enableECSManagedTags",
    "enableExecuteCommand": "enableExecuteCommand",
    "healthCheckGracePeriodSeconds": "healthCheckGracePeriodSeconds",
    "loadBalancers": "loadBalancers",
    "platformVersion": "platformVersion",
    "propagateTags": "propagateTags",
    "taskDefinition": "taskDefinition",
}
# Members of the API's deploymentConfiguration that are inputs of their own.
DEPLOYMENT: Final = {
    "alarms": "alarms",
    "deploymentCircuitBreaker": "deploymentCircuitBreaker",
    "deploymentMaximumPercent": "maximumPercent",
    "deploymentMinimumHealthyPercent": "minimumHealthyPercent",
}
NESTED: Final = ("networkConfiguration", "serviceConnectConfiguration")
# What a service has only if it is given one: without it in the program, what the service has is to go.
REMOVABLE: Final = frozenset({"loadBalancers", "serviceConnectConfiguration"})
# What only a new service can take.
AT_CREATION: Final = ("deploymentController", "launchType", "schedulingStrategy")
# The names of one member of Service Connect, here and in the API.
CLIENT_ALIASES: Final = ("clientAlias", "clientAliases")


def to_aws(new: Props, names: frozenset[str]) -> Props:
    """Write those inputs as CreateService and UpdateService take them."""
    written: Props = {}
    for name, theirs in ALIKE.items():
        value = new.get(name, [] if name in REMOVABLE else None)
        if name in names and value is not None:
            written[theirs] = value
    if names & {*DEPLOYMENT}:
        # The API takes this object as a whole: what is left out of it goes back to its default.
        deployment = {
            theirs: new[name] for name, theirs in DEPLOYMENT.items() if new.get(name) is not None
        }
        written["deploymentConfiguration"] = deployment
    if "networkConfiguration" in names and new.get("networkConfiguration"):
        written["networkConfiguration"] = {"awsvpcConfiguration": _network(new)}
    if "serviceConnectConfiguration" in names:
        connect = new.get("serviceConnectConfiguration") or {"enabled": False}
        written["serviceConnectConfiguration"] = _connect(connect, CLIENT_ALIASES)
    return written


def from_aws(service: Props) -> Props:
    """Read a service's inputs from DescribeServices."""
    deployment = service.get("deploymentConfiguration") or {}
    network = (service.get("networkConfiguration") or {}).get("awsvpcConfiguration")
    return {
        **{name: service.get(theirs) for name, theirs in ALIKE.items()},
        **{name: deployment.get(theirs) for name, theirs in DEPLOYMENT.items()},
        **{name: service.get(name) for name in AT_CREATION},
        "networkConfiguration": network
        and {
            **picked(network, subnets="subnets", securityGroups="securityGroups"),
            "assignPublicIp": network.get("assignPublicIp") == "ENABLED",
        },
        "serviceConnectConfiguration": _service_connect(service),
    }


def _network(new: Props) -> Props:
    network = new["networkConfiguration"]
    written = {
        "subnets": network["subnets"],
        "assignPublicIp": "ENABLED" if network.get("assignPublicIp") else "DISABLED",
    }
    if network.get("securityGroups"):
        written["securityGroups"] = network["securityGroups"]
    return written


def _service_connect(service: Props) -> Value:
    """Service Connect belongs to a deployment: what holds is in the latest one."""
    for deployment in service.get("deployments", []):
        if deployment["status"] == "PRIMARY":
            connect = deployment.get("serviceConnectConfiguration")
            if connect and connect.get("enabled"):
                return _connect(connect, CLIENT_ALIASES[::-1])
    return None


def _connect(connect: Props, rename: tuple[str, str]) -> Props:
    before, after = rename
    services = [
        {after if key == before else key: value for key, value in each.items()}
        for each in connect.get("services") or []
    ]
    return {**connect, **({"services": services} if services else {})}
