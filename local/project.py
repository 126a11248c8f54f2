"""The Pulumi project that the local account runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from local.errors import LocalError
from stacks.errors import SettingsError
from stacks.files import check_stack_file
from stacks.settings import StackSettings


@dataclass(frozen=True, kw_only=True)
class Project:
    """A folder with Pulumi.yaml, one Pulumi.<stack>.yaml for each stack, and the program."""

    root: Path
    settings: dict[str, Any]

    @property
    def name(self) -> str:
        """The name in Pulumi.yaml, which is the namespace of the stacks' values too."""
        return str(self.settings["name"])

    @property
    def program(self) -> Path:
        """The folder of the program."""
        return self.root / str(self.settings.get("main", "."))

    def stack_file(self, stack: str) -> Path:
        """Name the file of a stack; LocalError lists the stacks when there is none of that name."""
        path = self.root / f"Pulumi.{stack}.yaml"
        if not path.is_file():
            names = [each.name.split(".")[1] for each in sorted(self.root.glob("Pulumi.?*.yaml"))]
            raise LocalError(
                f"no stack {stack!r}; there are {', '.join(names) or 'none: no Pulumi.<stack>.yaml'}"
            )
        return path

    def check(self, stack: str) -> StackSettings:
        """Validate a stack's values before anything runs; LocalError holds every mistake at once."""
        try:
            return check_stack_file(self.stack_file(stack), stack)
        except SettingsError as error:
            raise LocalError(str(error)) from error


def load_project(root: Path) -> Project:
    """Read Pulumi.yaml."""
    path = root / "Pulumi.yaml"
    try:
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LocalError(f"{path} cannot be read: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise LocalError(f"{path} is no YAML: {error}") from error
    if not isinstance(settings, dict) or not isinstance(settings.get("name"), str):
        raise LocalError(f"{path} has no name of a project")
    return Project(root=root, settings=settings)
