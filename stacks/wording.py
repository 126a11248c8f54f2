"""How a value and a suggestion are written in a message."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from enum import Enum
from typing import Final

from stacks.errors import Place, Problem
from stacks.secret_names import looks_secret

_LONGEST: Final = 100


class Unusable(Enum):
    """What stands where a stack file holds no value that settings could use."""

    EMPTY = "empty"  # a key without a value
    SECURE = "secure"  # an encrypted value (`secure: …`), never decrypted here
    UNREADABLE = "unreadable"  # a scalar whose meaning is in doubt; reported where it was read


def may_be_secret(place: Place) -> bool:
    """Whether the value there may be a secret, and so is never shown.

    Any variable of a service may: a secret is put there by mistake, and then under any name.
    """
    return (
        place[:1] == ("supplied",)
        or "environment" in place[2:]
        or any(looks_secret(str(part)) for part in place)
    )


def shown(place: Place, value: object) -> str:
    """The value for a message."""
    if isinstance(value, dict):
        return "a mapping"
    secret = may_be_secret(place)
    if isinstance(value, list) and (secret or not all(isinstance(each, str) for each in value)):
        return "a list"
    if secret or isinstance(value, Enum):
        return "the value"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…{text[-1]}"


def listed(allowed: Iterable[object]) -> str:
    """What is allowed, as in `allowed are 1, 3, 5`."""
    return ", ".join(json.dumps(each) if isinstance(each, str) else str(each) for each in allowed)


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that was probably meant. Case, hyphens and underscores are what people mix up."""
    plain = {each.lower().replace("-", "_"): each for each in options}
    close = difflib.get_close_matches(word.lower().replace("-", "_"), plain, n=1, cutoff=0.55)
    return plain[close[0]] if close else None


def unknown_key(place: Place, known: Iterable[str], given: Iterable[object]) -> Problem:
    """A key that nobody reads, with the one that was meant if the file lacks that one."""
    known, taken = tuple(known), set(given)
    kind = "service" if place[:-1] in (("services",), ("supplied",)) else "key"
    meant = nearest(str(place[-1]), (each for each in known if each not in taken))
    if meant is None:
        return Problem(place=place, text=f"is no known {kind}; known are {', '.join(known)}")
    text = f"is no known {kind}; did you mean {meant}?"
    return Problem(place=place, text=text, meant=(*place[:-1], meant))
