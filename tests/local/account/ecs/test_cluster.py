"""Clusters keep what they are given."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import SLEEP, Json, Workbench

LOUD = [{"name": "containerInsights", "value": "enhanced"}]
EXEC = {
    "executeCommandConfiguration": {
        "logging": "OVERRIDE",
        "logConfiguration": {"cloudWatchLogGroupName": "/t"},
    }
}


def described(bench: Workbench, name: str, *include: str) -> Json:
    found: Json = bench.ecs.describe_clusters(clusters=[name], include=list(include))["clusters"][0]
    return found


@pytest.fixture
def name(bench: Workbench) -> str:
    """A cluster with everything."""
    name = f"{bench.cluster}-full"
    bench.ecs.create_cluster(
        clusterName=name,
        settings=LOUD,
        configuration=EXEC,
        serviceConnectDefaults={"namespace": "arn:x"},
        tags=[{"key": "a", "value": "b"}],
    )
    return name


def test_settings_configurations_and_tags_are_shown_when_included(
    bench: Workbench, name: str
) -> None:
    shown = described(bench, name, "SETTINGS", "CONFIGURATIONS", "TAGS")
    assert (shown["settings"], shown["configuration"]) == (LOUD, EXEC)
    assert shown["serviceConnectDefaults"] == {"namespace": "arn:x"}
    assert shown["tags"] == [{"key": "a", "value": "b"}]
    assert not {"settings", "configuration", "tags"} & described(bench, name).keys()


def test_a_cluster_that_exists_is_not_made_again(bench: Workbench, name: str) -> None:
    again = bench.ecs.create_cluster(clusterName=name)["cluster"]
    assert (again["settings"], again["configuration"]) == (LOUD, EXEC)


def test_an_update_changes_what_it_names(bench: Workbench, name: str) -> None:
    quiet = [{"name": "containerInsights", "value": "disabled"}]
    bench.ecs.update_cluster_settings(cluster=name, settings=quiet)
    bench.ecs.put_cluster_capacity_providers(
        cluster=name,
        capacityProviders=["FARGATE"],
        defaultCapacityProviderStrategy=[{"capacityProvider": "FARGATE", "weight": 1}],
    )
    shown = described(bench, name, "SETTINGS", "CONFIGURATIONS")
    assert (shown["settings"], shown["configuration"]) == (quiet, EXEC)
    assert shown["capacityProviders"] == ["FARGATE"]
    assert shown["defaultCapacityProviderStrategy"][0]["capacityProvider"] == "FARGATE"


def test_a_setting_that_does_not_exist_is_refused(bench: Workbench) -> None:
    with pytest.raises(ClientError, match="enabled, disabled, enhanced"):
        bench.ecs.create_cluster(
            clusterName="x", settings=[{"name": "containerInsights", "value": "loud"}]
        )


def test_the_default_strategy_of_the_cluster_is_that_of_its_services(bench: Workbench) -> None:
    strategy = [{"capacityProvider": "FARGATE_SPOT", "base": 0, "weight": 1}]
    bench.ecs.put_cluster_capacity_providers(
        cluster=bench.cluster,
        capacityProviders=["FARGATE_SPOT"],
        defaultCapacityProviderStrategy=strategy,
    )
    service = {
        "cluster": bench.cluster,
        "serviceName": "web",
        "networkConfiguration": bench.network,
    }
    definition = bench.define({"command": SLEEP})
    bench.ecs.create_service(**service, taskDefinition=definition, desiredCount=1)
    assert bench.service()["capacityProviderStrategy"] == strategy


def test_a_cluster_with_something_in_it_stays(bench: Workbench) -> None:
    bench.create(bench.define({"command": SLEEP}), count=1)
    bench.rollout("COMPLETED")
    shown = described(bench, bench.cluster)
    assert (shown["activeServicesCount"], shown["runningTasksCount"]) == (1, 1)
    with pytest.raises(ClientError, match="ClusterContainsServicesException"):
        bench.ecs.delete_cluster(cluster=bench.cluster)
    bench.ecs.delete_service(cluster=bench.cluster, service="web", force=True)
    bench.inactive()
    arn = bench.run({"command": SLEEP})
    with pytest.raises(ClientError, match="ClusterContainsTasksException"):
        bench.ecs.delete_cluster(cluster=bench.cluster)
    bench.ecs.stop_task(cluster=bench.cluster, task=arn)
    bench.wait(arn)


def test_a_deleted_cluster_is_inactive_and_not_listed_and_can_be_made_anew(
    bench: Workbench, name: str
) -> None:
    bench.ecs.delete_cluster(cluster=name)
    assert described(bench, name)["status"] == "INACTIVE"
    assert not any(arn.endswith(name) for arn in bench.ecs.list_clusters()["clusterArns"])
    assert bench.ecs.create_cluster(clusterName=name)["cluster"]["settings"] != LOUD


def test_an_unknown_cluster_is_missing_and_fargate_is_known(bench: Workbench) -> None:
    assert bench.ecs.describe_clusters(clusters=["none"])["failures"][0]["reason"] == "MISSING"
    providers = bench.ecs.describe_capacity_providers(capacityProviders=["FARGATE", "x"])
    assert [each["status"] for each in providers["capacityProviders"]] == ["ACTIVE"]
    assert [each["reason"] for each in providers["failures"]] == ["MISSING"]
