"""The text of a stack file: the values in it that are this program's, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from stacks.errors import Place, Problem
from stacks.names import PROJECT
from stacks.validation import KEYS
from stacks.wording import Unusable, nearest, unknown_key
from stacks.yaml_text import read_yaml

# What the CLI keeps beside `config`; the other keys it knows belong to Pulumi Cloud.
_FILE_KEYS: Final = ("config", "secretsprovider", "encryptedkey", "encryptionsalt")
_NAMESPACE: Final = f"{PROJECT}:"


@dataclass(frozen=True, kw_only=True)
class StackText:
    """A stack file's values, by their keys without the project's name; None if it has none."""

    values: dict[str, object] | None = None
    secrets_provider: object = None
    lines: Mapping[Place, int] = field(default_factory=dict)
    problems: list[Problem]

    def located(self, problem: Problem) -> Problem:
        """The problem with the line of its place, or of the nearest thing around it."""
        around = (problem.place[:end] for end in range(len(problem.place), -1, -1))
        line = next((self.lines[place] for place in around if place in self.lines), None)
        return replace(problem, line=line)


def read_stack_text(text: str) -> StackText:
    """The values, and every doubt about how the engine would read them."""
    document = read_yaml(text)
    top, lines = document.value, document.lines
    problems = [replace(each, place=_own_place(each.place)) for each in document.problems]
    if not isinstance(top, dict):
        return StackText(problems=problems or [_no_mapping((), 1)])
    problems += (
        replace(unknown_key((key,), _FILE_KEYS, top), line=lines[(key,)])
        for key in top
        if key not in _FILE_KEYS
    )
    config = top.get("config") or {}
    if not isinstance(config, dict):
        return StackText(problems=[*problems, _no_mapping(("config",), lines[("config",)])])
    values: dict[str, object] = {}
    for key, value in config.items():
        name, line = key.removeprefix(_NAMESPACE), lines[("config", key)]
        if ":" in name:
            problems.append(replace(_foreign(key, config), line=line))
        elif name in values:
            text = f"stands here twice, with and without {_NAMESPACE}"
            problems.append(Problem(place=(name,), text=text, line=line))
        else:
            values[name] = _marked(value)
    return StackText(
        values=values,
        secrets_provider=top.get("secretsprovider"),
        lines={
            _own_place(place): lines[place]
            for place in lines
            if len(place) > 1 and place[0] == "config"
        },
        problems=problems,
    )


def _own_place(place: Place) -> Place:
    """Without `config` and namespace: ("config", "turnstay:network", "cidr") is network.cidr."""
    if place[:1] != ("config",):
        return place
    return tuple(
        part.removeprefix(_NAMESPACE) if isinstance(part, str) else part for part in place[1:]
    )


def _foreign(key: str, config: Mapping[str, object]) -> Problem:
    meant = nearest(
        key, (f"{_NAMESPACE}{each}" for each in KEYS if _NAMESPACE + each not in config)
    )
    if meant is None:
        text = f"is not read; the values of this program start with {_NAMESPACE}"
        return Problem(place=(key,), text=text)
    text = f"is not read; did you mean {meant}?"
    return Problem(place=(key,), text=text, meant=(meant.removeprefix(_NAMESPACE),))


def _marked(value: object) -> object:
    """The value with a mark for each encrypted one, at any depth, so that nothing can print it."""
    if isinstance(value, dict):
        if list(value) == ["secure"]:
            return Unusable.SECURE
        return {key: _marked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_marked(each) for each in value]
    return value


def _no_mapping(place: Place, line: int) -> Problem:
    return Problem(place=place, text="is not a mapping (`key: value` lines)", line=line)
