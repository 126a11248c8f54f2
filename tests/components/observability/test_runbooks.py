from __future__ import annotations

import re
from pathlib import Path

import pytest

from components.observability.control_notices import CONTROL_NOTICES
from components.observability.notices import Notice
from components.observability.secret_notices import SECRET_NOTICES, unexpected_reader_notice
from components.observability.service_notices import deployment_notices, task_failure_notice
from tests.engine.recording import ROOT

RUNBOOKS = ROOT / "docs" / "runbooks"
PAGES = sorted(each for each in RUNBOOKS.glob("*.md") if each.name != "README.md")
NOTICES: list[Notice] = [
    *CONTROL_NOTICES,
    *SECRET_NOTICES,
    *deployment_notices("arn:*"),
    task_failure_notice("arn"),
    unexpected_reader_notice("111122223333", ["a"]),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_runbook_says_what_it_means_how_to_look_and_what_to_do(page: Path) -> None:
    parts = re.split(r"^## (.+)$", page.read_text(), flags=re.MULTILINE)

    assert parts[1::2] == ["What it means", "How to look", "What to do"]
    assert all(len(part.split()) > 10 for part in parts[2::2])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    linked = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text())

    assert [each for each in linked if not (RUNBOOKS / each).resolve().is_file()] == []


def test_the_list_of_runbooks_is_whole() -> None:
    linked = set(re.findall(r"\(([a-z-]+)\.md\)", (RUNBOOKS / "README.md").read_text()))

    assert linked == {page.stem for page in PAGES}


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.name)
def test_each_event_has_a_runbook(notice: Notice) -> None:
    assert (RUNBOOKS / f"{notice.runbook}.md").is_file()
