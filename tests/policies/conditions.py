"""The conditions of IAM statements, as far as this project writes them; any other operator is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

Context = Mapping[str, str]


class UnknownOperatorError(Exception):
    """A policy uses an operator whose meaning is not written down here."""


def matches(pattern: str, text: str) -> bool:
    """IAM's wildcards: `*` for any characters, `/` and `:` among them, and `?` for one."""
    parts = (".*" if each == "*" else "." if each == "?" else re.escape(each) for each in pattern)
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def _arn_matches(pattern: str, text: str) -> bool:
    """Six parts, each by itself: a wildcard does not reach over a colon, but in the last part."""
    patterns, parts = pattern.split(":", 5), text.split(":", 5)
    return len(patterns) == len(parts) == 6 and all(map(matches, patterns, parts))


def _equals(wanted: str, found: str) -> bool:
    return wanted == found


def _same_word(wanted: str, found: str) -> bool:
    return wanted.lower() == found.lower()


POSITIVE: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "StringEquals": _equals,
    "StringLike": matches,
    "ArnEquals": _arn_matches,
    "ArnLike": _arn_matches,
    "Bool": _same_word,
}
NEGATIVE: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "StringNotEquals": _equals,
    "StringNotLike": matches,
    "ArnNotEquals": _arn_matches,
    "ArnNotLike": _arn_matches,
}


def holds(condition: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    """Whether every operator holds for every key that it names."""
    return all(
        _operator(operator, key, _many(values), context)
        for operator, keys in condition.items()
        for key, values in keys.items()
    )


def _operator(operator: str, key: str, values: list[str], context: Context) -> bool:
    """One value is enough; a key that the request lacks fails a positive operator and satisfies a negative one."""
    name = operator.removesuffix("IfExists")
    found = {each.lower(): value for each, value in context.items()}.get(key.lower())
    if operator == "Null":
        return (found is None) == (values[0].lower() == "true")
    if name in POSITIVE:
        if found is None:
            return operator != name
        return any(POSITIVE[name](each, found) for each in values)
    if name in NEGATIVE:
        return found is None or not any(NEGATIVE[name](each, found) for each in values)
    raise UnknownOperatorError(f"{operator} on {key}: write down in tests/policies what it means")


def _many(value: Any) -> list[str]:
    found = value if isinstance(value, list | tuple) else [value]
    return [str(each).lower() if isinstance(each, bool) else str(each) for each in found]
