"""One issue for the drift of a stack: opened, updated and closed by the nightly check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from scripts.github.api import Api
from scripts.github.comment import AUTHOR

LABEL: Final = "drift"
LONGEST: Final = 60_000
NO_CHANGES, CHANGES = 0, 7
"""How `pulumi refresh --preview-only --expect-no-changes` ends: as it should be, or not."""


def report_drift(api: Api, stack: str, code: int, output: str, run_url: str) -> str:
    """Bring the issue in line with what the check found; says in a word what was done."""
    mark = f"<!-- turnstay-drift {stack} -->"
    issue = _open_issue(api, mark)
    if code == NO_CHANGES:
        if issue is None:
            return "no drift"
        api.post(f"/issues/{issue['number']}/comments", {"body": f"No drift any more: {run_url}"})
        api.patch(f"/issues/{issue['number']}", {"state": "closed", "state_reason": "completed"})
        return f"closed #{issue['number']}"
    title, body = _text(stack, code, output, run_url, mark)
    if issue is None:
        made = api.post("/issues", {"title": title, "body": body, "labels": [LABEL]})
        return f"opened #{made.get('number')}"
    api.patch(f"/issues/{issue['number']}", {"title": title, "body": body})
    return f"updated #{issue['number']}"


def _open_issue(api: Api, mark: str) -> Mapping[str, object] | None:
    for each in api.every("/issues", state="open", labels=LABEL):
        user = each.get("user")
        login = user.get("login") if isinstance(user, dict) else None
        # The list holds pull requests as well.
        if (
            login == AUTHOR
            and "pull_request" not in each
            and str(each.get("body")).startswith(mark)
        ):
            return each
    return None


def _text(stack: str, code: int, output: str, run_url: str, mark: str) -> tuple[str, str]:
    found = code == CHANGES
    title = f"{stack} has drifted" if found else f"the drift of {stack} could not be looked for"
    words = (
        "Something in AWS is not as Pulumi left it. Either bring it back (`pulumi up --refresh`), or write down in the"
        " program what it is to be; docs/pipeline.md tells how."
        if found
        else f"The check ended with code {code}. Until it runs again, nobody knows."
    )
    # A fence longer than any in the text: it is the engine's, and names of resources are anybody's.
    fence = "`" * (max((len(each) for each in re.findall("`+", output)), default=2) + 1)
    fence = fence if len(fence) > 2 else "```"  # noqa: PLR2004 - Markdown's shortest
    shown = output[-LONGEST:].strip()
    return title, f"{mark}\n{words}\n\n{run_url}\n\n{fence}text\n{shown}\n{fence}\n"
