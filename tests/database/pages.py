"""What the pages of the documentation tell people to run."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
ISOLATION, DATABASES = "tenant-isolation.md", "databases.md"


def blocks(page: str, heading: str, language: str) -> list[str]:
    """The blocks of code in a language under a heading, in order; AssertionError when there is none."""
    text = (DOCS / page).read_text()
    assert f"\n## {heading}\n" in text, f"{page} has no heading {heading!r}"
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", section, re.DOTALL | re.MULTILINE)
    assert found, f"{page} has no {language} under {heading!r}"
    return [textwrap.dedent(block) for _, block in found]


def sql(heading: str) -> str:
    """All SQL under a heading of the page for service teams."""
    return "\n".join(blocks(ISOLATION, heading, "sql"))
