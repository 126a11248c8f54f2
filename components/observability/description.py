"""What an alarm says of itself: read by people in Slack, and by the delivery that sorts pages from tickets."""

from __future__ import annotations

import re
from typing import Final

# CloudWatch's limit for an alarm's description.
LONGEST: Final = 1024
FIELDS: Final = ("Severity", "Owner", "Runbook")


def description(*, summary: str, severity: str, owner: str, runbooks_url: str, runbook: str) -> str:
    """The sentence, then a line a field: `Severity: page`, `Owner: …`, `Runbook: https://…`."""
    text = f"{summary}\nSeverity: {severity}\nOwner: {owner}\nRunbook: {runbooks_url}/{runbook}.md"
    if len(text) > LONGEST:
        raise ValueError(
            f"a description has at most {LONGEST} characters, got {len(text)}: {summary}"
        )
    return text


def fields(text: str) -> dict[str, str]:
    """The fields of a description by their name; one that is not there is missing here too."""
    found = {name: re.search(rf"^{name}: (\S.*)$", text, re.MULTILINE) for name in FIELDS}
    return {name: match.group(1) for name, match in found.items() if match}
