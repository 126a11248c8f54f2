"""New tasks for exactly the services whose values changed: against an ECS that answers what the test says."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scripts.service_secrets.cli import main
from scripts.service_secrets.errors import SecretsError
from scripts.service_secrets.rolling import Rolling, roll
from scripts.service_secrets.selection import select
from stacks.files import check_stack_file
from stacks.settings import StackSettings
from tests.scripts.service_secrets.conftest import ROOT, Script

SET_AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
BEFORE, AFTER = SET_AT - timedelta(hours=1), SET_AT + timedelta(hours=1)
VARIABLE = "DESCOPE_PROJECT_ID"


@pytest.fixture(name="settings", scope="module")
def _settings() -> StackSettings:
    return check_stack_file(ROOT / "Pulumi.staging.yaml", "staging")


def deployment(name: str, state: str, began: datetime, status: str = "PRIMARY") -> dict[str, Any]:
    return {
        "id": name,
        "status": status,
        "rolloutState": state,
        "rolloutStateReason": f"{name} is {state}",
        "createdAt": began,
        "runningCount": 1,
        "desiredCount": 2,
    }


class Account:
    """Services by name -> their deployments before; `then` is what they show after a roll began, one look after another."""

    def __init__(self, then: dict[str, list[list[dict[str, Any]]]], **began: datetime) -> None:
        self.services = {
            name: [deployment("old", "COMPLETED", each)] for name, each in began.items()
        }
        self.then = {name: itertools.chain(looks) for name, looks in then.items()}
        self.updates: list[dict[str, object]] = []
        self.empty: set[str] = set()

    def call(self, service: str, operation: str, /, **given: Any) -> dict[str, Any]:
        found = self.find(service, operation, (), **given)
        assert found is not None
        return found

    def find(self, _: str, operation: str, __: object, /, **given: Any) -> dict[str, Any] | None:
        return dict(getattr(self, operation)(**given))

    def describe_secret(self, *, SecretId: str) -> dict[str, Any]:  # noqa: N803
        stages = {} if SecretId in self.empty else {"v1": ["AWSCURRENT"]}
        return {"ARN": SecretId, "Name": SecretId, "VersionIdsToStages": stages}

    def list_secret_version_ids(self, *, SecretId: str) -> dict[str, Any]:  # noqa: N803
        return {"Versions": [{"VersionId": "v1", "CreatedDate": SET_AT}], "ARN": SecretId}

    def describe_services(self, *, cluster: str, services: list[str]) -> dict[str, Any]:
        assert cluster == "turnstay-staging"
        if self.updates:
            for name in services:
                self.services[name] = next(self.then[name], self.services[name])
        return {
            "services": [
                {
                    "serviceName": name,
                    "status": "ACTIVE",
                    "deployments": self.services[name],
                    "events": [{"message": f"{name} has said so"}],
                }
                for name in services
                if name in self.services
            ]
        }

    def update_service(self, **given: Any) -> dict[str, Any]:
        self.updates.append(given)
        old = [{**each, "status": "ACTIVE"} for each in self.services[given["service"]]]
        self.services[given["service"]] = [deployment("new", "IN_PROGRESS", AFTER), *old]
        return {"service": {"deployments": self.services[given["service"]]}}


NEW = [deployment("new", "COMPLETED", AFTER)]
ROLLING = [
    deployment("new", "IN_PROGRESS", AFTER),
    deployment("old", "COMPLETED", BEFORE, "ACTIVE"),
]
BROKEN = [deployment("old", "COMPLETED", BEFORE), deployment("new", "FAILED", AFTER, "INACTIVE")]
GONE = [deployment("old", "COMPLETED", BEFORE)]


def rolled(
    account: Account, settings: StackSettings, *services: str, again: bool = False
) -> list[str]:
    """What is said; raises what the command would tell."""
    said: list[str] = []
    seconds = itertools.count(step=5.0)
    how = Rolling(
        settings=settings,
        again=again,
        say=said.append,
        sleep=lambda _: None,
        clock=lambda: next(seconds),
    )
    roll(account, select(settings, [VARIABLE], services), how)  # type: ignore[arg-type]
    return said


def test_a_service_whose_tasks_are_older_than_the_value_gets_new_ones(
    settings: StackSettings,
) -> None:
    account = Account({"ledger": [ROLLING, NEW]}, ledger=BEFORE, recon=BEFORE)
    assert rolled(account, settings, "ledger") == [
        "ledger: begins new tasks",
        "ledger: runs with the new value",
    ]
    assert account.updates == [
        {"cluster": "turnstay-staging", "service": "ledger", "forceNewDeployment": True}
    ]


def test_without_a_name_all_that_use_it_roll_and_who_has_the_value_or_no_tasks_does_not(
    settings: StackSettings,
) -> None:
    account = Account(
        {"ledger": [NEW], "webhook-service": [NEW]},
        **{"ledger": BEFORE, "webhook-service": BEFORE, "recon": AFTER},
    )
    said = rolled(account, settings)
    assert {str(each["service"]) for each in account.updates} == {"ledger", "webhook-service"}
    assert "recon: its tasks began after the value was set, so they have it" in said
    assert "payouts: runs no tasks yet, so there is nothing to roll" in said


def test_tasks_that_began_with_the_value_are_rolled_when_told_so(settings: StackSettings) -> None:
    account = Account({"ledger": [NEW]}, ledger=AFTER)
    assert rolled(account, settings, "ledger", again=True)[-1] == "ledger: runs with the new value"


def test_tasks_of_the_very_second_and_those_of_a_failed_rollout_are_rolled(
    settings: StackSettings,
) -> None:
    account = Account(
        {"ledger": [NEW], "recon": [NEW]}, ledger=SET_AT + timedelta(seconds=1), recon=AFTER
    )
    account.services["recon"] = [deployment("old", "FAILED", AFTER)]
    rolled(account, settings, "ledger", "recon")
    assert len(account.updates) == 2


@pytest.mark.parametrize(
    ("looks", "problem"),
    [
        ([BROKEN], "its new tasks do not run, and the old ones go on (new is FAILED); ECS: ledger has"),
        ([GONE] * 9, "another deployment took its place: ECS went back, or an update came between"),
        ([ROLLING] * 999, "not done after 900 s"),
        ([[deployment("newest", "IN_PROGRESS", AFTER), {**NEW[0], "status": "ACTIVE"}]],
         "another deployment took its place; ECS: ledger has said so"),
    ],
    ids=["failed", "gone", "slow", "overtaken"],
)  # fmt: skip
def test_a_rollout_that_does_not_succeed_is_told_once_the_others_are_done(
    settings: StackSettings, looks: list[list[dict[str, Any]]], problem: str
) -> None:
    account = Account({"ledger": looks, "recon": [ROLLING, NEW]}, ledger=BEFORE, recon=BEFORE)
    with pytest.raises(SecretsError, match="not every service runs with the new value") as error:
        rolled(account, settings, "ledger", "recon")
    assert f"ledger: {problem}" in str(error.value)
    assert "recon" not in str(error.value)
    assert error.value.exit_code == 1


def test_an_answer_from_before_the_roll_is_waited_out(settings: StackSettings) -> None:
    account = Account({"ledger": [GONE, GONE, ROLLING, NEW]}, ledger=BEFORE)
    assert rolled(account, settings, "ledger")[-1] == "ledger: runs with the new value"


def test_a_long_wait_says_what_it_waits_for(settings: StackSettings) -> None:
    account = Account({"ledger": [ROLLING] * 8 + [NEW]}, ledger=BEFORE)
    said = rolled(account, settings, "ledger")
    assert "waits for ledger (1 of 2 tasks)" in said


def test_a_secret_without_a_value_rolls_nothing(settings: StackSettings) -> None:
    account = Account({}, ledger=BEFORE, recon=BEFORE)
    account.empty = {"turnstay/staging/ledger/descope-project-id"}
    with pytest.raises(SecretsError, match="ledger/descope-project-id has no value yet; set it"):
        rolled(account, settings, "ledger", "recon")
    assert account.updates == []


def test_the_command_in_an_account_without_a_cluster_rolls_nothing(script: Script) -> None:
    script.make(values=True)
    code, told, error = script.run("roll", "SLACK_WEBHOOK_URL")
    assert (code, error) == (0, "")
    assert told == "ledger: runs no tasks yet, so there is nothing to roll\n"
    assert "UpdateService" not in script.asked


def test_a_secret_of_ours_is_rolled_by_an_update_and_not_by_this(
    script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["roll", "--stack", "staging", "SECRET_KEY"], script.root) == 2
    assert "SECRET_KEY of recon is generated: one more in" in capsys.readouterr().err
