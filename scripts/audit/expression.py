"""The expressions of policies as PostgreSQL writes them back (pg_get_expr), read into a tree.

PostgreSQL puts every operand of AND, OR and NOT in parentheses, so what is not understood is set aside with its
parentheses as Opaque and the rest still stands. Names must have been written with a search_path of pg_catalog alone:
then a function, an operator or a type without a schema is PostgreSQL's own, and nobody's namesake of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

TOKEN: Final = re.compile(
    r"\s+|(?P<string>E?'(?:[^'\\]|''|\\.|\\)*')|(?P<quoted>\"(?:[^\"]|\"\")*\")"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<word>[A-Za-z_\u0080-\uffff][\w$]*)"
    r"|(?P<mark>::|[(),.\[\];])|(?P<operator>[-+*/<>=~!@#%^&|`?]+)|(?P<other>.)",
    re.DOTALL,
)
# Words of PostgreSQL's grammar that this reader does not follow; as a name it would write them in quotes.
RESERVED: Final = frozenset(
    {
        "and",
        "any",
        "array",
        "as",
        "case",
        "cast",
        "collate",
        "end",
        "else",
        "except",
        "exists",
        "from",
        "in",
    }
    | {
        "intersect",
        "is",
        "like",
        "not",
        "or",
        "order",
        "over",
        "row",
        "select",
        "some",
        "then",
        "union",
    }
    | {"values", "when", "where", "window"}
)


@dataclass(frozen=True)
class Column:
    """A column of the table."""

    name: str


@dataclass(frozen=True)
class Literal:
    """A constant; None is NULL."""

    value: str | bool | None


@dataclass(frozen=True)
class Call:
    """A function of PostgreSQL's own."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Cast:
    """A value as another type."""

    value: Expression
    type: str


@dataclass(frozen=True)
class Binary:
    """Two values and an operator."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Test:
    """`value IS word`; the word is null, true or false."""

    value: Expression
    word: str
    negated: bool


@dataclass(frozen=True)
class Not:
    """A negation."""

    value: Expression


@dataclass(frozen=True)
class All:
    """An AND."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Any:
    """An OR."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Opaque:
    """What is not understood."""

    text: str


Expression: TypeAlias = Column | Literal | Call | Cast | Binary | Test | Not | All | Any | Opaque


@dataclass(frozen=True)
class Token:
    """A piece of the text; `kind` is the name of its group above."""

    kind: str
    text: str


def tokens(text: str) -> list[Token]:
    """Cut the text into pieces, without the blanks between them."""
    return [
        Token(match.lastgroup, match.group())
        for match in TOKEN.finditer(text)
        if match.lastgroup is not None
    ]
