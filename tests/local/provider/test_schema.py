"""The names that handlers use are those of the provider's schema, as the SDK knows it."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import Any

import pytest
from pulumi import _types

from local.provider.registry import HANDLERS

BY_TYPE = pytest.mark.parametrize("kind", sorted(HANDLERS))


def sdk(kind: str) -> tuple[Any, Any]:
    """The SDK's class of a resource type, and the class of its arguments."""
    _, module_and_file, name = kind.split(":")
    package = module_and_file.partition("/")[0]
    # Python's own word gets an underscore.
    module = import_module(f"pulumi_aws.{package}{'_' if iskeyword(package) else ''}")
    resource = getattr(module, name)
    assert resource.pulumi_type == kind
    arguments = getattr(module, f"{name}InitArgs", None) or getattr(module, f"{name}Args")
    return resource, arguments


@BY_TYPE
def test_every_input_is_one_of_the_schema(kind: str) -> None:
    _, arguments = sdk(kind)
    known = set(_types.input_type_py_to_pulumi_names(arguments).values())
    assert HANDLERS[kind].inputs <= known


@BY_TYPE
def test_every_output_is_one_of_the_schema(kind: str) -> None:
    resource, _ = sdk(kind)
    assert {*HANDLERS[kind].computed} <= {*_types.resource_types(resource)}


@BY_TYPE
def test_what_can_be_tagged_is_tagged(kind: str) -> None:
    _, arguments = sdk(kind)
    taggable = "tags" in _types.input_type_py_to_pulumi_names(arguments).values()
    assert bool(HANDLERS[kind].tagging) == taggable
