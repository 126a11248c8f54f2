"""When two values mean the same to AWS, however they are written.

AWS answers with its own order of a set, its own spacing of a JSON document, and with empty members that nobody set. A
difference in those is no change and no drift.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from local.provider.values import Value


def same(one: Value, other: Value) -> bool:
    """Tell whether two values differ in nothing but the order of a list, JSON spacing or empty members."""
    return bool(_canonical(one) == _canonical(other))


def _canonical(value: Value) -> Value:
    if isinstance(value, Mapping):
        # An empty object is no empty member: `{"block": {}}` and `{"allow": {}}` are two actions.
        return {
            key: _canonical(each) for key, each in value.items() if each == {} or not is_empty(each)
        }
    if isinstance(value, list | tuple):
        return sorted((_canonical(each) for each in value), key=_document)
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return _document(json.loads(value))
        except ValueError:
            return value
    # Here and there the provider's schema writes a number as text: a cpu of 256 is "256".
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _document(value: Value) -> str:
    return json.dumps(value, sort_keys=True)


def is_empty(value: Value) -> bool:
    """Tell whether a value is what AWS leaves out of an answer, or answers for what was never set."""
    return value is None or value is False or value == "" or value in ([], {})


def restricted(mine: Value, theirs: Value) -> Value:
    """Leave in the account's value only the members that the program's value has."""
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        return {key: restricted(each, theirs.get(key)) for key, each in mine.items()}
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        return [restricted(one, other) for one, other in zip(mine, theirs, strict=True)]
    return theirs


def in_words_of(mine: Value, theirs: Value) -> Value:
    """Say the account's value as the program wrote it, wherever the two mean the same."""
    both_empty = is_empty(mine) and is_empty(theirs)
    return mine if both_empty or same(mine, theirs) else theirs
