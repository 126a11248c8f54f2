"""Figures of this project as ratios and counts: `make bench`.

usage: python -m benchmarks [program|local|report ...]      all of them when none is named
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

from benchmarks import local_account, preview_report, program

PARTS: Final[dict[str, Callable[[], None]]] = {
    "program": program.main,
    "local": local_account.main,
    "report": preview_report.main,
}


def main(names: list[str]) -> int:
    """Run the parts that are named."""
    if strays := [name for name in names if name not in PARTS]:
        print(f"no benchmark is called {', '.join(strays)}; there are {', '.join(PARTS)}")
        return 2
    for name in names or PARTS:
        PARTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
