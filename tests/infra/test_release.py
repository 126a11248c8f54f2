"""A release of one service reaches that service, and what waits for it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from infra.program import run
from stacks import names
from stacks.catalogue import CATALOGUE, Service
from stacks.settings import StackSettings
from tests.engine.platform import settings_of, stack_values
from tests.engine.recording import Recording, record
from tests.infra.changes import changes
from tests.infra.edits import APP, after_setting, before, rolled

pytestmark = pytest.mark.usefixtures("_successors_have_arns_of_their_own")

OTHER_DIGEST = f"sha256:{'cd' * 32}"


def built(settings: StackSettings, catalogue: Mapping[str, Service]) -> Recording:
    return record(lambda: run(settings, catalogue), stack=settings.stack)


@pytest.mark.parametrize(
    ("stack", "service", "debug"),
    [
        ("staging", "ledger", {f"{APP}.image"}),
        ("prod", "turnstay_api", {f"{APP}.image"}),
        ("staging", "secure_card_service", None),
    ],
    ids=["internal", "public", "card"],
)
def test_a_new_image_rolls_its_service_and_no_other(
    stack: str, service: str, debug: set[str] | None
) -> None:
    image = stack_values(stack)["services"][service]["image"].partition("@")[0]
    release = after_setting(stack, service, image=f"{image}@{OTHER_DIGEST}")
    slug = names.slug(service)
    migrating = {
        f"TaskDefinition {slug}-migrations-task": {f"{APP}.image"},
        f"Stash {slug}-migrations-done": {
            *("input.release", "input.task.taskDefinition", "input.migrates.image")
        },
    }
    assert release.changed == rolled(slug, f"{APP}.image", debug=debug) | migrating
    assert release.added | release.removed == set()


def test_another_size_rolls_its_service_and_no_other() -> None:
    release = after_setting("prod", "recon", cpu=1024, memory_mib=4096)
    sizes = {"cpu", "memory", f"{APP}.memory"}
    assert release.changed == rolled("recon", *sizes, debug=sizes)
    assert release.added | release.removed == set()


def test_another_variable_rolls_its_service_and_no_other() -> None:
    release = after_setting("staging", "webhook-service", environment={"LOG_LEVEL": "DEBUG"})
    assert release.changed == rolled(
        "webhook-service", f"{APP}.environment", debug={f"{APP}.environment"}
    )


def test_another_number_of_tasks_is_a_matter_of_the_autoscaler_and_no_deployment() -> None:
    release = after_setting("prod", "treasury", min_tasks=3, max_tasks=6)
    assert release.changed == {
        "Target treasury-target": {"minCapacity", "maxCapacity"},
        # More tasks may open more connections: a limit of their logins.
        "TaskDefinition treasury-roles-task": {f"{APP}.command.4"},
        "Stash treasury-roles-done": {"input.task.taskDefinition"},
        "Stash treasury-migrations-done": {"input.after"},
    }


def test_another_share_of_spot_is_a_deployment_that_the_gate_waits_for() -> None:
    release = after_setting("staging", "recon", capacity={"on_demand_base": 2, "spot_weight": 1})
    assert {
        name: {path.split(".")[0] for path in paths} for name, paths in release.changed.items()
    } == {
        "Service recon-service": {"capacityProviderStrategies"},
        "Stash recon-rollout-revision": {"input"},
    }


def test_a_new_call_opens_one_way_and_rolls_the_caller() -> None:
    settings = settings_of("staging")
    recon = replace(CATALOGUE["recon"], calls=("ledger", "treasury"))
    release = changes(before("staging"), built(settings, {**CATALOGUE, "recon": recon}))
    assert release.added == {
        "SecurityGroupEgressRule recon-calls-treasury-egress",
        "SecurityGroupIngressRule recon-calls-treasury-ingress",
    }
    expected = rolled("recon", f"{APP}.environment", debug={f"{APP}.environment"})
    expected["Stash recon-rollout-revision"].add("input.callees.treasury")
    assert release.changed == expected
    assert release.removed == set()


def test_a_new_service_changes_nothing_of_the_others() -> None:
    settings = settings_of("prod")
    fees = replace(CATALOGUE["recon"], name="fees")
    more = settings.model_copy(
        update={
            "services": MappingProxyType({**settings.services, "fees": settings.services["recon"]})
        }
    )
    release = changes(before("prod"), built(more, {**CATALOGUE, "fees": fees}))
    log = "policy.Statement.1.Condition.ArnLike.kms:EncryptionContext:aws:logs:arn"
    assert release.changed == {"Key general-logs-key": {log}}
    assert release.removed == set()
    assert {name for name in release.added if "fees" not in name} == set()
