"""What there is: the table, the JSON, and the commands for what is missing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scripts.service_secrets.inventory import Entry
from scripts.service_secrets.listing import age, as_json, rows, table
from scripts.service_secrets.states import State
from tests.scripts.service_secrets.conftest import Script

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
READS = {"GetCallerIdentity", "ListSecrets", "ListSecretVersionIds"}


def entry(variable: str, source: str, service: str = "ledger") -> Entry:
    name = f"turnstay/staging/{service}/{variable.lower().replace('_', '-')}"
    return Entry(name=name, service=service, variable=variable, source=source, users=service)


def state(set_at: datetime | None = None, *, deleted: bool = False) -> State:
    return State(arn="arn", set_at=set_at, deleted=deleted)


ENTRIES = [
    entry("DESCOPE_PROJECT_ID", "external"),
    entry("SECRET_KEY", "generated"),
    entry("SLACK_WEBHOOK_URL", "external"),
    entry("STRIPE_KEY", "external"),
]
STATES = {
    ENTRIES[0].name: state(),
    ENTRIES[1].name: state(NOW - timedelta(days=3, hours=5)),
    ENTRIES[2].name: state(NOW - timedelta(minutes=61)),
    "turnstay/staging/ledger/old-key": state(NOW, deleted=True),
}


def test_the_table_tells_all_but_the_value() -> None:
    assert table(rows(ENTRIES, STATES), "staging", NOW).splitlines() == [
        "SECRET                                      SOURCE               USED BY  AGE  VALUE",
        "turnstay/staging/ledger/descope-project-id  external             ledger   -    no",
        "turnstay/staging/ledger/secret-key          generated            ledger   3 d  yes",
        "turnstay/staging/ledger/slack-webhook-url   external             ledger   1 h  yes",
        "turnstay/staging/ledger/stripe-key          external             ledger   -    no secret yet",
        "turnstay/staging/ledger/old-key             not in the settings  -        now  being deleted",
        "",
        "2 external secrets have no value; a service without one of its values is not released. This sets them:",
        "  .venv/bin/python -m scripts.service_secrets set --stack staging --service ledger DESCOPE_PROJECT_ID",
        "  .venv/bin/python -m scripts.service_secrets set --stack staging --service ledger STRIPE_KEY",
        "what is no secret yet is made by `pulumi up --stack staging`, before its value",
    ]


def test_nothing_is_missing_when_operators_have_set_all() -> None:
    found = rows([ENTRIES[1], ENTRIES[2]], STATES)
    assert table(found, "staging", NOW).splitlines()[-1] == "every external secret has a value"
    # A generated value is not an operator's to set.
    assert not any(each.is_missing for each in rows([ENTRIES[1]], {ENTRIES[1].name: state()}))


def test_the_json_has_the_same() -> None:
    first, second, *_ = json.loads(as_json(rows(ENTRIES, STATES)))
    assert first == {
        "name": "turnstay/staging/ledger/descope-project-id",
        "service": "ledger",
        "variable": "DESCOPE_PROJECT_ID",
        "source": "external",
        "used_by": "ledger",
        "exists": True,
        "being_deleted": False,
        "has_value": False,
        "set_at": None,
    }
    assert second["set_at"] == "2026-11-22T07:00:00+00:00"


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(seconds=60), "1 min"),
        (timedelta(minutes=119), "1 h"),
        (timedelta(hours=24), "1 d"),
        (timedelta(days=400), "400 d"),
    ],
    ids=str,
)
def test_an_age_is_told_in_one_unit(passed: timedelta, said: str) -> None:
    assert age(NOW - passed, NOW) == said


def _names(told: str) -> list[list[str]]:
    """Name, source and value of each line of the table."""
    lines = told.splitlines()[1 : told.splitlines().index("")]
    return [[line.split()[0], line.split()[1], line.split("  ")[-1].strip()] for line in lines]


def test_an_account_is_listed_with_every_service_and_login_and_nothing_is_changed(
    script: Script,
) -> None:
    script.make()
    code, told, _ = script.run("list")
    assert set(script.asked) == READS
    ledger = [each for each in _names(told) if "/ledger/" in each[0]]
    assert ledger == [
        ["turnstay/staging/ledger/descope-project-id", "supplied", "yes"],
        ["turnstay/staging/ledger/descope-management-key", "external", "no"],
        ["turnstay/staging/ledger/secret-key", "generated", "yes"],
        ["turnstay/staging/ledger/slack-webhook-url", "external", "no"],
        ["turnstay/staging/ledger/migrator", "login", "yes"],
        ["turnstay/staging/ledger/app-a", "login", "yes"],
        ["turnstay/staging/ledger/app-b", "login", "yes"],
    ]
    assert code == 3
    assert "15 external secrets have no value" in told


def test_a_complete_account_is_done(script: Script) -> None:
    script.make(values=True)
    code, told, _ = script.run("list")
    assert (code, told.splitlines()[-1]) == (0, "every external secret has a value")


def test_json_can_be_read_by_a_program(script: Script) -> None:
    script.make()
    script.manager.create_secret(Name="turnstay/staging/ledger/old-key", SecretString="x")
    script.manager.create_secret(Name="turnstay/staging-two/ledger/secret-key")
    code, told, _ = script.run("list", "--json")
    found: list[dict[str, Any]] = json.loads(told)
    assert code == 3
    assert len(found) == 7 * 6 + 1 + 2  # and the platform's
    assert found[-1]["name"] == "turnstay/staging/ledger/old-key"
    assert found[-1]["source"] is None
    assert all(each["set_at"] for each in found if each["has_value"])


def test_before_the_first_update_there_are_no_secrets(script: Script) -> None:
    code, told, _ = script.run("list")
    assert code == 3
    assert "no secret yet" in told
    assert "is made by `pulumi up --stack staging`" in told


def test_what_is_being_deleted_is_told(script: Script) -> None:
    script.make(values=True)
    name = "turnstay/staging/ledger/slack-webhook-url"
    script.manager.delete_secret(SecretId=name)
    code, told, _ = script.run("list")
    assert code == 3
    assert [name, "external", "being deleted"] in _names(told)
