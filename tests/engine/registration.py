"""One resource as the engine was asked for it, with all its options."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi.runtime.proto import resource_pb2

from tests.engine.values import Secret, decode


@dataclass(frozen=True)
class Registration:
    """A RegisterResourceRequest, decoded."""

    urn: str
    type: str
    name: str
    parent: str
    custom: bool
    inputs: dict[str, Any]
    protect: bool = False
    provider: str = ""
    providers: dict[str, str] = field(default_factory=dict)
    ignore_changes: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    property_dependencies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    delete_before_replace: bool | None = None
    retain_on_delete: bool = False
    custom_timeouts: dict[str, str] = field(default_factory=dict)
    hooks: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def json(self, key: str) -> Any:
        """The parsed document of an input that is JSON text, a secret one included."""
        value = self.inputs[key]
        return json.loads(value.value if isinstance(value, Secret) else value)

    def with_inputs(self, inputs: dict[str, Any]) -> Registration:
        """The same registration with other inputs."""
        return replace(self, inputs=copy.deepcopy(inputs))


def decoded(request: resource_pb2.RegisterResourceRequest, urn: str) -> Registration:
    """The registration that a request asks for."""
    return Registration(
        urn=urn,
        type=request.type,
        name=request.name,
        parent=request.parent,
        custom=request.custom,
        inputs=decode(request.object),
        protect=bool(request.protect),
        provider=request.provider,
        providers=dict(request.providers),
        ignore_changes=tuple(request.ignoreChanges),
        replace_on_changes=tuple(request.replaceOnChanges),
        aliases=tuple(each.urn or each.spec.name for each in request.aliases),
        dependencies=tuple(request.dependencies),
        property_dependencies={
            key: tuple(each.urns) for key, each in request.propertyDependencies.items()
        },
        delete_before_replace=(
            request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None
        ),
        retain_on_delete=bool(request.retainOnDelete),
        custom_timeouts={
            kind: text
            for kind in ("create", "update", "delete")
            if (text := getattr(request.customTimeouts, kind))
        },
        hooks={
            kind.name: tuple(getattr(request.hooks, kind.name))
            for kind in request.hooks.DESCRIPTOR.fields
            if getattr(request.hooks, kind.name)
        },
    )
