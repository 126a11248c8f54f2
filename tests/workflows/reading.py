"""The project's workflows as values, and edits of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
Files = dict[str, str]
Json = dict[str, Any]


def files() -> Files:
    """Every workflow and action by its path below .github."""
    found = [*GITHUB.glob("workflows/*.yml"), *GITHUB.glob("actions/*/action.yml")]
    return {str(each.relative_to(GITHUB)): each.read_text() for each in sorted(found)}


def workflows(given: Files) -> dict[str, Json]:
    """The workflows alone; YAML 1.1 reads the key `on` as true."""
    return {
        name: yaml.safe_load(text) for name, text in given.items() if name.startswith("workflows/")
    }


def jobs(given: Files) -> Iterator[tuple[str, Json]]:
    """Every job with its place."""
    for file, content in workflows(given).items():
        for name, job in content["jobs"].items():
            yield f"{file}: {name}", job


def steps(given: Files) -> Iterator[tuple[str, Json]]:
    """Every step with its place, those of actions too."""
    for place, job in jobs(given):
        yield from ((place, step) for step in job.get("steps", []))
    for file, text in given.items():
        if file.startswith("actions/"):
            yield from ((file, step) for step in yaml.safe_load(text)["runs"]["steps"])


def commands(given: Files) -> Iterator[tuple[str, list[str]]]:
    """Every run of a script of this project: its place, module or file, and arguments."""
    for place, step in steps(given):
        for line in str(step.get("run", "")).splitlines():
            found = re.search(
                r"(?:python -m (scripts\.\S+)|((?:platform/)?scripts/\S+\.sh))(.*)", line
            )
            if found:
                rest = re.split(r"\s(?:>>?|\|\||2>&1)", found[3])[0]
                yield place, [found[1] or found[2].removeprefix("platform/"), *rest.split()]


def replaced(given: Files, file: str, old: str, new: str) -> Files:
    """The same with an edit; the old text must be there."""
    assert old in given[file], f"{file} no longer says {old!r}"
    return given | {file: given[file].replace(old, new)}
