"""Rows as a table that fits a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from local.report.services import ServiceRow

GAP = "  "


def table(rows: Sequence[ServiceRow]) -> str:
    """Lay rows out in columns under their names."""
    if not rows:
        return "no service runs yet"
    names = list(asdict(rows[0]))
    lines = [names, *(list(asdict(row).values()) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(names))]
    return "\n".join(
        GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
