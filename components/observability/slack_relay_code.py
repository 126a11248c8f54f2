"""The files of the function that brings alerts to Slack, as they are packed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "slack_relay"
HANDLER: Final = "slack_relay.handler.handle"


def code() -> dict[str, str]:
    """Path in the package -> text. Only sources, in their order: what Python leaves beside them must change nothing."""
    return {
        f"{FOLDER.name}/{each.name}": each.read_text(encoding="utf-8")
        for each in sorted(FOLDER.glob("*.py"))
    }
