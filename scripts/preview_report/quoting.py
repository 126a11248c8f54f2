"""Names and texts of a preview as they stand in Markdown: they come from a branch, and must not pretend to be the report."""

from __future__ import annotations

import re

LONGEST = 300


def code(text: object) -> str:
    """One line in code marks; nothing in it is Markdown, a mention or the end of a table's cell."""
    plain = re.sub(r"[`|\r\n\x00-\x1f]", " ", str(text)).replace("<!--", "<! --")
    return f"`{plain[:LONGEST]}`"


def prose(text: str) -> str:
    """A rule's own words, with what it quotes: no link, no image, no mention, no comment of HTML."""
    plain = re.sub(r"[\r\n\x00-\x1f|]", " ", text)
    plain = plain.replace("<", "&lt;").replace("](", "] (").replace("@", "@\u200b")
    return plain[: 2 * LONGEST]
