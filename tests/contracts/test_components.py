"""What every component promises, checked on all of them as the real stacks use them.

Components are discovered by import, so one that no stack uses fails here instead of escaping.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import sys
import typing

import pulumi
import pytest

import components
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording
from tests.engine.registration import Registration


def discovered() -> list[type[pulumi.ComponentResource]]:
    found = set()
    for module in pkgutil.walk_packages(components.__path__, "components."):
        for _, each in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(each, pulumi.ComponentResource) and each.__module__ == module.name:
                found.add(each)
    return sorted(found, key=lambda each: each.__qualname__)


ALL = discovered()


def folder(component: type[pulumi.ComponentResource]) -> str:
    return component.__module__.split(".")[1]


def token(component: type[pulumi.ComponentResource]) -> str:
    return f"turnstay:{folder(component)}:{component.__name__}"


def instances(component: type[pulumi.ComponentResource]) -> list[tuple[Recording, Registration]]:
    return [
        (platform(stack), each)
        for stack in STACKS
        for each in platform(stack).all(token(component))
    ]


def annotated_outputs(component: type[pulumi.ComponentResource]) -> dict[str, bool]:
    """Annotated attributes that hold outputs, and whether each is always there."""
    own = inspect.get_annotations(component, eval_str=True)
    return {
        name: type(None) not in typing.get_args(hint)
        for name, hint in own.items()
        if "Output" in str(hint)
    }


@pytest.mark.parametrize("component", ALL, ids=lambda each: each.__name__)
def test_the_token_names_the_folder_and_the_class_and_a_stack_uses_it(
    component: type[pulumi.ComponentResource],
) -> None:
    assert instances(component), f"no stack registers {token(component)}: delete it, or use it"


@pytest.mark.parametrize("component", ALL, ids=lambda each: each.__name__)
def test_registered_outputs_are_the_annotated_ones(
    component: type[pulumi.ComponentResource],
) -> None:
    expected = annotated_outputs(component)
    for recording, instance in instances(component):
        registered = set(recording.outputs.get(instance.urn, {}))
        assert instance.urn in recording.outputs, "register_outputs is never called"
        assert registered <= set(expected)
        assert {name for name, always in expected.items() if always} <= registered


@pytest.mark.parametrize("component", ALL, ids=lambda each: each.__name__)
def test_children_have_the_component_as_parent_and_its_name_in_front(
    component: type[pulumi.ComponentResource],
) -> None:
    for recording, instance in instances(component):
        for child in recording.registrations.values():
            if child.parent == instance.urn:
                assert token(component) in child.urn
                assert child.name == instance.name or child.name.startswith(f"{instance.name}-")


@pytest.mark.parametrize("component", ALL, ids=lambda each: each.__name__)
def test_the_arguments_are_a_frozen_keyword_only_dataclass_in_the_same_file(
    component: type[pulumi.ComponentResource],
) -> None:
    parameters = list(inspect.signature(component.__init__).parameters)
    assert parameters == ["self", "name", "args", "opts"]
    arguments = getattr(sys.modules[component.__module__], f"{component.__name__}Args")
    assert dataclasses.is_dataclass(arguments)
    assert vars(arguments)["__dataclass_params__"].frozen
    assert all(each.kw_only for each in dataclasses.fields(arguments))


def test_every_resource_belongs_to_a_component_or_is_the_provider() -> None:
    for stack in STACKS:
        loose = {
            f"{each.type} {each.name}"
            for each in platform(stack).registrations.values()
            if each.custom and each.parent.split("::")[2] == "pulumi:pulumi:Stack"
        }
        assert loose == {"pulumi:providers:aws aws"}
