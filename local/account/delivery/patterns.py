"""EventBridge's patterns, as far as they are used here: any other operator is refused, and none is ignored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

OPERATORS: Final = ("anything-but", "exists", "prefix", "suffix", "wildcard")
INSIDE_NOT: Final = ("prefix", "suffix", "wildcard")
OR: Final = "$or"
_ABSENT: Final = object()


def problems(pattern: Mapping[str, Any]) -> list[str]:
    """What of a pattern is not understood here; EventBridge may understand it all the same."""
    return list(_problems(pattern))


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether an event has all that a pattern asks for."""
    for key, wanted in pattern.items():
        if key == OR:
            if not any(matches(each, event) for each in wanted):
                return False
            continue
        value = event.get(key, _ABSENT)
        if isinstance(wanted, Mapping):
            # What is not there has nothing in it, which `exists: false` may ask for.
            if not matches(wanted, value if isinstance(value, Mapping) else {}):
                return False
        elif not any(_fits(each, value) for each in wanted):
            return False
    return True


def _fits(rule: object, value: object) -> bool:
    """Whether one of the values fits; an array fits by any of its members."""
    if isinstance(rule, Mapping) and "exists" in rule:
        return (value is not _ABSENT) is rule["exists"]
    values = value if isinstance(value, list) else [] if value is _ABSENT else [value]
    return any(_one_fits(rule, each) for each in values)


def _one_fits(rule: object, value: object) -> bool:
    if not isinstance(rule, Mapping):
        return rule == value and type(rule) is type(value)
    ((operator, wanted),) = rule.items()
    if operator == "anything-but":
        others = wanted if isinstance(wanted, list) else [wanted]
        return not any(_not_wanted(each, value) for each in others)
    return isinstance(value, str) and any(
        _text_fits(operator, each, value)
        for each in (wanted if isinstance(wanted, list) else [wanted])
    )


def _not_wanted(rule: object, value: object) -> bool:
    return _one_fits(rule, value)


def _text_fits(operator: str, wanted: str, value: str) -> bool:
    if operator == "prefix":
        return value.startswith(wanted)
    if operator == "suffix":
        return value.endswith(wanted)
    parts = (re.escape(part) for part in wanted.split("*"))
    return re.fullmatch(".*".join(parts), value, re.DOTALL) is not None


def _problems(pattern: Mapping[str, Any]) -> Iterator[str]:
    for key, wanted in pattern.items():
        if key == OR:
            for each in wanted:
                yield from _problems(each)
        elif isinstance(wanted, Mapping):
            yield from _problems(wanted)
        elif not isinstance(wanted, list) or not wanted:
            yield f"{key} is {json.dumps(wanted)}, which is no list of values"
        else:
            for each in wanted:
                yield from _operator_problems(each, OPERATORS)


def _operator_problems(rule: object, known: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(rule, Mapping):
        return
    if len(rule) != 1 or (operator := next(iter(rule))) not in known:
        yield f"{json.dumps(rule)} is not understood in the local account; {', '.join(known)} are"
        return
    if operator == "anything-but" and isinstance(rule[operator], Mapping):
        yield from _operator_problems(rule[operator], INSIDE_NOT)
    if "\\" in json.dumps(rule[operator], ensure_ascii=False).replace('\\"', ""):
        yield f"{json.dumps(rule)}: an escaped character is not understood in the local account"
