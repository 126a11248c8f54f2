"""Controls on the order around ECS services hold, and each is seen to fail on a program that was made worse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.controls import ecs_order as controls
from tests.controls.compute_sample import CARD, compute
from tests.controls.ecs_order import EGRESS, GATE, MASK, POLICY, RULE
from tests.controls.mutation import Change, Mutation, controls_of, each_of, removing
from tests.controls.tables import table
from tests.controls.task_life import SERVICE
from tests.controls.tasks import LOG_GROUP
from tests.engine.mutate import with_options
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording


def _does_not_wait(service: str, kind: str) -> Change:
    def change(recording: Recording) -> Recording:
        found = {each.urn for each in recording.all(kind)}
        kept = [each for each in recording.one(SERVICE, service).dependencies if each not in found]
        return with_options(recording, SERVICE, service, dependencies=tuple(kept))

    return change


def _gate(**options: Any) -> Change:
    return lambda recording: with_options(recording, GATE, "api-rollout-revision", **options)


def _without_in_gate(kind: str) -> Change:
    def change(recording: Recording) -> Recording:
        found = {each.urn for each in recording.all(kind)}
        gate = recording.one(GATE, "api-rollout-revision")
        kept = tuple(each for each in gate.property_dependencies["input"] if each not in found)
        return _gate(property_dependencies={"input": kept})(recording)

    return change


def _hooks(hooks: Mapping[str, tuple[str, ...]]) -> Change:
    return _gate(hooks=dict(hooks))


MUTATIONS = [
    *table(
        controls.services_wait_for_what_their_tasks_need,
        f"{CARD}-service: does not wait for {CARD}-",
        ("policies", _does_not_wait(f"{CARD}-service", POLICY)),
        ("the log", _does_not_wait(f"{CARD}-service", LOG_GROUP)),
        ("the mask of the log", _does_not_wait(f"{CARD}-service", MASK)),
        ("the listener rule", _does_not_wait(f"{CARD}-service", RULE)),
    ),
    *table(
        controls.services_wait_for_a_way_out,
        "ledger-service: waits for no way out",
        ("not waited for", _does_not_wait("ledger-service", EGRESS)),
        ("none", removing(EGRESS)),
    ),
    *table(
        controls.load_balanced_services_have_a_rule,
        "api-service: no listener leads to it",
        ("no rule", removing(RULE, "api-host")),
    ),
    *table(
        controls.every_service_has_a_gate,
        "api-service: nothing waits for its rollout",
        ("no gate", removing(GATE, "api-rollout-revision")),
    ),
    *table(
        controls.every_service_has_a_gate,
        "api-rollout-revision: ",
        ("a gate that looks early", _without_in_gate(SERVICE)),
        ("one that knows no revision", _without_in_gate("aws:ecs/taskDefinition:TaskDefinition")),
        ("one for the first time only", _hooks({"before_create": ("api-rollout",)})),
        ("one for later only", _hooks({"before_update": ("api-rollout",)})),
        ("one that looks afterwards", _hooks({"after_update": ("api-rollout",)})),
        ("one that ignores its input", _gate(ignore_changes=("input",))),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_order_is_found(mutation: Mutation) -> None:
    assert mutation.missed(compute()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
