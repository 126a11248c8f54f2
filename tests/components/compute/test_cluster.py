from __future__ import annotations

import pulumi
import pytest

from components.compute.cluster import Cluster, ClusterArgs
from tests.components.compute.samples import KEY
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn
from tests.engine.recording import Recording, record
from tests.engine.values import UNKNOWN


def args(insights: str = "enabled") -> ClusterArgs:
    return ClusterArgs(
        cluster_name="turnstay-staging",
        namespace_name="turnstay-staging",
        container_insights=insights,
        exec_log_group_name="/turnstay/staging/exec",
        log_retention_days=365,
        logs_key_arn=KEY,
    )


def recorded(*, preview: bool = False) -> Recording:
    def program() -> None:
        Cluster("cluster", args())

    return record(program, preview=preview)


def test_the_cluster_watches_its_tasks_and_keeps_what_is_typed_into_them() -> None:
    recording = recorded()
    assert recording.one("aws:ecs/cluster:Cluster", "cluster-cluster").inputs == {
        "name": "turnstay-staging",
        "settings": [{"name": "containerInsights", "value": "enabled"}],
        "configuration": {
            "executeCommandConfiguration": {
                "kmsKeyId": KEY,
                "logging": "OVERRIDE",
                "logConfiguration": {
                    "cloudWatchEncryptionEnabled": True,
                    "cloudWatchLogGroupName": "/turnstay/staging/exec",
                },
            }
        },
        "serviceConnectDefaults": {
            "namespace": arn("servicediscovery", "namespace/turnstay-staging")
        },
    }
    assert recording.one("aws:cloudwatch/logGroup:LogGroup", "cluster-exec-log").inputs == {
        "name": "/turnstay/staging/exec",
        "kmsKeyId": KEY,
        "retentionInDays": 365,
    }


def test_both_kinds_of_fargate_capacity_are_there_before_a_service_can_name_them() -> None:
    recording = recorded()
    providers = recording.one(
        "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "cluster-capacity-providers"
    )
    assert providers.inputs == {
        "clusterName": "turnstay-staging",
        "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
        "defaultCapacityProviderStrategies": [{"capacityProvider": "FARGATE", "weight": 1}],
    }
    [component] = recording.all("turnstay:compute:Cluster")
    assert recording.outputs[component.urn] == {
        "arn": arn("ecs", "cluster/turnstay-staging"),
        "name": "turnstay-staging",
        "namespace_arn": arn("servicediscovery", "namespace/turnstay-staging"),
    }
    first = recorded(preview=True)
    [component] = first.all("turnstay:compute:Cluster")
    assert first.outputs[component.urn]["arn"] is UNKNOWN


def test_whoever_uses_the_arn_depends_on_the_capacity_providers() -> None:
    def program() -> None:
        cluster = Cluster("cluster", args())
        pulumi.Stash("user", input=cluster.arn)

    recording = record(program)
    [providers] = recording.all("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders")
    [user] = recording.all("pulumi:index:Stash")
    assert providers.urn in user.property_dependencies["input"]


def test_insights_that_ecs_does_not_have_are_refused() -> None:
    with pytest.raises(ValueError, match="container_insights is enabled or enhanced, got disabled"):
        args("disabled")


def test_no_input_is_misspelt() -> None:
    assert [x for each in recorded().registrations.values() for x in unknown_properties(each)] == []
