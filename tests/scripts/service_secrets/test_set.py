"""Setting a value: of which secrets, from where, and what is refused before anything is changed."""

from __future__ import annotations

import getpass
import sys
from typing import Any

import pytest

from scripts.service_secrets.cli import main
from scripts.service_secrets.prompt import read_value
from tests.scripts.service_secrets.conftest import VALUE, Script

KEY = "turnstay/staging/{}/descope-management-key"
SET = "set", "--service", "ledger"


class Terminal:
    def isatty(self) -> bool:
        return True

    def read(self) -> str:
        raise AssertionError("a terminal is not read to its end")


def test_a_value_from_standard_input_becomes_the_current_one(script: Script) -> None:
    script.make()
    code, told, error = script.run(*SET, "DESCOPE_MANAGEMENT_KEY", value=f"{VALUE}\n")
    assert (code, error) == (0, "")
    assert script.value(KEY.format("ledger")) == VALUE
    first, *rest = told.splitlines()
    assert first.startswith(f"set  {KEY.format('ledger')} (version ")
    assert rest == [
        "tasks that run keep the value they began with; this begins new ones:",
        "  .venv/bin/python -m scripts.service_secrets roll --stack staging --service ledger DESCOPE_MANAGEMENT_KEY",
    ]
    assert "VersionIdsToStages" not in script.manager.describe_secret(SecretId=KEY.format("recon"))


def test_several_services_get_the_same_value_at_once(script: Script) -> None:
    script.make()
    code, told, _ = script.run(*SET, "--service", "webhook-service", "DESCOPE_MANAGEMENT_KEY")
    assert code == 0
    assert [script.value(KEY.format(each)) for each in ("ledger", "webhook-service")] == [VALUE] * 2
    assert "roll --stack staging --service ledger --service webhook-service DESC" in told


def test_all_services_that_have_it_from_outside_get_it_and_no_other(script: Script) -> None:
    script.make()
    code, told, _ = script.run("set", "--all-services", "DESCOPE_PROJECT_ID", value="other")
    assert code == 0
    assert told.count("set  ") == 6
    assert "ledger" not in told  # supplied there
    assert script.value("turnstay/staging/ledger/descope-project-id") == VALUE
    assert script.value("turnstay/staging/recon/descope-project-id") == "other"


def test_a_person_is_asked_and_nothing_is_shown(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    script.make()
    asked = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return VALUE

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", answer)
    arguments = ["set", "--stack", "staging", "--service", "ledger", "DESCOPE_MANAGEMENT_KEY"]
    assert main(arguments, script.root) == 0
    assert asked == ["value of DESCOPE_MANAGEMENT_KEY (not shown): "]
    assert script.value(KEY.format("ledger")) == VALUE


def test_a_person_who_gives_up_changes_nothing(
    script: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script.make()

    def interrupted(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", interrupted)
    arguments = ["set", "--stack", "staging", "--service", "ledger", "DESCOPE_MANAGEMENT_KEY"]
    assert main(arguments, script.root) == 130
    assert "interrupted; what was done stays" in capsys.readouterr().err
    assert "PutSecretValue" not in script.asked


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "is empty"),
        ("\n", "is empty"),
        (f" {VALUE}", "begins or ends with white space"),
        (f"{VALUE}\n\n", "begins or ends with white space"),
        (f"{VALUE}\0", "has a NUL character"),
        ("é" * 32_769, "is longer than 65536 bytes"),
        (b"\xff", "is not UTF-8"),
    ],
    ids=["empty", "line", "space", "lines", "nul", "long", "bytes"],
)
def test_a_value_that_was_hardly_meant_is_refused(
    script: Script, value: str | bytes, problem: str
) -> None:
    script.make()
    code, told, error = script.run(*SET, "DESCOPE_MANAGEMENT_KEY", value=value)
    assert (code, told) == (2, "")
    assert problem in error
    assert "PutSecretValue" not in script.asked


def test_the_longest_value_and_lines_inside_one_are_taken(script: Script) -> None:
    script.make()
    for value in ("x" * 65_536, "-----BEGIN-----\nabc\n-----END-----"):
        assert script.run(*SET, "DESCOPE_MANAGEMENT_KEY", value=f"{value}\r\n")[0] == 0
        assert script.value(KEY.format("ledger")) == value


FILE = "Pulumi.staging.yaml"
REFUSALS = [
    (("--service", "ledger", "SECRET_KEY"),
     f"SECRET_KEY of ledger is generated: one more in services.ledger.secrets.SECRET_KEY.rotate of {FILE}, then `pulumi up`"),
    (("--service", "ledger", "DESCOPE_PROJECT_ID"),
     (f"DESCOPE_PROJECT_ID of ledger is supplied by {FILE}: pulumi config set --stack staging --secret --path"
     " turnstay:supplied.ledger.DESCOPE_PROJECT_ID, then `pulumi up`")),
    (("--service", "ledger", "app-a"),
     f"app-a of ledger is a login of its database: one more in services.ledger.database.rotation of {FILE}, then `pulumi up`"),
    (("--service", "recon", "SLACK_WEBHOOK_URL"),
     ("recon does not use SLACK_WEBHOOK_URL: it is optional; switch it on by services.recon.secrets.SLACK_WEBHOOK_URL:"
     f" {{source: external}} in {FILE}, then `pulumi up`")),
    (("--service", "recon", "STRIPE_KEY"),
     ("recon has no secret STRIPE_KEY; its secrets are DESCOPE_PROJECT_ID, DESCOPE_MANAGEMENT_KEY, SECRET_KEY,"
     " HONEYBADGER_API_KEY, SLACK_WEBHOOK_URL")),
    (("--service", "webhook_service", "DESCOPE_PROJECT_ID"),
     "there is no service webhook_service; did you mean webhook-service?"),
    (("--all-services", "STRIPE_KEY"), "no service of staging uses STRIPE_KEY"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), REFUSALS, ids=[each[0][-1] for each in REFUSALS])
