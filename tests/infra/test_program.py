"""Both stacks as the engine starts them, in an update and in a preview, before and after the first release."""

from __future__ import annotations

import itertools
import urllib.request
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from tests.engine.lint import unknown_properties
from tests.engine.monitor import RecordingMonitor
from tests.engine.mutate import mutated
from tests.engine.platform import STACKS, platform, run_program, stack_values
from tests.engine.recording import record
from tests.engine.values import UNKNOWN_TEXT
from tests.infra.slips import slips

RUNS = [
    pytest.param(
        stack,
        preview,
        images,
        id=f"{stack}-{'preview' if preview else 'update'}-{'images' if images else 'no-images'}",
    )
    for stack, preview, images in itertools.product(STACKS, (False, True), (True, False))
]
PROVIDER = "pulumi:providers:aws"


@pytest.mark.parametrize(("stack", "preview", "images"), RUNS)
def test_the_program_runs_without_a_connection_and_without_a_warning(
    stack: str, preview: bool, images: bool
) -> None:
    recording = platform(stack, preview=preview, images=images)
    # The committed files hold no number of GitHub's; an update says so until they do.
    assert [each for each in recording.log if not each.startswith("not known yet")] == []
    assert recording.registrations.keys() == (
        platform(stack, preview=not preview, images=images).registrations.keys()
    ), "a preview shows other resources than the update makes"


def test_a_connection_of_the_program_would_be_seen() -> None:
    with pytest.raises(AssertionError, match="opened a connection to"):
        record(lambda: urllib.request.urlopen("http://127.0.0.1:9"))


@pytest.mark.parametrize(("stack", "preview", "images"), RUNS)
def test_the_sdk_knows_every_property_that_is_set(stack: str, preview: bool, images: bool) -> None:
    recording = platform(stack, preview=preview, images=images)
    assert [
        unknown for each in recording.registrations.values() for unknown in unknown_properties(each)
    ] == []


@pytest.mark.parametrize(("stack", "preview", "images"), RUNS)
def test_no_input_is_empty_by_mistake(stack: str, preview: bool, images: bool) -> None:
    assert slips(platform(stack, preview=preview, images=images), unknown=preview) == []


@pytest.mark.parametrize(
    "slip", [None, "a None", "<pulumi.output.Output object>", UNKNOWN_TEXT], ids=str
)
def test_an_input_that_is_empty_by_mistake_is_found(slip: Any) -> None:
    sound = platform("staging")
    worse = mutated(sound, "aws:ecs/taskDefinition:TaskDefinition", "ledger-task", "cpu", slip)
    assert slips(worse, unknown=True) == [f"ledger-task.cpu: {slip!r}"]


def test_an_output_in_an_fstring_is_found_wherever_it_stands() -> None:
    def program() -> None:
        key = aws.kms.Key("key")
        aws.iam.Role("role", assume_role_policy=f'{{"Resource": ["{key.arn}"]}}')

    (found,) = slips(record(program), unknown=True)
    assert found.startswith("role.assumeRolePolicy")


@pytest.mark.parametrize(("stack", "preview", "images"), RUNS)
def test_every_resource_of_aws_uses_the_one_explicit_provider(
    stack: str, preview: bool, images: bool
) -> None:
    recording = platform(stack, preview=preview, images=images)
    (provider,) = recording.all(PROVIDER)
    identity = UNKNOWN_TEXT if preview else "aws-id"
    strangers = [
        f"{each.type} {each.name}: {each.provider or 'the default provider'}"
        for each in recording.registrations.values()
        if each.custom and each.type.startswith("aws")
        if each.provider != f"{provider.urn}::{identity}"
    ]
    assert strangers == []
    kinds = {each.type for each in recording.registrations.values()}
    assert {kind for kind in kinds if kind.startswith("pulumi:providers:")} == {PROVIDER}
    # What belongs to no provider of ours makes up values, and reaches nobody.
    assert {kind.split(":")[0] for kind in kinds} == {"aws", "awsx", "pulumi", "random", "turnstay"}


def test_every_lookup_uses_the_one_explicit_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, str] = {}
    invoke = RecordingMonitor.Invoke

    def listening(self: RecordingMonitor, request: Any) -> Any:
        asked[request.tok] = request.provider
        return invoke(self, request)

    monkeypatch.setattr(RecordingMonitor, "Invoke", listening)
    run_program(stack_values("staging"))
    lookups = {token: used for token, used in asked.items() if token.startswith("aws:")}
    assert {"aws:route53/getZone:getZone", "aws:elb/getServiceAccount:getServiceAccount"} <= set(
        lookups
    )
    assert {used.rpartition("::")[2] for used in lookups.values()} == {"aws-id"}


def test_wrong_settings_end_the_program_before_anything_is_registered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registered = []
    register = RecordingMonitor.RegisterResource

    def listening(self: RecordingMonitor, request: Any) -> Any:
        registered.append(request.type)
        return register(self, request)

    monkeypatch.setattr(RecordingMonitor, "RegisterResource", listening)
    values = stack_values("prod")
    values["services"]["ledger"]["cpu"] = 300
    with pytest.raises(pulumi.RunError, match=r"services\.ledger\.cpu"):
        run_program(values, stack="prod")
    assert registered == ["pulumi:pulumi:Stack"]
