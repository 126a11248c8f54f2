"""Controls on clusters hold, and each is seen to fail on a cluster that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import clusters as controls
from tests.controls.clusters import CLUSTER, NAMESPACE, PROVIDERS
from tests.controls.compute_sample import compute
from tests.controls.mutation import Change, Mutation, controls_of, each_of, removing, setting
from tests.controls.tables import table
from tests.controls.tasks import LOG_GROUP
from tests.engine.mutate import DELETE
from tests.engine.platform import STACKS, platform

SESSION = "configuration.executeCommandConfiguration"


def _set(path: str, value: Any = DELETE) -> Change:
    return setting(CLUSTER, "cluster-cluster", path, value)


MUTATIONS = [
    *table(
        controls.clusters_are_watched,
        "Container Insights is off",
        ("disabled", _set("settings.0.value", "disabled")),
        ("by default", _set("settings")),
    ),
    *table(
        controls.exec_sessions_are_encrypted_and_kept,
        "not encrypted with a key of ours",
        ("no key", _set(f"{SESSION}.kmsKeyId")),
        ("no configuration", _set("configuration")),
    ),
    *table(
        controls.exec_sessions_are_encrypted_and_kept,
        "sessions are not logged",
        ("no log", _set(f"{SESSION}.logging", "NONE")),
        ("the task's log", _set(f"{SESSION}.logging", "DEFAULT")),
        ("in clear", _set(f"{SESSION}.logConfiguration.cloudWatchEncryptionEnabled", value=False)),
    ),
    *table(
        controls.exec_sessions_are_encrypted_and_kept,
        "the log of sessions is not kept",
        ("a strange group", _set(f"{SESSION}.logConfiguration.cloudWatchLogGroupName", "/x")),
        ("for a week", setting(LOG_GROUP, "cluster-exec-log", "retentionInDays", 7)),
        ("AWS's key", setting(LOG_GROUP, "cluster-exec-log", "kmsKeyId")),
    ),
    *table(
        controls.clusters_run_fargate_alone,
        "cluster-cluster: offers",
        ("no providers", removing(PROVIDERS)),
        (
            "no Spot",
            setting(PROVIDERS, "cluster-capacity-providers", "capacityProviders", ["FARGATE"]),
        ),
        (
            "hosts",
            setting(
                PROVIDERS,
                "cluster-capacity-providers",
                "capacityProviders",
                ["FARGATE", "FARGATE_SPOT", "hosts"],
            ),
        ),
    ),
    *table(
        controls.clusters_have_a_namespace,
        "no namespace for Service Connect",
        ("none", removing(NAMESPACE)),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_cluster_is_found(mutation: Mutation) -> None:
    assert mutation.missed(compute()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
