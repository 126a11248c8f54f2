"""Real previews of the engine on the local account, trimmed, and the comments that they become.

Made with `python -m local preview --json FILE` after an edit of the program or the stack file; `removed_alarm` was written
by hand in the same form. A comment that changes on purpose is written anew by `python -m tests.scripts.preview_report.goldens`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.preview_report.cli import MAY_BE_MERGED, WANTS_APPROVAL, main

PREVIEWS = Path(__file__).parent / "previews"
EXITS = {
    "changed_password": MAY_BE_MERGED,
    "costlier": MAY_BE_MERGED,
    "empty": MAY_BE_MERGED,
    "image_only": MAY_BE_MERGED,
    "removed_alarm": WANTS_APPROVAL,
    "renamed_database": WANTS_APPROVAL,
    "replaced_database": WANTS_APPROVAL,
    "smaller_backup": WANTS_APPROVAL,
    "star_in_policy": WANTS_APPROVAL,
    "unprotected": WANTS_APPROVAL,
    "wider_security_group": WANTS_APPROVAL,
}


@pytest.mark.parametrize("name", EXITS)
def test_a_preview_becomes_this_comment(name: str, tmp_path: Path) -> None:
    out = tmp_path / "report.md"
    code = main(["--stack", "staging", "--out", str(out), str(PREVIEWS / f"{name}.json")])
    assert out.read_text() == (PREVIEWS / f"{name}.md").read_text()
    assert code == EXITS[name]


def test_no_preview_is_forgotten() -> None:
    assert {each.stem for each in PREVIEWS.glob("*.json")} == set(EXITS)
