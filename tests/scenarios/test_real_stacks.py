"""The two real stacks, as a person brings them up: `python -m local`, from the first up to the last file."""

from __future__ import annotations

import json
import re
import shutil
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


def test_a_second_up_changes_nothing(real: RealStack) -> None:
    code, output = real.command("up")

    assert code == 0, output
    assert "nothing changed: " in output
    for word in ("created", "updated", "replaced", "deleted", "to create", "to update"):
        assert word not in output


# One stack on the engine; tests/infra/test_release.py compares both.
@pytest.mark.parametrize("real", STACKS[:1], indirect=True)
def test_another_image_touches_what_carries_it_and_what_waits_for_it(real: RealStack) -> None:
    code, output = real.command("preview", "--project", str(real.with_another_image()))

    assert code == 0, output
    assert "preview  2 to update, 2 to replace, " in output
    assert set(STEP.findall((real.state / "logs" / "preview.log").read_text())) == {
        ("TaskDefinition", f"{RELEASED}-task", "replace"),
        ("TaskDefinition", f"{RELEASED}-debug-task", "replace"),
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
