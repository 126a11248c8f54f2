"""What a rule has to say about a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scripts.preview_report.changes import Change

Topic = Literal["data", "access", "watch", "secrets"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that a reviewer must see; what blocks is not merged without an approval."""

    topic: Topic
    change: Change
    text: str
    """what happens, with names and figures, and never a value that could be secret"""
    blocks: bool = True
