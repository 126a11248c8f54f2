"""Write the comments of all previews anew: `python -m tests.scripts.preview_report.goldens`. Read the diff."""

from __future__ import annotations

from scripts.preview_report.cli import main
from tests.scripts.preview_report.test_goldens import EXITS, PREVIEWS

if __name__ == "__main__":
    for name in EXITS:
        made = PREVIEWS / f"{name}.md"
        main(["--stack", "staging", "--out", str(made), str(PREVIEWS / f"{name}.json")])
