"""Controls on functions hold, and each is seen to fail on a function that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import functions as controls
from tests.controls.functions import FUNCTION, PERMISSION
from tests.controls.mutation import Change, Mutation, controls_of, each_of, setting
from tests.controls.tables import table
from tests.engine.mutate import DELETE
from tests.engine.platform import STACKS, platform


def _function(path: str, value: Any = DELETE) -> Change:
    return setting(FUNCTION, "slack-relay-function", path, value)


MUTATIONS = [
    *table(
        controls.functions_are_called_by_named_sources,
        "for any customer",
        ("any topic", setting(PERMISSION, "slack-permission", "sourceArn")),
        ("everybody", setting(PERMISSION, "slack-permission", "principal", "*")),
    ),
    *table(
        controls.functions_are_bounded_and_logged,
        "slack-relay-function: ",
        ("an old runtime", _function("runtime", "python3.8")),
        ("no limit", _function("reservedConcurrentExecutions")),
        ("Lambda's own log", _function("loggingConfig")),
    ),
    *table(
        controls.functions_have_no_secrets_in_their_environment,
        "is in the environment",
        ("by its name", _function("environment.variables.SLACK_WEBHOOK_URL", "x")),
        ("by its value", _function("environment.variables.URL", "https://hooks.slack.com/x")),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_function_is_found(mutation: Mutation) -> None:
    assert mutation.missed(platform("prod")) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
