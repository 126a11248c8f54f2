"""A release waits for the values that operators set: asked of an account in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import boto3
import pulumi
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from moto import mock_aws

from components.compute.fargate_service import FargateService
from components.secrets.presence import MissingValuesError, Wanted, require_values
from components.secrets.presence_gate import PresenceGate, PresenceGateArgs
from tests.components.compute.samples import service_args
from tests.engine.outputs import arn
from tests.engine.recording import Recording, record

ACCOUNT, REGION = "123456789012", "eu-west-1"
RELEASE = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/turnstay-staging-ledger:9"
VARIABLES = ("DESCOPE_MANAGEMENT_KEY", "DESCOPE_PROJECT_ID")
COMMANDS = {each: f"set-it {each}" for each in VARIABLES}
SECRETS = {each: arn("secretsmanager", f"secret:{each}-AbCdEf") for each in VARIABLES}
HEADING = "no value, so its release was not begun; what runs goes on running"
LAST = "  set each value, then run the update again"


def gate_args(**changes: Any) -> PresenceGateArgs:
    values: dict[str, Any] = {
        "service_name": "ledger",
        "account_id": ACCOUNT,
        "region": REGION,
        "secrets": SECRETS,
        "commands": COMMANDS,
        "release": RELEASE,
    }
    return PresenceGateArgs(**{**values, **changes})


def recorded(*, preview: bool = False) -> Recording:
    def program() -> None:
        pulumi.export("release", PresenceGate("ledger-secrets", gate_args()).release)

    return record(program, preview=preview)


@pytest.fixture(name="manager")
def _manager() -> Iterator[Any]:
    with mock_aws():
        yield boto3.session.Session("test", "test").client("secretsmanager", REGION)


def made(manager: Any) -> dict[str, str]:
    """A secret for each variable, without a value."""
    return {each: manager.create_secret(Name=f"turnstay/{each}")["ARN"] for each in VARIABLES}


def ask(manager: Any, arns: dict[str, str]) -> list[str]:
    """What is reported; raises when a value is missing."""
    said: list[str] = []
    wanted = [Wanted(variable=each, secret_arn=arns[each], command=COMMANDS[each]) for each in arns]
    asyncio.run(require_values("ledger", wanted, manager, said.append))
    return said


def refused(manager: Any, arns: dict[str, str]) -> list[str]:
    with pytest.raises(MissingValuesError) as error:
        ask(manager, arns)
    return str(error.value).splitlines()


def test_all_missing_values_are_told_at_once_each_with_its_command(manager: Any) -> None:
    assert refused(manager, made(manager)) == [
        f"ledger: 2 secrets have {HEADING}",
        "  DESCOPE_MANAGEMENT_KEY: set-it DESCOPE_MANAGEMENT_KEY",
        "  DESCOPE_PROJECT_ID: set-it DESCOPE_PROJECT_ID",
        LAST,
    ]


def test_what_has_a_value_is_not_told_and_never_read(
    manager: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    arns = made(manager)
    manager.put_secret_value(SecretId=arns["DESCOPE_PROJECT_ID"], SecretString="hunter2")
    asked = []
    call = vars(BaseClient)["_make_api_call"]

    def counting(self: BaseClient, operation: str, parameters: Any) -> Any:
        asked.append(operation)
        return call(self, operation, parameters)

    monkeypatch.setattr(BaseClient, "_make_api_call", counting)
    assert refused(manager, arns) == [
        f"ledger: 1 secret has {HEADING}",
        "  DESCOPE_MANAGEMENT_KEY: set-it DESCOPE_MANAGEMENT_KEY",
        LAST,
    ]
    assert asked == ["DescribeSecret", "DescribeSecret"]


def test_with_all_values_the_release_goes_on(manager: Any) -> None:
    arns = made(manager)
    for each in arns.values():
        manager.put_secret_value(SecretId=each, SecretString="hunter2")
    assert ask(manager, arns) == ["ledger: DESCOPE_MANAGEMENT_KEY, DESCOPE_PROJECT_ID have values"]


@pytest.mark.parametrize(
    "answer",
    [{}, {"VersionIdsToStages": {}}, {"VersionIdsToStages": {"a": ["AWSPENDING"], "b": []}}],
    ids=str,
)
def test_a_value_that_is_not_the_current_one_is_none(answer: Any) -> None:
    class Manager:
        def describe_secret(self, **_: Any) -> Any:
            return answer

    assert refused(Manager(), {"DESCOPE_PROJECT_ID": "arn"})[0] == f"ledger: 1 secret has {HEADING}"


def test_a_secret_that_is_gone_or_going_is_told_with_the_way_back(manager: Any) -> None:
    arns = made(manager)
    manager.put_secret_value(SecretId=arns["DESCOPE_PROJECT_ID"], SecretString="hunter2")
    manager.delete_secret(SecretId=arns["DESCOPE_PROJECT_ID"])
    gone = arn("secretsmanager", "secret:gone-AbCdEf")
    lines = refused(manager, {**arns, "DESCOPE_MANAGEMENT_KEY": gone})
    assert lines[1].startswith(f"  DESCOPE_MANAGEMENT_KEY: {gone} does not exist any more;")
    back = "aws secretsmanager restore-secret --secret-id turnstay/DESCOPE_PROJECT_ID"
    assert lines[2] == f"  DESCOPE_PROJECT_ID: is being deleted; {back}"


def test_an_answer_that_is_none_is_no_missing_value() -> None:
    class Denied:
        def describe_secret(self, **_: Any) -> Any:
            raise ClientError({"Error": {"Code": "AccessDeniedException"}}, "DescribeSecret")

    with pytest.raises(ClientError, match="AccessDenied"):
        ask(Denied(), {"DESCOPE_PROJECT_ID": "arn"})


def test_the_gate_holds_the_secrets_and_what_it_lets_through() -> None:
    recording = recorded()
    stash = recording.one("pulumi:index:Stash", "ledger-secrets-done")
    assert stash.inputs == {"input": {"release": RELEASE, "secrets": SECRETS}}
    assert stash.hooks == {
        "before_create": ("ledger-secrets",),
        "before_update": ("ledger-secrets",),
    }
    assert recording.exports["release"] == RELEASE


def test_it_looks_at_every_release_and_says_why_it_refuses_one(manager: Any) -> None:
    arns, recording = made(manager), recorded()
    held = {"input": {"release": RELEASE, "secrets": arns}}

    def look(old: Any = None) -> str:
        return recording.run_hook("ledger-secrets", new_inputs=held, old_inputs=old)

    assert look().startswith(f"ledger: 2 secrets have {HEADING}")
    assert "hunter2" not in look()
    for each in arns.values():
        manager.put_secret_value(SecretId=each, SecretString="hunter2")
    assert look() == ""
    manager.delete_secret(SecretId=arns["DESCOPE_PROJECT_ID"])
    before = {"input": {"release": f"{RELEASE}0", "secrets": arns}}
    assert "DESCOPE_PROJECT_ID: is being deleted" in look(before)


def test_it_looks_in_the_account_of_the_settings_alone(manager: Any) -> None:
    del manager
    elsewhere = {each: SECRETS[each].replace(REGION, "eu-west-2") for each in SECRETS}
    held = {"input": {"release": RELEASE, "secrets": elsewhere}}
    said = recorded().run_hook("ledger-secrets", new_inputs=held)
    assert "is not in account 123456789012 and region eu-west-1" in said


def test_a_service_takes_its_revision_from_the_gate() -> None:
    def program() -> None:
        def release(revision: pulumi.Output[str]) -> pulumi.Output[str]:
            return PresenceGate("ledger-secrets", gate_args(release=revision)).release

        FargateService("ledger", service_args(release=release))

    recording = record(program)
    service = recording.one("aws:ecs/service:Service", "ledger-service")
    assert any(each.endswith("ledger-secrets-done") for each in service.dependencies)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"secrets": {}}, "secrets is empty, so there is nothing to wait for"),
        ({"commands": {}}, "commands has none for DESCOPE_MANAGEMENT_KEY, DESCOPE_PROJECT_ID"),
    ],
    ids=str,
)
def test_a_gate_that_could_say_nothing_is_refused(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=f"presence gate of ledger: {problem}"):
        gate_args(**changes)
