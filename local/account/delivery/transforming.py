"""What a target of a rule gets of an event: all of it, a part, a text of its own, or a template that is filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

PATH: Final = re.compile(r"\$(\.[\w-]+|\[\d+\])*")
STEP: Final = re.compile(r"\.([\w-]+)|\[(\d+)\]")
PLACEHOLDER: Final = re.compile(r"<([\w.-]+)>")


class TransformError(ValueError):
    """A path or a template that EventBridge would refuse, or that is not understood here."""


def payload(target: Mapping[str, Any], event: Mapping[str, Any], rule_arn: str) -> str:
    """The text that the target gets."""
    if "Input" in target:
        return str(target["Input"])
    if path := target.get("InputPath"):
        return json.dumps(_at(path, event))
    if transformer := target.get("InputTransformer"):
        return _filled(transformer, event, rule_arn)
    return json.dumps(event)


def _filled(transformer: Mapping[str, Any], event: Mapping[str, Any], rule_arn: str) -> str:
    values = {
        name: _at(path, event) for name, path in (transformer.get("InputPathsMap") or {}).items()
    } | {
        "aws.events.event.json": event,
        "aws.events.event.ingestion-time": event.get("time"),
        "aws.events.rule-arn": rule_arn,
        "aws.events.rule-name": rule_arn.rpartition("/")[2],
    }
    template = transformer["InputTemplate"]
    written, position, in_text = [], 0, False
    for match in PLACEHOLDER.finditer(template):
        between = template[position : match.start()]
        in_text ^= len(re.findall(r'(?<!\\)"', between)) % 2 == 1
        if match[1] not in values:
            raise TransformError(f"<{match[1]}> is filled in by no path")
        written += [between, _written(values[match[1]], in_text=in_text)]
        position = match.end()
    return "".join([*written, template[position:]])


def _written(value: object, *, in_text: bool) -> str:
    """JSON where a value stands, the bare text between quotes; what the event does not say is nothing at all."""
    if value is None:
        return ""
    if in_text:
        return json.dumps(value if isinstance(value, str) else json.dumps(value))[1:-1]
    return json.dumps(value)


def _at(path: str, event: object) -> Any:  # noqa: ANN401 - whatever the event has there
    if not PATH.fullmatch(path):
        raise TransformError(f"{path} is a path that is not understood in the local account")
    found: Any = event
    for name, index in STEP.findall(path):
        if index:
            found = (
                found[int(index)] if isinstance(found, list) and int(index) < len(found) else None
            )
        else:
            found = found.get(name) if isinstance(found, Mapping) else None
    return found
