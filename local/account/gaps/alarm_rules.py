"""The rule of a composite alarm: the alarms it names, and whether it holds in their states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

TOKEN: Final = re.compile(
    r'\s*(?:(?P<state>ALARM|OK|INSUFFICIENT_DATA)\(\s*"?(?P<name>[^")]+?)"?\s*\)'
    r"|(?P<word>AND|OR|NOT|TRUE|FALSE)\b|(?P<bracket>[()]))"
)


class RuleError(ValueError):
    """A rule that CloudWatch refuses; the text says where it stops being one."""


def named(rule: str) -> list[str]:
    """The names of a rule's alarms, in its order; the last part of an ARN. RuleError when it is none."""
    return [name for kind, name in _tokens(rule) if kind in {"ALARM", "OK", "INSUFFICIENT_DATA"}]


def holds(rule: str, states: Mapping[str, str]) -> bool:
    """Tell whether the composite is in alarm when its alarms are in those states."""
    tokens = _tokens(rule)
    result, rest = _either(tokens, states)
    if rest:
        raise RuleError(f"{rule!r} goes on after its end: {rest[0][0]}")
    return result


Tokens = list[tuple[str, str]]


def _tokens(rule: str) -> Tokens:
    found, position = [], 0
    while position < len(rule.rstrip()):
        if (match := TOKEN.match(rule, position)) is None:
            raise RuleError(f"{rule!r} is no rule from character {position + 1} on")
        position = match.end()
        name = (match["name"] or "").rpartition(":alarm:")[2]
        found.append((match["state"] or match["word"] or match["bracket"], name))
    return found


def _either(tokens: Tokens, states: Mapping[str, str]) -> tuple[bool, Tokens]:
    result, rest = _both(tokens, states)
    while rest and rest[0][0] == "OR":
        other, rest = _both(rest[1:], states)
        result = result or other
    return result, rest


def _both(tokens: Tokens, states: Mapping[str, str]) -> tuple[bool, Tokens]:
    result, rest = _one(tokens, states)
    while rest and rest[0][0] == "AND":
        other, rest = _one(rest[1:], states)
        result = result and other
    return result, rest


def _one(tokens: Tokens, states: Mapping[str, str]) -> tuple[bool, Tokens]:
    if not tokens:
        raise RuleError("the rule ends where an alarm is missing")
    (kind, name), rest = tokens[0], tokens[1:]
    if kind == "NOT":
        result, rest = _one(rest, states)
        return not result, rest
    if kind == "(":
        result, rest = _either(rest, states)
        if not rest or rest[0][0] != ")":
            raise RuleError("a bracket of the rule is not closed")
        return result, rest[1:]
    if kind in {"TRUE", "FALSE"}:
        return kind == "TRUE", rest
    if not name:
        raise RuleError(f"{kind} stands in the rule where an alarm should")
    return states.get(name) == kind, rest
