"""From the text of an expression to its tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from scripts.audit.expression import (
    RESERVED,
    All,
    Any,
    Binary,
    Call,
    Cast,
    Column,
    Expression,
    Literal,
    Not,
    Opaque,
    Test,
    Token,
    tokens,
)

END: Final = Token("end", "")
DEEPEST: Final = 40  # parentheses; what is deeper is not read (a tenth of what Python can follow)


class _NotUnderstoodError(Exception):
    pass


def read(text: str) -> Expression:
    """Read an expression; what is not understood becomes Opaque, in the smallest parentheses around it."""
    reader = _Reader(tokens(text))
    try:
        found = reader.expression()
        reader.expect_end()
    except _NotUnderstoodError:
        return Opaque(text)
    return found


class _Reader:
    """Reads from left to right; every method leaves the place after what it has read."""

    def __init__(self, pieces: list[Token]) -> None:
        self._pieces, self._place, self._depth = pieces, 0, 0

    def expression(self) -> Expression:
        return self._joined("OR", lambda: self._joined("AND", self._negation, All), Any)

    def expect_end(self) -> None:
        if self._next is not END:
            raise _NotUnderstoodError

    @property
    def _next(self) -> Token:
        return self._pieces[self._place] if self._place < len(self._pieces) else END

    def _take(self, *texts: str) -> bool:
        """Step over these pieces if they come next."""
        ahead = self._pieces[self._place : self._place + len(texts)]
        # PostgreSQL writes its key words in capitals and quotes a name with one, so the case decides.
        found = [piece.text for piece in ahead if piece.kind in ("word", "mark", "operator")]
        if found != list(texts):
            return False
        self._place += len(texts)
        return True

    def _need(self, text: str) -> None:
        if not self._take(text):
            raise _NotUnderstoodError

    def _joined(
        self,
        word: str,
        part: Callable[[], Expression],
        made: type[All | Any],
    ) -> Expression:
        parts = [part()]
        while self._take(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else made(tuple(parts))

    def _negation(self) -> Expression:
        return Not(self._negation()) if self._take("NOT") else self._comparison()

    def _comparison(self) -> Expression:
        left = self._value()
        if self._next.kind == "operator":
            operator = self._next.text
            self._place += 1
            return Binary(operator, left, self._value())
        if self._take("IS"):
            negated = self._take("NOT")
            for word in ("NULL", "TRUE", "FALSE"):
                if self._take(word):
                    return Test(left, word.lower(), negated)
            raise _NotUnderstoodError
        return left

    def _value(self) -> Expression:
        value = self._atom()
        while self._take("::"):
            value = Cast(value, self._type())
        return value

    def _atom(self) -> Expression:  # noqa: PLR0911 - a table of forms
        piece = self._next
        self._place += 1
        match piece.kind:
            case "string" if not piece.text.startswith("E"):
                return Literal(piece.text[1:-1].replace("''", "'"))
            case "number":
                return Literal(piece.text)
            case "quoted":
                return Column(piece.text[1:-1].replace('""', '"'))
            case "mark" if piece.text == "(":
                return self._within(self._inner)
            case "word" if piece.text in ("true", "false"):
                return Literal(piece.text == "true")
            case "word" if piece.text == "NULL":
                return Literal(None)
            case "word" if piece.text.lower() not in RESERVED and self._next.text != ".":
                return self._call(piece.text) if self._take("(") else Column(piece.text)
        raise _NotUnderstoodError

    def _call(self, name: str) -> Expression:
        arguments: list[Expression] = []

        def listed() -> Expression:
            if self._next.text != ")":
                arguments.append(self.expression())
                while self._take(","):
                    arguments.append(self.expression())
            return Call(name.lower(), tuple(arguments))

        return self._within(listed)

    def _inner(self) -> Expression:
        """What stands in parentheses: an expression, or a SELECT of one that has no FROM."""
        if not self._take("SELECT"):
            return self.expression()
        found = self.expression()
        if self._take("AS"):
            self._place += 1
        return found

    def _within(self, read_inner: Callable[[], Expression]) -> Expression:
        """Read up to the closing parenthesis; what is in between is Opaque as a whole if it is not understood."""
        start = self._place
        self._depth += 1
        try:
            if self._depth > DEEPEST:
                raise _NotUnderstoodError  # noqa: TRY301 - handled as if it were met inside
            found = read_inner()
            self._need(")")
        except _NotUnderstoodError:
            self._place = start
            found = self._skipped()
        finally:
            self._depth -= 1
        return found

    def _skipped(self) -> Expression:
        start, open_ = self._place, 1
        while open_:
            if self._next is END:
                raise _NotUnderstoodError
            text = self._next.text
            open_ += (text == "(") - (text == ")")
            self._place += 1
        return Opaque(" ".join(piece.text for piece in self._pieces[start : self._place - 1]))

    def _type(self) -> str:
        """A name of one or more words, with what follows it in parentheses or brackets."""
        words: list[str] = []
        while self._next.kind in ("word", "quoted") and self._next.text.upper() != self._next.text:
            words.append(self._next.text)
            self._place += 1
            if self._take("."):
                words.append(".")
        if not words or self._next.text in ("(", "["):
            raise _NotUnderstoodError
        return " ".join(words)