def test_what_is_not_an_operators_to_set_is_refused_with_the_way(
    script: Script, arguments: tuple[str, ...], message: str
) -> None:
    code, told, error = script.run("set", *arguments)
    assert (code, told) == (2, "")
    assert error == f"secrets: nothing was changed\n  {message}\n"
    assert script.asked == []


def test_all_that_is_wrong_is_told_at_once(script: Script) -> None:
    services = ("--service", "ledger", "--service", "nobody", "--service", "recon")
    code, _, error = script.run("set", *services, "SLACK_WEBHOOK_URL")
    assert code == 2
    assert len(error.splitlines()) == 3


def test_a_value_among_the_arguments_is_refused_and_not_shown(script: Script) -> None:
    for more in ((VALUE,), ("--value", VALUE), (f"--value={VALUE}",)):
        code, told, error = script.run(*SET, "DESCOPE_MANAGEMENT_KEY", *more)
        assert (code, told, script.asked) == (2, "", [])
        assert "a value is never one of them" in error


def test_secrets_that_cannot_take_a_value_are_told_before_it_is_asked_for(script: Script) -> None:
    script.manager.create_secret(Name=KEY.format("recon"), SecretString="x")
    script.manager.delete_secret(SecretId=KEY.format("recon"))
    code, told, error = script.run(*SET, "--service", "recon", "DESCOPE_MANAGEMENT_KEY", value="")
    assert (code, told) == (1, "")
    restore = f"aws secretsmanager restore-secret --secret-id {KEY.format('recon')}"
    assert error.splitlines() == [
        "secrets: nothing was changed",
        f"  {KEY.format('ledger')} does not exist yet: `pulumi up --stack staging` makes it",
        f"  {KEY.format('recon')} is being deleted: {restore}",
    ]


@pytest.mark.parametrize(
    "command", [("list",), (*SET, "SLACK_WEBHOOK_URL"), ("roll", "SLACK_WEBHOOK_URL")]
)
def test_credentials_of_another_account_are_refused_before_anything_is_asked(
    script: Script, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moto.sts.models.STSBackend.get_caller_identity", _stranger, raising=True)
    code, told, error = script.run(*command)
    assert (code, told, script.asked) == (2, "", ["GetCallerIdentity"])
    assert "these credentials are of account 999999999999" in error
    assert "and staging is account 123456789012; nothing was changed" in error


def _stranger(*_: Any) -> tuple[str, str, str]:
    return "AROAXYZ", "arn:aws:sts::999999999999:assumed-role/other/me", "999999999999"


def test_without_credentials_the_way_in_is_told(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    code, _, error = script.run("list")
    assert code == 1
    assert error.startswith(
        "secrets: The config profile (nobody) could not be found; set AWS_PROFILE"
    )


def test_a_value_that_somebody_else_overtook_is_told(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    script.make()
    monkeypatch.setattr("scripts.service_secrets.setting.CURRENT", "NEVER")
    code, told, error = script.run(*SET, "SLACK_WEBHOOK_URL")
    assert (code, told) == (1, "")
    assert "which is not the current one" in error


def test_a_stack_that_does_not_exist_is_told_with_the_one_meant(script: Script) -> None:
    code, _, error = script.run("list", stack="stagin")
    assert code == 2
    assert "did you mean 'staging'?" in error


def test_a_terminal_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda _: VALUE)
    assert read_value("X") == VALUE


def test_the_platforms_webhook_is_set_by_its_owner_and_never_with_those_of_services(
    script: Script,
) -> None:
    """One for all would send a team's messages to on-call, or on-call's to a team."""
    script.make()
    webhook = "turnstay/staging/platform/slack-webhook-url"
    code, told, _ = script.run("set", "--all-services", "SLACK_WEBHOOK_URL", value="a team's")
    assert (code, told.count("set  ")) == (0, 1)
    assert "VersionIdsToStages" not in script.manager.describe_secret(SecretId=webhook)

    code, told, _ = script.run("set", "--service", "platform", "SLACK_WEBHOOK_URL")
    assert code == 0
    assert script.value(webhook) == VALUE
    assert script.value("turnstay/staging/ledger/slack-webhook-url") == "a team's"
    assert told.endswith("nothing to roll\n")

    code, _, error = script.run("set", "--service", "platform", "SECRET_KEY")
    assert code != 0
    assert "platform has no secret SECRET_KEY; its secret is SLACK_WEBHOOK_URL" in error
