"""The way to Honeybadger comes with its key, and says so when it is not there."""

from __future__ import annotations

import json

import pytest

from tests.engine.platform import DECRYPTED, STACKS, platform, run_program, stack_values
from tests.engine.recording import Recording
from tests.engine.values import Secret
from tests.infra.changes import changes

FUNCTION = "aws:lambda/function:Function"
SCHEDULE = "aws:scheduler/schedule:Schedule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"


def keyless(stack: str) -> Recording:
    return run_program(stack_values(stack, delivery=False), stack=stack)


@pytest.mark.parametrize("stack", STACKS)
def test_without_a_key_the_program_warns_and_slack_alone_hears_of_pages(stack: str) -> None:
    recording = keyless(stack)
    (warning,) = [each for each in recording.log if "Honeybadger" in each]
    command = f"pulumi config set --stack {stack} --secret --path turnstay:supplied.platform."
    assert warning.startswith("pages go to Slack alone: Honeybadger's key is not set yet; ")
    assert f"{command}HONEYBADGER_API_KEY" in warning
    assert not [each for each in recording.all(TARGET) if "api-destination" in each.inputs["arn"]]
    assert recording.names(SCHEDULE) == {"heartbeats-topic", "heartbeats-test-page"}
    variables = recording.one(FUNCTION, "slack-relay-function").inputs["environment"]["variables"]
    assert set(variables) == {"WEBHOOK_ARN"}


@pytest.mark.parametrize("stack", STACKS)
def test_the_key_adds_its_way_and_changes_nothing_of_the_other(stack: str) -> None:
    made = changes(keyless(stack), platform(stack))
    assert made.removed == set()
    assert set(made.changed) == {
        "Function slack-relay-function",  # its check-in
        "RolePolicy heartbeats-role-policy",
    }
    assert {name for name in made.added if name.startswith("EventApiDestination")} == {
        "EventApiDestination honeybadger-notices",
        "EventApiDestination honeybadger-check-in",
    }


@pytest.mark.parametrize("stack", STACKS)
def test_the_key_is_a_secret_and_in_the_connection_alone(stack: str) -> None:
    holders = [
        each
        for each in platform(stack).registrations.values()
        if DECRYPTED in json.dumps(each.inputs, default=_open)
    ]
    (connection,) = holders
    value = connection.inputs["authParameters"]["apiKey"]["value"]
    assert (connection.name, value) == ("honeybadger-connection", Secret(DECRYPTED))


def _open(value: object) -> object:
    return value.value if isinstance(value, Secret) else repr(value)
