"""Steps of a preview as `pulumi preview --json` writes them, made small."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from scripts.preview_report.changes import changes_of
from scripts.preview_report.judgement import Judged, judge
from scripts.preview_report.preview import read_preview
from tests.stacks.test_approvals import TODAY

Inputs = dict[str, Any]
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def step(
    op: str,
    kind: str,
    name: str,
    was: Inputs | None = None,
    will: Inputs | None = None,
    *,
    old: Inputs | None = None,
    new: Inputs | None = None,
) -> Inputs:
    """One step; `old` and `new` hold options of the state, such as protect."""
    urn = f"urn:pulumi:staging::turnstay::a:b:C${kind}::{name}"
    made: Inputs = {"op": op, "urn": urn}
    if was is not None:
        made["oldState"] = {"urn": urn, "type": kind, "custom": True, "inputs": was, **(old or {})}
    if will is not None:
        made["newState"] = {"urn": urn, "type": kind, "custom": True, "inputs": will, **(new or {})}
        made["diffReasons"] = [key for key in will if (was or {}).get(key) != will[key]]
    return made


def preview(*steps: Inputs) -> str:
    """The whole of it."""
    counts = Counter(each["op"] for each in steps) | Counter({"same": 700})
    return json.dumps({"config": {}, "steps": steps, "changeSummary": counts})


def judged(*steps: Inputs) -> tuple[Judged, ...]:
    """What the rules say, without approvals."""
    return judge(changes_of(read_preview(preview(*steps)).steps), (), TODAY)


def policy(*statements: Inputs) -> str:
    """A policy document as the program writes it."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any = "arn:aws:s3:::bucket/key", **more: Any) -> Inputs:
    """A statement."""
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}
