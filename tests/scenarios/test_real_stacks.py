"""The two real stacks, as a person brings them up: `python -m local`, from the first up to the last file."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Iterator

import pytest

from local.account.identity import is_alive
from stacks.catalogue import SERVICES
from stacks.names import slug
from tests.scenarios.account_view import AccountView
from tests.scenarios.real_stack import RELEASED, ROTATED, RealStack, said, tried
from tests.scenarios.runs import ROOT

pytestmark = pytest.mark.engine

STACKS = ("staging", "prod")
VALUES = {"DESCOPE_PROJECT_ID": "P2operatorsProject", "DESCOPE_MANAGEMENT_KEY": "K2operatorsKey"}
STEP = re.compile(r"^ (?:~|\+-) +\S+:(\w+) (\S+) (update|replace) ", re.MULTILINE)


@pytest.fixture(scope="module", params=STACKS)
def real(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealStack]:
    """A stack; its tests follow one another."""
    stack = RealStack(request.param, tmp_path_factory.mktemp(request.param))
    yield stack
    stack.command("down")
    stack.runs.close()


@pytest.mark.parametrize("real", STACKS[:1], indirect=True)
def test_a_service_without_the_values_that_operators_set_is_refused_until_they_are_set(
    real: RealStack,
) -> None:
    code, output = real.command("up", SEED="0")

    assert code != 0
    for service in SERVICES:
        assert f"{service.name}: 2 secrets have no value, so its release was not begun" in output
    assert "no service runs yet" in output
    # The ground, the servers and their roles are there; what is not stands behind the gates.
    refused = re.findall(r"^failed +(\S+): ", output, re.MULTILINE)
    assert sorted(refused) == sorted(f"{slug(each.name)}-secrets-done" for each in SERVICES)
    (command,) = set(
        re.findall(r"DESCOPE_PROJECT_ID: (.*--service ledger.*)$", output, re.MULTILINE)
    )
    for variable, value in VALUES.items():
        words = shlex.split(command.replace("--service ledger", "--all-services"))
        words = [sys.executable, *words[1:-1], variable]
        assert value not in said(*words, sent=value, **real.credentials)


def test_up_shows_every_service_with_its_rollout_completed(real: RealStack) -> None:
    code, output = real.command("up")

    assert code == 0, output
    table = output.partition("\nservice  ")[2].splitlines()[1:]
    rows = {line.split()[0]: line for line in table[: len(SERVICES)]}
    assert sorted(rows) == sorted(slug(each.name) for each in SERVICES)
    assert all(" completed " in row for row in rows.values())


def test_the_curl_line_answers_through_the_load_balancer_the_database_and_the_policies(
    real: RealStack,
) -> None:
    *curl, url = tried(real, "curl ")
    name = ["-H", "content-type: application/json", "-d", '{"name": "Acme"}']
    companies = url.replace("/payments", "/companies")

    assert json.loads(said(*curl, url)) == []
    assert json.loads(said(*curl, *name, companies)) == {"id": 42, "name": "Acme"}
    assert json.loads(said(*curl, companies)) == [{"id": 42, "name": "Acme"}]
    others = [word.replace("X-Company-Id: 42", "X-Company-Id: 43") for word in curl]
    assert json.loads(said(*others, companies)) == []


def test_the_psql_line_logs_in_as_the_app_which_may_do_nothing_by_itself(real: RealStack) -> None:
    variable, *psql = tried(real, "PGSERVICEFILE=")
    _, _, file = variable.partition("=")

    def ask(statement: str) -> str:
        return said(*psql, "-Atc", statement, PGSERVICEFILE=file).strip()

    assert ask("SELECT current_user") == "ledger_app_a"
    assert ask("SELECT has_schema_privilege('ledger', 'USAGE')") == "f"
    assert ask("SET ROLE tenant_user; SELECT count(*) FROM companies") == "SET\n0"
    with pytest.raises(AssertionError, match='permission denied to set role "ledger_owner"'):
        ask("SET ROLE ledger_owner")


@pytest.mark.parametrize("real", STACKS[:1], indirect=True)
@pytest.mark.parametrize("service", ["ledger", "secure-card-service"])  # one of each server
def test_the_audit_finds_no_way_around_tenant_isolation(real: RealStack, service: str) -> None:
    script = str(ROOT / "scripts" / "audit_tenancy.py")
    file = str(real.state / "pg_service.conf")

    output = said(sys.executable, script, PGSERVICEFILE=file, PGSERVICE=service)

    assert "no way around tenant isolation was found" in output


# Of the other stack the edits further down show it; tests/local/test_commands.py brings a stack up twice.
@pytest.mark.parametrize("real", STACKS[1:], indirect=True)
def test_a_second_up_would_change_nothing(real: RealStack) -> None:
    code, output = real.command("preview")

    assert code == 0, output
    assert " unchanged in " in output
    for word in ("to create", "to update", "to replace", "to delete"):
        assert word not in output


@pytest.mark.parametrize("real", STACKS[:1], indirect=True)
def test_a_value_set_outside_is_picked_up_by_a_command_that_rolls_its_services(
    real: RealStack,
) -> None:
    script = (sys.executable, "-m", "scripts.service_secrets")
    everywhere = ("--stack", real.name, "DESCOPE_PROJECT_ID")
    said(*script, "set", *everywhere, "--service", ROTATED, sent="P3another", **real.credentials)

    output = said(*script, "roll", *everywhere, **real.credentials)

    assert re.findall(r"^(\S+): begins new tasks", output, re.MULTILINE) == [ROTATED]
    assert output.count("its tasks began after the value was set") == len(SERVICES) - 1


@pytest.mark.parametrize("real", STACKS[:1], indirect=True)
def test_no_value_of_a_secret_is_in_what_the_runs_left_behind(real: RealStack) -> None:
    client = AccountView(real.credentials["AWS_ENDPOINT_URL"]).client("secretsmanager")
    pages = client.get_paginator("list_secrets").paginate()
    names = [each["Name"] for page in pages for each in page["SecretList"]]
    texts = {name: client.get_secret_value(SecretId=name)["SecretString"] for name in names}
    values = {
        name: json.loads(text)["password"] if text.startswith("{") else text
        for name, text in texts.items()
        if name.startswith("turnstay/")
    }
    assert len(values) == 6 * len(SERVICES) + 1  # and where Slack takes alerts
    for folder in ("backend", "logs", "work"):
        files = [each for each in (real.state / folder).rglob("*") if each.is_file()]
        assert files, folder
        for file in files:
            content = file.read_text(errors="replace")
            assert [name for name, value in values.items() if value in content] == [], file


# One stack on the engine; tests/infra/test_release.py compares both.
@pytest.mark.parametrize("real", STACKS[:1], indirect=True)
def test_another_image_and_another_value_touch_what_carries_them_and_what_waits_for_it(
    real: RealStack,
) -> None:
    code, output = real.command("preview", "--project", str(real.with_edits()))

    assert code == 0, output
    counts = r"^preview  8 to update, 8 to replace, \d+ unchanged in "
    assert re.search(counts, output, re.MULTILINE), output
    assert set(STEP.findall((real.state / "logs" / "preview.log").read_text())) == {
        ("RandomPassword", f"{ROTATED}-secret-key-value", "replace"),
        ("SecretVersion", f"{ROTATED}-secret-key-version", "replace"),
        *(
            step
            for service in (RELEASED, ROTATED)
            for step in (
                ("TaskDefinition", f"{service}-task", "replace"),
                ("TaskDefinition", f"{service}-debug-task", "replace"),
                ("TaskDefinition", f"{service}-migrations-task", "replace"),
                ("Stash", f"{service}-secrets-done", "update"),
                ("Stash", f"{service}-migrations-done", "update"),
                ("Service", f"{service}-service", "update"),
                ("Stash", f"{service}-rollout-revision", "update"),
            )
        ),
    }


def test_down_leaves_no_process_and_no_file(real: RealStack) -> None:
    tasks = {int(each.name): each.read_text() for each in (real.state / "tasks").iterdir()}
    account = json.loads((real.state / "account.json").read_text())
    processes = {account["pid"]: account["process_mark"], **tasks}
    assert all(is_alive(*each) for each in processes.items())

    code, output = real.command("down")

    assert code == 0, output
    assert not any(is_alive(*each) for each in processes.items())
    assert not (real.place / "local").exists()
