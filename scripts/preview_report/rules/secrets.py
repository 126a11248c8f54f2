"""Secrets: new values, new readers, and what must never be plain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from scripts.preview_report.changes import Change
from scripts.preview_report.finding import Finding
from scripts.preview_report.values import decoded, items, mapping

VALUES: Final = frozenset(
    {
        "aws:secretsmanager/secretVersion:SecretVersion",
        "random:index/randomPassword:RandomPassword",
    }
)
SECRET: Final = "aws:secretsmanager/secret:Secret"  # noqa: S105 - a type
ROTATION: Final = "aws:secretsmanager/secretRotation:SecretRotation"
TASK: Final = "aws:ecs/taskDefinition:TaskDefinition"
WORDS: Final = {
    "create": "gets a value",
    "update": "gets a new value",
    "replace": "gets a new value",
}


def changed_secrets(changes: Iterable[Change]) -> Iterator[Finding]:
    """What changes about secrets, by name alone."""
    for change in changes:
        if change.type in VALUES and change.kind == "delete":
            yield Finding(topic="secrets", change=change, text="its value is deleted")
        elif change.type in VALUES and change.kind in WORDS:
            text = f"{WORDS[change.kind]}; what uses it starts anew"
            yield Finding(topic="secrets", change=change, text=text, blocks=False)
        elif change.type == SECRET and change.kind == "create":
            yield Finding(topic="secrets", change=change, text="is new", blocks=False)
        elif (
            change.type == SECRET and change.was.get("kmsKeyId") and not change.will.get("kmsKeyId")
        ):
            if change.remains:
                text = "is encrypted with AWS's key and no longer with ours"
                yield Finding(topic="secrets", change=change, text=text)
        elif change.type == ROTATION and change.kind == "delete":
            yield Finding(topic="secrets", change=change, text="is no longer rotated")
        elif change.type == TASK and change.remains:
            yield from _variables(change)


def _variables(change: Change) -> Iterator[Finding]:
    """A variable that was secret and is plain now, and variables that come and go."""
    before, after = _names(change.was, "secrets"), _names(change.will, "secrets")
    plain = _names(change.will, "environment")
    for name in sorted(before & plain):
        yield Finding(
            topic="secrets", change=change, text=f"{name} was a secret and is plain text now"
        )
    if not change.existed or decoded(change.will.get("containerDefinitions")) is None:
        return
    for name in sorted(after - before):
        yield Finding(
            topic="secrets", change=change, text=f"reads {name} from now on", blocks=False
        )
    for name in sorted(before - after - plain):
        yield Finding(topic="secrets", change=change, text=f"no longer reads {name}", blocks=False)


def _names(inputs: object, key: str) -> frozenset[str]:
    containers = items(decoded(mapping(inputs).get("containerDefinitions")))
    return frozenset(
        str(mapping(each).get("name"))
        for container in containers
        for each in items(mapping(container).get(key))
    )
