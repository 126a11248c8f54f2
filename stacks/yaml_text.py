"""YAML as the engine reads it, with the line of everything and all doubtful places at once."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import Final

import yaml

from stacks.errors import Place, Problem
from stacks.scalars import read_scalar
from stacks.wording import Unusable, may_be_secret

# `pulumi config set` writes the file back without them, or with what they stood for.
_REFUSED: Final = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)


@dataclass(frozen=True)
class Document:
    """What a text says: its value, the line of each place, and what in it could be misread."""

    value: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_yaml(text: str) -> Document:
    """The document. A text that is no YAML has no value, and one problem with line and column."""
    try:
        refused = [each for each in yaml.scan(text) if isinstance(each, _REFUSED)]
        node = None if refused else yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        return Document(problems=[_not_yaml(error)])
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        what = f"a character that YAML does not allow: U+{ord(text[error.position]):04X}"
        return Document(problems=[Problem(place=(), text=what, line=line)])
    if refused:
        what = "anchors, aliases and tags have no place in a stack file; write the value itself"
        lines = (each.start_mark.line + 1 for each in refused)
        return Document(problems=[Problem(place=(), text=what, line=line) for line in lines])
    reader = _Reader()
    value = {} if node is None else reader.value((), node)
    return Document(value, reader.lines, reader.problems)


def _not_yaml(error: yaml.MarkedYAMLError) -> Problem:
    mark, begin, what = error.problem_mark, error.context_mark, error.problem or ""
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if r"'\t'" in what:
        what = "a tab; indent with spaces"
    elif begin is not None and begin.line + 1 != line and str(error.context).startswith("while"):
        what = f"{what} {error.context} that begins in line {begin.line + 1}"
    return Problem(place=(), text=f"column {column}: this is not YAML: {what}", line=line)


class _Reader:
    """Turns nodes into values by Go's rules; PyYAML's own differ (`yes`, `12:30`, `0755`)."""

    def __init__(self) -> None:
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []

    def value(self, place: Place, node: yaml.Node) -> object:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(place, node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value((*place, index), each) for index, each in enumerate(node.value)]
        return self.scalar(place, node) if isinstance(node, yaml.ScalarNode) else None

    def scalar(self, place: Place, node: yaml.ScalarNode) -> object:
        if node.style is not None:  # quoted, or a block of text
            return node.value
        try:
            return read_scalar(node.value)
        except ValueError as error:
            word = "the value" if may_be_secret(place) else node.value
            self.problem(place, node, f"{word} {error}")
            return Unusable.UNREADABLE

    def mapping(self, place: Place, node: yaml.MappingNode) -> dict[str, object]:
        values: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = self.key(place, key_node)
            if key is None:
                continue
            self.lines.setdefault((*place, key), key_node.start_mark.line + 1)
            value = self.value((*place, key), value_node)
            if key in values:
                first = self.lines[(*place, key)]
                self.problem((*place, key), key_node, f"stands here again, after line {first}")
            values.setdefault(key, value)
        return values

    def key(self, place: Place, node: yaml.Node) -> str | None:
        """The key's text; None after a problem is noted."""
        if isinstance(node, yaml.ScalarNode) and node.value != "<<":
            with contextlib.suppress(ValueError):
                if node.style is not None or read_scalar(node.value) == node.value:
                    return str(node.value)
        self.problem(place, node, "has a key that is not plain text; put it in quotes")
        return None

    def problem(self, place: Place, node: yaml.Node, text: str) -> None:
        self.problems.append(Problem(place=place, text=text, line=node.start_mark.line + 1))
