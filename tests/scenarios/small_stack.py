"""The small stack in a folder of its own: its values, its images, its runs, and the account it stands in."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from local.account import process as account
from local.state import State
from tests.scenarios.account_view import AccountView
from tests.scenarios.drive import STACK
from tests.scenarios.runs import ROOT, Ended, Runs, ended

HERE = Path(__file__).parent
SAMPLE = ROOT / "local" / "sample"
BROKEN = HERE / "images"
ACCOUNT = "210987654321"
# All that a test may name; in the beginning each is the sample service.
REFERENCES = ("web:1", "web:2", "web:3", "ledger:1", "ledger:2")


class SmallStack:
    """A copy of the project with the stack `small`. Leaving it ends the account and with it every task."""

    def __init__(self, root: Path, project: str = "small") -> None:
        self.root, self.project = root, project
        shutil.copytree(HERE / project, root, ignore=shutil.ignore_patterns("__pycache__"))
        for reference in REFERENCES:
            self.build(reference, SAMPLE)
        self.values: dict[str, Any] = {"account": ACCOUNT}
        self._runs = Runs()
        images = {f"^small/{each}$": str(self.folder(each)) for each in REFERENCES}
        (root / "scenario.json").write_text(json.dumps({"account": ACCOUNT, "images": images}))

    @property
    def state(self) -> State:
        """What the runner keeps of it."""
        return State(self.root / ".local" / STACK, STACK)

    @cached_property
    def view(self) -> AccountView:
        """The account; there must be one."""
        found = account.running(self.state.folder)
        assert found is not None, "the account does not run"
        return AccountView(found.endpoint)

    def folder(self, reference: str) -> Path:
        """The folder that stands in for an image."""
        return self.root / "images" / reference.replace(":", "-")

    def build(self, reference: str, content: Path) -> None:
        """Put other content behind the same reference. What runs already goes on as it was."""
        shutil.rmtree(self.folder(reference), ignore_errors=True)
        shutil.copytree(
            content, self.folder(reference), ignore=shutil.ignore_patterns("__pycache__")
        )

    def deploy(self, **images: str) -> None:
        """Name the tag of each service's image in the stack's file; a service that is not named has none."""
        self.values["images"] = {name: f"small/{name}:{tag}" for name, tag in images.items()}

    def start(self, operation: str, **variables: str) -> subprocess.Popen[str]:
        """Start a run with the values as they are now."""
        values = {f"{self.project}:{name}": value for name, value in self.values.items()}
        (self.root / f"Pulumi.{STACK}.yaml").write_text(json.dumps({"config": values}))
        return self._runs.start("tests.scenarios.drive", operation, str(self.root), **variables)

    def run(self, operation: str) -> Ended:
        """Run to the end, whatever end that is."""
        return ended(self.start(operation))

    def up(self) -> Ended:
        """Bring it up; that must succeed."""
        result = self.run("up")
        assert result.code == 0, result.output
        return result

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._runs.close()
        account.stop(self.state.folder)
