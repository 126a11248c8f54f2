"""A release of one service reaches that service, and what waits for it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from types import MappingProxyType
from typing import Any

import pytest

from infra.program import run
from stacks import names
from stacks.catalogue import CATALOGUE, Service
from stacks.settings import StackSettings
from tests.engine.platform import config_of, settings_of, stack_values
from tests.engine.recording import Recording, record
from tests.infra.changes import Changes, changes
from tests.infra.edits import APP, after_edit, before, rolled

pytestmark = pytest.mark.usefixtures("_successors_have_arns_of_their_own")

OTHER_DIGEST = f"sha256:{'cd' * 32}"


def built(settings: StackSettings, catalogue: Mapping[str, Service]) -> Recording:
    config = config_of(stack_values(settings.stack))
    program = partial(run, settings, catalogue)
    return record(program, stack=settings.stack, config=config, secret_keys=("turnstay:supplied",))


def image_of(stack: str, service: str) -> dict[str, str]:
    """Another image of the same repository."""
    before_it = stack_values(stack)["services"][service]["image"].partition("@")[0]
    return {"image": f"{before_it}@{OTHER_DIGEST}"}


EDITS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "staging": {
        "ledger": image_of("staging", "ledger"),
        "secure_card_service": image_of("staging", "secure_card_service"),
        "webhook-service": {"environment": {"LOG_LEVEL": "DEBUG"}},
        "recon": {"capacity": {"on_demand_base": 2, "spot_weight": 1}},
    },
    "prod": {
        "turnstay_api": image_of("prod", "turnstay_api"),
        "recon": {"cpu": 1024, "memory_mib": 4096},
        "treasury": {"min_tasks": 3, "max_tasks": 6},
    },
}


@cache
def edited(stack: str) -> Changes:
    """Several services at once, each in another way: the program takes longer than all that is asked of it."""

    def edit(values: dict[str, Any]) -> None:
        for service, settings in EDITS[stack].items():
            values["services"][service].update(settings)

    return after_edit(stack, edit)


def changed(stack: str, service: str) -> dict[str, set[str]]:
    """What has changed of one service."""
    own = f" {names.slug(service)}-"
    return {name: paths for name, paths in edited(stack).changed.items() if own in name}


@pytest.mark.parametrize("stack", sorted(EDITS))
def test_edits_of_services_reach_these_services_and_nothing_else(stack: str) -> None:
    release = edited(stack)
    reached = {name for service in EDITS[stack] for name in changed(stack, service)}
    assert set(release.changed) == reached
    assert release.added | release.removed == set()


@pytest.mark.parametrize(
    ("stack", "service", "debug"),
    [
        ("staging", "ledger", {f"{APP}.image"}),
        ("prod", "turnstay_api", {f"{APP}.image"}),
        ("staging", "secure_card_service", None),
    ],
    ids=["internal", "public", "card"],
)
def test_a_new_image_rolls_its_service(stack: str, service: str, debug: set[str] | None) -> None:
    slug = names.slug(service)
    migrating = {
        f"TaskDefinition {slug}-migrations-task": {f"{APP}.image"},
        f"Stash {slug}-migrations-done": {
            *("input.release", "input.task.taskDefinition", "input.migrates.image")
        },
    }
    expected = rolled(slug, f"{APP}.image", debug=debug) | migrating
    assert changed(stack, service) == expected


def test_another_size_rolls_its_service() -> None:
    sizes = {"cpu", "memory", f"{APP}.memory"}
    assert changed("prod", "recon") == rolled("recon", *sizes, debug=sizes)


def test_another_variable_rolls_its_service() -> None:
    assert changed("staging", "webhook-service") == rolled(
        "webhook-service", f"{APP}.environment", debug={f"{APP}.environment"}
    )


def test_another_number_of_tasks_is_a_matter_of_the_autoscaler_and_no_deployment() -> None:
    assert changed("prod", "treasury") == {
        "Target treasury-target": {"minCapacity", "maxCapacity"},
        # Somebody is told when fewer run.
        "MetricAlarm treasury-alarms-tasks": {"alarmDescription", "threshold"},
        # More tasks may open more connections: a limit of their logins.
        "TaskDefinition treasury-roles-task": {f"{APP}.command.4"},
        "Stash treasury-roles-done": {"input.task.taskDefinition"},
        "Stash treasury-migrations-done": {"input.after"},
    }


def test_another_share_of_spot_is_a_deployment_that_the_gate_waits_for() -> None:
    assert {
        name: {path.split(".")[0] for path in paths}
        for name, paths in changed("staging", "recon").items()
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
    expected = "userIdentity.sessionContext.sessionIssuer.arn.0.anything-but.wildcard"
    assert release.changed == {
        "Key general-logs-key": {log},
        # Its tasks are expected to read secrets.
        "EventRule events-secret-read": {f"eventPattern.detail.$or.1.{expected}"},
        # And its alarms wake somebody.
        "EventRule pages-availability": {"eventPattern.detail.alarmName"},
    }
    assert release.removed == set()
    assert {name for name in release.added if "fees" not in name} == set()
