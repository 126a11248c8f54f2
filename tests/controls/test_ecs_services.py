"""Controls on ECS services hold, and each is seen to fail on a service that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import ecs_services as controls
from tests.controls.compute_sample import compute
from tests.controls.ecs_services import TARGET
from tests.controls.mutation import (
    Change,
    Mutation,
    becomes,
    controls_of,
    each_of,
    removing,
    setting,
)
from tests.controls.network import ASSOCIATION, ROUTE, SUBNET
from tests.controls.tables import table
from tests.controls.task_life import SERVICE
from tests.controls.tasks import TASK
from tests.engine.mutate import DELETE, added, with_options
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording


def _set(path: str, value: Any = DELETE) -> Change:
    return setting(SERVICE, "ledger-service", path, value)


def _in_a_public_subnet(recording: Recording) -> Recording:
    recording = added(recording, SUBNET, "open", {})
    recording = added(recording, ASSOCIATION, "open", {"subnetId": "open-id", "routeTableId": "t"})
    recording = added(recording, ROUTE, "out", {"routeTableId": "t", "gatewayId": "igw"})
    return _set("networkConfiguration.subnets", ["private-a", "open-id"])(recording)


def _counted_by_updates(recording: Recording) -> Recording:
    return with_options(recording, SERVICE, "ledger-service", ignore_changes=())


CONNECT = "serviceConnectConfiguration"
MUTATIONS = [
    *table(
        controls.services_are_not_on_the_internet,
        "has public addresses",
        ("an address", _set("networkConfiguration.assignPublicIp", value=True)),
        ("by default", _set("networkConfiguration.assignPublicIp")),
        ("no network", _set("networkConfiguration")),
    ),
    *table(
        controls.services_are_not_on_the_internet,
        "runs in the public subnet open-id",
        ("a public subnet", _in_a_public_subnet),
    ),
    *table(
        controls.platform_versions_are_current,
        "platform version 1.3.0",
        ("an old platform", _set("platformVersion", "1.3.0")),
    ),
    *table(
        controls.nobody_enters_a_service,
        "ECS Exec is on",
        ("on", _set("enableExecuteCommand", value=True)),
        ("by default", _set("enableExecuteCommand")),
    ),
    *table(
        controls.rollouts_leave_no_gap_and_go_back,
        "ledger-service: ",
        *(
            (f"{path} {becomes(value)}", _set(path, value))
            for path, value in (
                ("deploymentMinimumHealthyPercent", 50),
                ("deploymentMinimumHealthyPercent", DELETE),
                ("deploymentMaximumPercent", 100),
                ("deploymentCircuitBreaker", DELETE),
                ("deploymentCircuitBreaker.enable", False),
                ("deploymentCircuitBreaker.rollback", False),
                ("availabilityZoneRebalancing", "DISABLED"),
                ("waitForSteadyState", True),
            )
        ),
    ),
    *table(
        controls.the_number_of_tasks_is_the_autoscalers,
        "an update sets the number of tasks back",
        ("counted by updates", _counted_by_updates),
    ),
    *table(
        controls.the_number_of_tasks_is_the_autoscalers,
        "ledger-service: nothing scales it",
        ("no autoscaling", removing(TARGET, "ledger-target")),
        ("of another service", setting(TARGET, "ledger-target", "resourceId", "service/x/y")),
    ),
    *table(
        controls.new_capacity_replaces_no_service,
        "replaced when its capacity providers change",
        ("not forced", _set("forceNewDeployment", value=False)),
        ("by default", _set("forceNewDeployment")),
        ("a launch type", _set("capacityProviderStrategies")),
    ),
    *table(
        controls.services_are_servers_of_service_connect,
        "is no server",
        ("outside", _set(CONNECT)),
        ("off", _set(f"{CONNECT}.enabled", value=False)),
        ("a mere client", _set(f"{CONNECT}.services")),
    ),
    *table(
        controls.services_are_servers_of_service_connect,
        "cannot be discovered as",
        ("an upper case", _set(f"{CONNECT}.services.0.discoveryName", "Ledger")),
        ("a long name", _set(f"{CONNECT}.services.0.discoveryName", "x" * 65)),
        ("another's name", _set(f"{CONNECT}.services.0.discoveryName", "api")),
    ),
    *table(
        controls.services_are_servers_of_service_connect,
        "names for its callers",
        ("no alias", _set(f"{CONNECT}.services.0.clientAlias")),
        ("two", _set(f"{CONNECT}.services.0.clientAlias", [{"dnsName": "a"}, {"dnsName": "b"}])),
    ),
    *table(
        controls.services_are_servers_of_service_connect,
        "serves no HTTP port named",
        ("another port", _set(f"{CONNECT}.services.0.portName", "metrics")),
        (
            "a nameless one",
            setting(TASK, "ledger-task", "containerDefinitions!.0.portMappings.0.name"),
        ),
        (
            "one without metrics",
            setting(TASK, "ledger-task", "containerDefinitions!.0.portMappings.0.appProtocol"),
        ),
    ),
    *table(
        controls.tags_reach_the_tasks,
        "ledger-service: ",
        ("no tags", _set("propagateTags", "NONE")),
        ("not ECS's own", _set("enableEcsManagedTags", value=False)),
    ),
    *table(
        controls.tasks_have_time_to_start,
        "count from the first second",
        ("none", _set("healthCheckGracePeriodSeconds", 0)),
        ("by default", _set("healthCheckGracePeriodSeconds")),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_service_is_found(mutation: Mutation) -> None:
    assert mutation.missed(compute()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
