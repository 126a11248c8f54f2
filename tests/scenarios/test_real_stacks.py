"""The two real stacks, as a person brings them up: `python -m local`, from the first up to the last file."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.account.identity import is_alive
from stacks.catalogue import SERVICES
from stacks.names import slug
from tests.scenarios.runs import ROOT, Runs, text_of

pytestmark = pytest.mark.engine

STACKS = ("staging", "prod")
RELEASED = "ledger"
STEP = re.compile(r"^ (?:~|\+-) +\S+:(\w+) (\S+) (update|replace) ", re.MULTILINE)


class RealStack:
    """One stack file of this project and a place of its own for what runs."""

    def __init__(self, name: str, place: Path) -> None:
        self.name, self.place, self.runs = name, place, Runs()

    @property
    def state(self) -> Path:
        return self.place / "local" / self.name

    def command(self, name: str, *options: str) -> tuple[int, str]:
        """Run one command of the local account to its end."""
        variables = {"TURNSTAY_LOCAL": str(self.place / "local")}
        arguments = (name, "--stack", self.name, *options)
        return text_of(self.runs.start("local", *arguments, **variables))

    def with_another_image(self) -> Path:
        """A copy of the project in which one service has an image of its own."""
        project = self.place / "project"
        shutil.copytree(ROOT / "infra", project / "infra")
        shutil.copy(ROOT / "Pulumi.yaml", project)
        file = f"Pulumi.{self.name}.yaml"
        before = (ROOT / file).read_text()
        account = re.search(r'id: "(\d{12})"', before)
        assert account is not None
        image = f"{account[1]}.dkr.ecr.eu-west-1.amazonaws.com/turnstay-sample@sha256:{'0' * 64}"
        after = before.replace(f"    {RELEASED}:\n", f"    {RELEASED}:\n      image: {image}\n")
        assert after != before
        (project / file).write_text(after)
        return project


@pytest.fixture(scope="module", params=STACKS)
def real(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealStack]:
    """A stack; its tests follow one another."""
    stack = RealStack(request.param, tmp_path_factory.mktemp(request.param))
    yield stack
    stack.command("down")
    stack.runs.close()


def test_up_shows_every_service_with_its_rollout_completed(real: RealStack) -> None:
    code, output = real.command("up")

    assert code == 0, output
    table = output.partition("\nservice  ")[2].splitlines()[1:]
    rows = {line.split()[0]: line for line in table[: len(SERVICES)]}
    assert sorted(rows) == sorted(slug(each.name) for each in SERVICES)
    assert all(" completed " in row for row in rows.values())


def tried(real: RealStack, beginning: str) -> list[str]:
    """The command that the report tells to try, as words."""
    code, output = real.command("status")
    assert code == 0, output
    (line,) = re.findall(rf"^try +({beginning}.*)$", output, re.MULTILINE)
    return shlex.split(line)


def said(*command: str, **variables: str) -> str:
    """What a program says; it must end well."""
    ended = subprocess.run(  # noqa: S603 - what the report tells to run
        command,
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


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


def test_a_second_up_changes_nothing(real: RealStack) -> None:
    # An `up` begins with this preview; one of the two stacks shows that the rest of it changes nothing either.
    code, output = real.command("up" if real.name == STACKS[0] else "preview")

    assert code == 0, output
    assert " unchanged in " in output
    for word in ("created", "updated", "replaced", "deleted", "to create", "to update"):
        assert word not in output


# One stack on the engine; tests/infra/test_release.py compares both.
@pytest.mark.parametrize("real", STACKS[:1], indirect=True)
def test_another_image_touches_what_carries_it_and_what_waits_for_it(real: RealStack) -> None:
    code, output = real.command("preview", "--project", str(real.with_another_image()))

    assert code == 0, output
    assert "preview  3 to update, 3 to replace, " in output
    assert set(STEP.findall((real.state / "logs" / "preview.log").read_text())) == {
        ("TaskDefinition", f"{RELEASED}-task", "replace"),
        ("TaskDefinition", f"{RELEASED}-debug-task", "replace"),
        ("TaskDefinition", f"{RELEASED}-migrations-task", "replace"),
        ("Stash", f"{RELEASED}-migrations-done", "update"),
        ("Service", f"{RELEASED}-service", "update"),
        ("Stash", f"{RELEASED}-rollout-revision", "update"),
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
