"""What the report on a preview costs: 600 changed resources, as a whole process (at most 2 s).

The steps are those of the previews in tests/scripts/preview_report, again and again under other names.
"""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PREVIEWS: Final = ROOT / "tests/scripts/preview_report/previews"
RESOURCES: Final = 600
RUNS: Final = 5


def main() -> None:
    """Print the median of some runs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "preview.json"
        path.write_text(large_preview(RESOURCES))
        command = [sys.executable, "-m", "scripts.preview_report", "--stack", "staging", "--out"]
        seconds = []
        for _ in range(RUNS):
            began = time.perf_counter()
            done = subprocess.run([*command, f"{folder}/report.md", path], cwd=ROOT, check=False)
            seconds.append(time.perf_counter() - began)
            assert done.returncode == 3  # noqa: S101, PLR2004 - it has been judged
        size = path.stat().st_size / 2**20
    print(
        f"report: {statistics.median(seconds):.2f} s for {RESOURCES} changed resources, {size:.1f} MiB (at most 2 s)"
    )


def large_preview(resources: int) -> str:
    """So many changed resources."""
    found = [
        step
        for file in sorted(PREVIEWS.glob("*.json"))
        for step in json.loads(file.read_text())["steps"]
        if step["op"] != "same"
    ]
    steps = [
        step | {"urn": f"{step['urn']}-{number}"}
        for number, step in zip(range(resources), itertools.cycle(found), strict=False)
    ]
    return json.dumps({"steps": steps, "changeSummary": Counter(each["op"] for each in steps)})
