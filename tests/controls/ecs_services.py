"""Controls on ECS services: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

import re
from typing import Any, Final

from tests.controls.network import ASSOCIATION, ROUTE, SUBNET, identity
from tests.controls.revisions import revisions
from tests.controls.task_life import SERVICE
from tests.engine.recording import Recording
from tests.engine.registration import Registration

TARGET: Final = "aws:appautoscaling/target:Target"
DISCOVERY_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def services_are_not_on_the_internet(recording: Recording) -> list[str]:
    """ECS.2 and ECS.16: no public address, and no subnet from which a gateway leads straight out."""
    public = _public_subnets(recording)
    findings = []
    for service in recording.all(SERVICE):
        network = service.inputs.get("networkConfiguration", {})
        if network.get("assignPublicIp") is not False:
            findings.append(f"{service.name}: has public addresses")
        findings += [
            f"{service.name}: runs in the public subnet {each}"
            for each in network.get("subnets", [])
            if each in public
        ]
    return findings


def platform_versions_are_current(recording: Recording) -> list[str]:
    """ECS.10."""
    return [
        f"{service.name}: platform version {service.inputs['platformVersion']}"
        for service in recording.all(SERVICE)
        if service.inputs.get("platformVersion", "LATEST") not in ("LATEST", "1.4.0")
    ]


def nobody_enters_a_service(recording: Recording) -> list[str]:
    """ECS Exec would need a writable root, and it runs as root."""
    return [
        f"{service.name}: ECS Exec is on"
        for service in recording.all(SERVICE)
        if service.inputs.get("enableExecuteCommand") is not False
    ]


def rollouts_leave_no_gap_and_go_back(recording: Recording) -> list[str]:
    """As many healthy tasks as there shall be at every moment, and the old revision when the new one fails."""
    wanted: dict[str, Any] = {
        "deploymentMinimumHealthyPercent": 100,
        "deploymentMaximumPercent": 200,
        "deploymentCircuitBreaker": {"enable": True, "rollback": True},
        "availabilityZoneRebalancing": "ENABLED",
        "waitForSteadyState": False,  # true would take a rollback for success
    }
    return [
        f"{service.name}: {key} is {service.inputs.get(key)}"
        for service in recording.all(SERVICE)
        for key, value in wanted.items()
        if service.inputs.get(key) != value
    ]


def the_number_of_tasks_is_the_autoscalers(recording: Recording) -> list[str]:
    """Without ignore_changes every update would set it back."""
    scaled = {each.inputs["resourceId"].rsplit("/", 1)[-1] for each in recording.all(TARGET)}
    findings = [
        f"{service.name}: an update sets the number of tasks back"
        for service in recording.all(SERVICE)
        if "desiredCount" not in service.ignore_changes
    ]
    return findings + [
        f"{service.name}: nothing scales it"
        for service in recording.all(SERVICE)
        if service.inputs["name"] not in scaled
    ]


def new_capacity_replaces_no_service(recording: Recording) -> list[str]:
    """The provider replaces a service whose strategy changes, unless a deployment is forced."""
    return [
        f"{service.name}: replaced when its capacity providers change"
        for service in recording.all(SERVICE)
        if service.inputs.get("forceNewDeployment") is not True
        or not service.inputs.get("capacityProviderStrategies")
    ]


def services_are_servers_of_service_connect(recording: Recording) -> list[str]:
    """The first service of an empty namespace never completes as a mere client; names are unique in it."""
    findings, taken = [], set()
    for service in recording.all(SERVICE):
        connect = service.inputs.get("serviceConnectConfiguration", {})
        endpoints = connect.get("services", [])
        if connect.get("enabled") is not True or len(endpoints) != 1:
            findings.append(f"{service.name}: is no server")
            continue
        (endpoint,) = endpoints
        name, aliases = endpoint.get("discoveryName", ""), endpoint.get("clientAlias", [])
        if not DISCOVERY_NAME.fullmatch(name) or name in taken:
            findings.append(f"{service.name}: cannot be discovered as {name!r}")
        if len(aliases) != 1 or not aliases[0].get("dnsName"):
            findings.append(f"{service.name}: has {len(aliases)} names for its callers")
        if endpoint.get("portName") not in _http_ports(recording, service):
            findings.append(f"{service.name}: serves no HTTP port named {endpoint.get('portName')}")
        taken.add(name)
    return findings


def tags_reach_the_tasks(recording: Recording) -> list[str]:
    """Cost and ownership are read off the tasks, which is where the money goes."""
    return [
        f"{service.name}: {key} is {service.inputs.get(key)}"
        for service in recording.all(SERVICE)
        for key, wanted in (("propagateTags", "SERVICE"), ("enableEcsManagedTags", True))
        if service.inputs.get(key) != wanted
    ]


def tasks_have_time_to_start(recording: Recording) -> list[str]:
    """The grace period is 0 unless set, and covers the health checks of containers too."""
    return [
        f"{service.name}: health checks count from the first second"
        for service in recording.all(SERVICE)
        if service.inputs.get("healthCheckGracePeriodSeconds", 0) <= 0
    ]


def _public_subnets(recording: Recording) -> set[str]:
    gates = {
        each.inputs["routeTableId"] for each in recording.all(ROUTE) if "gatewayId" in each.inputs
    }
    public = {
        each.inputs["subnetId"]
        for each in recording.all(ASSOCIATION)
        if each.inputs["routeTableId"] in gates
    }
    return public & {identity(each) for each in recording.all(SUBNET)}


def _http_ports(recording: Recording, service: Registration) -> set[str]:
    return {
        mapping.get("name", "")
        for urn in revisions(recording, service)
        for container in recording.registrations[urn].json("containerDefinitions")
        for mapping in container.get("portMappings", [])
        if mapping.get("appProtocol") == "http"
    }
