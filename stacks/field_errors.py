"""Pydantic's findings in this project's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any, Final, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from stacks.errors import Place, Problem
from stacks.settings import StackSettings
from stacks.wording import Unusable, listed, nearest, shown, unknown_key

_NUMBER: Final = re.compile(r"-?[0-9]+")
_MAPPING: Final = "is not a mapping (`key: value` lines)"
# What a value is not, by pydantic's name for the error.
_KINDS: Final = {
    "bool_type": "is not true or false",
    "dict_type": _MAPPING,
    "int_type": "is not a whole number",
    "model_type": _MAPPING,
    "string_type": "is not text",
    "tuple_type": "is not a list (`- value` lines)",
}


def problems_in(error: ValidationError, place: Place, value: object) -> Iterator[Problem]:
    """One problem for each finding about the value at that place.

    What is no value at all is left out: it was reported where it was read.
    """
    for detail in error.errors(include_url=False):
        where = (*place, *detail["loc"])
        if detail["type"] == "extra_forbidden":
            given = _mapping_at(value, detail["loc"][:-1])
            yield unknown_key(where, _model_at(where[:-1]).model_fields, given)
        elif detail["type"] == "missing":
            yield missing(where)
        elif not isinstance(detail["input"], Unusable):
            text = f"{shown(where, detail['input'])} {_wrong(detail)}"
            yield Problem(place=where, text=text)


def missing(place: Place) -> Problem:
    """A key that is not there, with what its declaration says it is."""
    if place[:-1] == ("services",):
        return Problem(
            place=place, text="is missing: every service of the catalogue has its size here"
        )
    field = _model_at(place[:-1]).model_fields[str(place[-1])]
    return Problem(place=place, text=f"is missing: {field.description}")


def _wrong(detail: ErrorDetails) -> str:
    kind, value = detail["type"], detail["input"]
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    if kind == "literal_error":
        return _not_among(value, detail["ctx"]["expected"])
    if kind == "int_type" and isinstance(value, str) and _NUMBER.fullmatch(value):
        return "is text; write the number without quotes"
    if kind == "bool_type" and value in ("true", "false"):
        return f"is text; write {value} without quotes"
    if kind == "string_type" and isinstance(value, int | float):
        return "is not text; put it in quotes"
    return _KINDS.get(kind, "is not possible here")


def _not_among(value: object, expected: str) -> str:
    allowed = re.findall(r"'([^']*)'", expected)
    meant = nearest(value, allowed) if isinstance(value, str) else None
    hint = f"; did you mean {meant}?" if meant else ""
    return f"is none of {listed(allowed)}{hint}"


def _model_at(place: Place) -> type[BaseModel]:
    """The model whose fields are the keys at that place."""
    model: Any = StackSettings
    for part in place:
        # A service's name is a key of a mapping; all other keys are fields.
        services = get_args(model)
        model = services[-1] if services else model.model_fields[part].annotation
        if NoneType in get_args(model):  # a group that may be left out
            (model,) = (each for each in get_args(model) if each is not NoneType)
    return cast("type[BaseModel]", model)


def _mapping_at(value: object, loc: Place) -> Mapping[str, object]:
    for part in loc:
        value = cast("Mapping[Any, object]", value)[part]
    return cast("Mapping[str, object]", value)
