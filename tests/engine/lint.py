"""Inputs that the provider does not know.

A dict with a misspelt nested key passes through the SDK in silence, and the provider ignores it. The SDK's own classes
know every property of every type, so a walk along them finds the key.
"""

from __future__ import annotations

import importlib
import sys
import typing
from types import UnionType
from typing import Any

from pulumi import _types
from pulumi.runtime import rpc

from tests.engine.registration import Registration
from tests.engine.values import Secret


def unknown_properties(registration: Registration) -> list[str]:
    """The paths of all properties that the resource's type does not have; empty when all are known."""
    if not registration.type.startswith(("aws:", "awsx:")):
        return []
    arguments = _arguments_of(registration.type)
    if arguments is None:
        return [f"{registration.type}: the SDK has no such type"]
    found: list[str] = []
    _walk(arguments, registration.inputs, registration.name, found)
    return found


def _arguments_of(token: str) -> type | None:
    package, module, _ = token.split(":")
    importlib.import_module(f"pulumi_{package}.{module.split('/')[0]}".replace("lambda", "lambda_"))
    for each in rpc._RESOURCE_MODULES.get(f"{package}:{module}", []):
        info = typing.cast("Any", each).mod_info
        if name := info["classes"].get(token):
            resource = getattr(importlib.import_module(info["fqn"]), name)
            return arguments_class(resource)
    return None


def arguments_class(resource: type) -> type:
    """The class of a resource's inputs; `XInitArgs` where a nested type has taken the name `XArgs`."""
    module = sys.modules[resource.__module__]
    taken = f"{resource.__name__}InitArgs"
    found: type = getattr(module, taken if hasattr(module, taken) else f"{resource.__name__}Args")
    return found


def _walk(arguments: type, value: Any, path: str, found: list[str]) -> None:
    if isinstance(value, Secret):
        value = value.value
    if not isinstance(value, dict):
        return
    known = _types.input_type_types(arguments)
    for key, each in value.items():
        here = f"{path}.{key}"
        if key not in known:
            found.append(f"{here}: not a property of {arguments.__name__}")
            continue
        for nested in _input_types(known[key]):
            many = each if isinstance(each, list) else [each]
            for one in many:
                _walk(nested, one, here, found)


def _input_types(annotation: Any) -> list[type]:
    """The classes of nested inputs somewhere inside an annotation."""
    if annotation is None:
        return []
    if isinstance(annotation, type) and _types.is_input_type(annotation):
        return [annotation]
    origin = typing.get_origin(annotation)
    if origin is None and not isinstance(annotation, UnionType):
        return []
    return list(
        dict.fromkeys(found for each in typing.get_args(annotation) for found in _input_types(each))
    )
