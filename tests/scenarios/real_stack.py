"""A stack file of this project on an account of its own, and what a person does with it."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from functools import cached_property
from pathlib import Path

from tests.scenarios.runs import ROOT, Runs, text_of

RELEASED, ROTATED = "ledger", "recon"


class RealStack:
    """One stack file of this project and a place of its own for what runs."""

    def __init__(self, name: str, place: Path) -> None:
        self.name, self.place, self.runs = name, place, Runs()

    @property
    def state(self) -> Path:
        return self.place / "local" / self.name

    @property
    def credentials(self) -> dict[str, str]:
        """With which the operators' commands reach this account."""
        endpoint: str = json.loads((self.state / "account.json").read_text())["endpoint"]
        keys = dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "local")
        return {"AWS_ENDPOINT_URL": endpoint, "AWS_DEFAULT_REGION": "eu-west-1", **keys}

    def command(self, name: str, *options: str, **variables: str) -> tuple[int, str]:
        """Run one command of the local account to its end."""
        variables |= {"TURNSTAY_LOCAL": str(self.place / "local")}
        arguments = (name, "--stack", self.name, *options)
        return text_of(self.runs.start("local", *arguments, **variables))

    @cached_property
    def status(self) -> str:
        """What `status` reports."""
        code, output = self.command("status")
        assert code == 0, output
        return output

    def with_edits(self) -> Path:
        """A copy of the project in which one service has an image of its own, and another a new SECRET_KEY."""
        project = self.place / "project"
        shutil.copytree(ROOT / "infra", project / "infra")
        shutil.copy(ROOT / "Pulumi.yaml", project)
        file = f"Pulumi.{self.name}.yaml"
        before = (ROOT / file).read_text()
        account = re.search(r'id: "(\d{12})"', before)
        assert account is not None
        image = f"{account[1]}.dkr.ecr.eu-west-1.amazonaws.com/turnstay-sample@sha256:{'0' * 64}"
        after = before
        for name, line in (
            (RELEASED, f"image: {image}"),
            (ROTATED, "secrets: {SECRET_KEY: {rotate: 1}}"),
        ):
            assert f"    {name}:\n" in after
            after = after.replace(f"    {name}:\n", f"    {name}:\n      {line}\n")
        (project / file).write_text(after)
        return project


def tried(real: RealStack, beginning: str) -> list[str]:
    """The command that the report tells to try, as words."""
    (line,) = re.findall(rf"^try +({beginning}.*)$", real.status, re.MULTILINE)
    return shlex.split(line)


def said(*command: str, sent: str | None = None, **variables: str) -> str:
    """What a program says to what it is sent; it must end well."""
    ended = subprocess.run(  # noqa: S603 - what the report tells to run
        command,
        cwd=ROOT,
        env={**os.environ, **variables},
        input=sent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout
