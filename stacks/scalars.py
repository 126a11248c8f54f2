"""What an unquoted word in a stack file means, where every reader agrees on it.

The engine reads YAML by the rules of Go's yaml.v3 and writes it back; people and other tools know
other rules. A word that these read differently is refused instead of guessed at.
"""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_FRACTION: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]*[1-9]")
_DOUBTFUL: Final = (
    (
        re.compile(r"(?i:y|n|yes|no|on|off)"),
        "is text to Pulumi and a switch to others; write true or false, or put it in quotes",
    ),
    (
        re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?"),
        "is a date, which Pulumi rewrites with a time; put it in quotes",
    ),
    (
        re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?"),
        "is text to Pulumi and a number to others; put it in quotes",
    ),
    (
        # 0755 is octal, 089 loses its zero; 1.0, 1e3, 1_000, 0x1F, +5 and .5 come back changed.
        re.compile(
            r"[-+]?(?:0b[-+]?[01]+|0o[-+]?[0-7]+|0x[0-9a-f]+|\.inf"
            r"|(?:\.[0-9]+|[0-9]+\.?[0-9]*)(?:e[-+]?[0-9]+)?)|\.nan",
            re.IGNORECASE,
        ),
        "is a number that Pulumi rewrites; write it in plain decimal, or in quotes if it is text",
    ),
)


def read_scalar(text: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar; a ValueError says why a doubtful one is refused."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text):
        return float(text)
    # Go drops underscores from what begins like a number, wherever they stand.
    plain = text.replace("_", "") if text[0] in "+-.0123456789" else text
    for form, why in _DOUBTFUL:
        if form.fullmatch(plain):
            raise ValueError(why)
    return text
