"""Where the values of a service's secrets come from, as a stack file says it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, PlainSerializer

from stacks.field_types import between
from stacks.section import Section
from stacks.wording import Unusable

Source: TypeAlias = Literal["generated", "supplied", "external"]
"""generated: made up by this program; supplied: encrypted in the stack file; external: set in AWS by an operator."""


class SecretSettings(Section):
    """One secret variable of a service."""

    source: Source | None = None
    """generated (made up here), supplied (encrypted in this file) or external (set in AWS by an operator)"""
    rotate: Annotated[int, between(0, 100_000)] = 0
    """one more gives a generated secret a new value, and its service a new revision"""


def _encrypted(value: object) -> object:
    if value is not Unusable.SECURE:
        raise ValueError(
            "is in clear text and so known to whoever reads this file: have a new one issued,"
            " and set that by `pulumi config set --secret --path`"
        )
    return value


def _frozen(values: Mapping[str, Mapping[str, object]]) -> Mapping[str, Mapping[str, object]]:
    return MappingProxyType({key: MappingProxyType(dict(each)) for key, each in values.items()})


def _names(values: Mapping[str, Mapping[str, object]]) -> dict[str, list[str]]:
    return {service: list(variables) for service, variables in values.items()}


Secrets = Annotated[
    Mapping[str, SecretSettings], AfterValidator(MappingProxyType), PlainSerializer(dict)
]
# Settings know which values there are, and never a value: `stacks.reader` hands each over as a secret of the engine.
Supplied = Annotated[
    Mapping[str, Mapping[str, Annotated[object, AfterValidator(_encrypted)]]],
    AfterValidator(_frozen),
    PlainSerializer(_names),
]
