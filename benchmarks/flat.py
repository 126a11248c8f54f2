"""The resources of a recorded program, registered one after the other.

What the same platform would cost as a script: the same SDK classes, inputs, outputs and dependencies between resources,
but nothing nested, no settings to check and no policies to compute. Components are bare ones.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, Final

import pulumi
from pulumi import _types
from pulumi.runtime import rpc

from tests.engine.lint import arguments_class
from tests.engine.recording import Recording
from tests.engine.registration import Registration
from tests.engine.values import Secret

STASH: Final = "pulumi:index:Stash"


def register(recording: Recording) -> None:
    """Register every resource of a recording under the stack."""
    made: dict[str, pulumi.Resource] = {}
    for index, each in enumerate(recording.registrations.values()):
        name = f"{index}-{each.name}"
        if each.type.startswith("aws:"):
            resource = _class_of(each.type)
            made[each.urn] = resource(name, **_arguments(resource, each, made))
        elif each.type.startswith("turnstay:"):
            component = pulumi.ComponentResource(each.type, name)
            component.register_outputs(recording.outputs.get(each.urn, {}))
        elif each.type == STASH:
            pulumi.Stash(name, input=_linked(each.inputs["input"], each.dependencies, made))


def _class_of(token: str) -> Any:
    package, module, _ = token.split(":")
    importlib.import_module(f"pulumi_{package}.{module.split('/')[0].replace('lambda', 'lambda_')}")
    for each in rpc._RESOURCE_MODULES[f"{package}:{module}"]:
        info: Mapping[str, Any] = each.mod_info  # type: ignore[attr-defined] # set by generated code
        if token in info["classes"]:
            return getattr(importlib.import_module(info["fqn"]), info["classes"][token])
    raise LookupError(f"the SDK has no {token}")


def _arguments(
    resource: Any, registration: Registration, made: Mapping[str, pulumi.Resource]
) -> dict[str, Any]:
    names = _types.input_type_py_to_pulumi_names(arguments_class(resource))
    python_names = {pulumi_name: name for name, pulumi_name in names.items()}
    return {
        python_names[key]: _linked(value, registration.property_dependencies.get(key, ()), made)
        for key, value in registration.inputs.items()
    }


def _linked(value: Any, urns: tuple[str, ...], made: Mapping[str, pulumi.Resource]) -> Any:
    """The value itself, as an output of the resources that it came from."""
    plain = _plain(value)
    if plain != value:
        return pulumi.Output.secret(plain)
    needed = [made[urn].urn for urn in urns if urn in made]
    return pulumi.Output.all(*needed).apply(lambda _: value) if needed else value


def _plain(value: Any) -> Any:
    """The value with all that is secret in it in clear: none of it is one."""
    if isinstance(value, Secret):
        return _plain(value.value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value
