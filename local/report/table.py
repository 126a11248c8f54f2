"""Rows as a table that fits a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

GAP = "  "


def table(rows: Sequence[DataclassInstance]) -> str:
    """Lay rows of one kind out in columns under their names."""
    names = list(asdict(rows[0]))
    heads = [name.split("_")[-1] for name in names]
    lines = [heads, *(list(asdict(row).values()) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(names))]
    return "\n".join(
        GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
