"""What stands in an input by mistake: nothing, an output's description, or a value that nobody knows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from tests.engine.recording import Recording
from tests.engine.values import SIGNATURE, UNKNOWN, UNKNOWN_TEXT, Secret

ASSET: Final = "c44067f5952c0a294b673a41bacd8c17"
# What the SDK makes of an output in an f-string, what Python makes of None and of an object in one, and an unknown
# value that was put into a text: none of them is what its author meant.
MEANINGLESS: Final = re.compile(
    rf"Calling __str__|<pulumi\.|<coroutine|\bNone\b|\bobject at 0x|{UNKNOWN_TEXT}"
)


def slips(recording: Recording, *, unknown: bool) -> list[str]:
    """The inputs of all resources that hold none of what was meant; unknown values are right in a preview alone."""
    return [
        f"{each.name}.{path}: {value!r}"[:200]
        for each in recording.registrations.values()
        for path, value in leaves(each.inputs)
        if _is_slip(value, unknown=unknown)
    ]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is no object and no list, those of JSON texts and of secrets included."""
    if isinstance(value, Secret):
        value = value.value
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            value = json.loads(value)
        except ValueError:
            yield path, value
            return
    if isinstance(value, dict) and value.get(SIGNATURE) == ASSET:
        return  # a program's source, in which `None` is a word
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from leaves(each, f"{path}.{index}")
    else:
        yield path, value


def _is_slip(value: Any, *, unknown: bool) -> bool:
    if value is UNKNOWN:
        return not unknown
    return value is None or (isinstance(value, str) and bool(MEANINGLESS.search(value)))
