"""The decisions are complete, listed, and name files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/adr"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
HEADINGS = ["## Context", "## Decision", "## Consequences"]
# What is written in code face and looks like a place in this project.
PLACE = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w.-]+\.(?:yaml|toml|py|md))`")
LONGEST_WORDS = 420


def test_the_numbers_have_no_gap() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_parts_in_order_and_half_a_page(path: Path) -> None:
    lines = path.read_text().splitlines()

    assert re.match(rf"# {int(path.name[:4])}\. \S", lines[0])
    assert re.match(r"(Accepted|Replaced by ADR \d+), 20\d\d-\d\d-\d\d", lines[2])
    assert [line for line in lines if line.startswith("#")][1:] == HEADINGS
    assert len(path.read_text().split()) <= LONGEST_WORDS


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_listed_under_its_title(path: Path) -> None:
    title = path.read_text().splitlines()[0].partition(". ")[2]

    assert f"| [{path.name[:4]}]({path.name}) | {title} |" in (FOLDER / "README.md").read_text()


@pytest.mark.parametrize(
    "path",
    [*DECISIONS, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"],
    ids=lambda path: path.stem,
)
def test_what_is_named_exists(path: Path) -> None:
    named = {each for each in PLACE.findall(path.read_text()) if not each.startswith(".local")}

    assert [each for each in sorted(named) if not (ROOT / each).exists()] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_other_decisions_are_referred_to_by_a_number_that_exists(path: Path) -> None:
    referred = {int(number) for number in re.findall(r"ADR (\d+)", path.read_text())}

    assert referred <= set(range(1, len(DECISIONS) + 1))
