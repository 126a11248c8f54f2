"""The children of a remote component, registered by this process instead of a plugin.

The layout is the stand-in provider's own, which a test compares with what the real awsx registered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi.runtime.proto import resource_pb2

from local.provider.awsx_layout import TYPE, Child, Key, Ref, layout, outputs
from tests.engine.values import RESOURCE_SIGNATURE, SIGNATURE, UNKNOWN, decode, encode

if TYPE_CHECKING:
    from tests.engine.monitor import RecordingMonitor


def construct(
    monitor: RecordingMonitor, request: resource_pb2.RegisterResourceRequest, urn: str
) -> dict[str, Any]:
    """Register the children, and give back the component's outputs."""
    if request.type != TYPE:
        raise ValueError(f"the only remote component that can be recorded is {TYPE}")
    inputs = decode(request.object)
    children = layout(request.name, inputs)
    urns: dict[Key, str] = {}
    for child in children:
        _register(monitor, request, urn, child, urns)
    return _component_outputs(monitor, outputs(children, inputs), urns)


def _register(
    monitor: RecordingMonitor,
    component: resource_pb2.RegisterResourceRequest,
    urn: str,
    child: Child,
    urns: dict[Key, str],
) -> None:
    registered = monitor.RegisterResource(
        resource_pb2.RegisterResourceRequest(
            type=child.type,
            name=child.name,
            custom=True,
            parent=urns[child.parent] if child.parent else urn,
            object=encode(_resolved(monitor, child.inputs, urns)),
            dependencies=[urns[key] for key in child.depends_on],
            provider=component.providers.get("aws", ""),
            protect=component.protect if component.HasField("protect") else None,
        )
    )
    urns[child.key] = registered.urn


def _component_outputs(
    monitor: RecordingMonitor, described: dict[str, Any], urns: dict[Key, str]
) -> dict[str, Any]:
    """In a preview the real provider knows no id, and a list of ids is unknown as a whole, without a length."""
    resolved: dict[str, Any] = _resolved(monitor, described, urns)
    if monitor.preview:
        ids = [key for key in resolved if key.endswith(("Id", "Ids"))]
        return resolved | dict.fromkeys(ids, UNKNOWN)
    return resolved


def _resolved(monitor: RecordingMonitor, value: Any, urns: dict[Key, str]) -> Any:
    match value:
        case Ref(key=key, property=""):
            identity = UNKNOWN if monitor.preview else f"{key[1]}-id"
            return {SIGNATURE: RESOURCE_SIGNATURE, "urn": urns[key], "id": identity}
        case Ref(key=key, property=name):
            return monitor.property_of(urns[key], name)
        case dict():
            return {name: _resolved(monitor, each, urns) for name, each in value.items()}
        case list():
            return [_resolved(monitor, each, urns) for each in value]
        case _:
            return value
