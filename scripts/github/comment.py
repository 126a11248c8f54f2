"""One comment of a pull request with a section for each stack, each replaced in place."""

from __future__ import annotations

import re
from typing import Final

from scripts.github.api import Api

MARK: Final = "<!-- turnstay-preview -->"
AUTHOR: Final = "github-actions[bot]"
LONGEST: Final = 65_000  # GitHub takes 65,536 characters
CUT: Final = "\n\n_The rest is in the log of the workflow._"


def with_section(body: str | None, section: str, text: str) -> str:
    """The comment with this section new and the others as they were, in the order of their names."""
    sections = _sections(body or "")
    sections[section] = text.strip()
    room = LONGEST // len(sections)
    parts = [MARK]
    for name in sorted(sections):
        content = (
            sections[name]
            .replace("<!-- section", "<! -- section")
            .replace("<!-- /section", "<! -- /section")
        )
        if len(content) > room:
            content = content[: room - len(CUT)].rsplit("\n", 1)[0] + CUT
        parts.append(f"<!-- section {name} -->\n{content}\n<!-- /section {name} -->")
    return "\n\n".join(parts)


def upsert_comment(api: Api, number: int, section: str, text: str) -> str:
    """Write the section into the pull request's comment, and the comment if there is none; returns its address.

    A comment by anybody else is left alone, whatever it says.
    """
    own = next((each for each in api.every(f"/issues/{number}/comments") if _is_ours(each)), None)
    if own is None:
        made = api.post(f"/issues/{number}/comments", {"body": with_section(None, section, text)})
    else:
        body = with_section(str(own.get("body")), section, text)
        made = api.patch(f"/issues/comments/{own['id']}", {"body": body})
    return str(made.get("html_url", ""))


def _is_ours(comment: object) -> bool:
    if not isinstance(comment, dict):
        return False
    user = comment.get("user")
    login = user.get("login") if isinstance(user, dict) else None
    return login == AUTHOR and str(comment.get("body", "")).startswith(MARK)


def _sections(body: str) -> dict[str, str]:
    found = re.findall(
        r"<!-- section ([a-z0-9-]+) -->\n(.*?)\n<!-- /section \1 -->", body, re.DOTALL
    )
    return dict(found)
