"""Values of a preview: what is known, what is secret, and what may be shown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, cast

Json: TypeAlias = Mapping[str, object]

# The engine's own marks (sdk/go/common/resource/plugin/rpc.go). A text may hold one anywhere.
UNKNOWN: Final = (
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",  # text, and whatever it is part of
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # bool
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # number
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # list
    "030794c1-ac77-496b-92df-f27374a8bd58",  # asset
    "e48ece36-62e2-4504-bad9-02848725956a",  # archive
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # object
)
SECRET: Final = "[secret]"  # noqa: S105 - what stands in a secret's place


def is_unknown(value: object) -> bool:
    """Whether the value, or a part of it, comes only with the update."""
    if isinstance(value, str):
        return any(mark in value for mark in UNKNOWN)
    if isinstance(value, Mapping):
        return any(is_unknown(each) for each in value.values())
    return isinstance(value, list) and any(is_unknown(each) for each in value)


def mapping(value: object) -> Json:
    """The value if it is a mapping, and an empty one otherwise."""
    return cast(Json, value) if isinstance(value, Mapping) else {}


def items(value: object) -> Sequence[object]:
    """A list as it is, one value as a list of one, nothing as none: AWS takes all three."""
    if value is None:
        return ()
    return cast("list[object]", value) if isinstance(value, list) else (value,)


def texts(value: object) -> tuple[str, ...]:
    """The same, as text."""
    return tuple(str(each) for each in items(value))


def number(value: object) -> float | None:
    """The value as a number. Pulumi's inputs hold some numbers as text (cpu and memory of a task)."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        return float(str(value))
    except ValueError:
        return None


def decoded(value: object) -> object:
    """JSON in text, decoded; None when it is no JSON."""
    if not isinstance(value, str):
        return value
    try:
        return cast(object, json.loads(value))
    except ValueError:
        return None
