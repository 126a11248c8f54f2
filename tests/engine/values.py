"""What the engine receives, as plain Python: secrets and unknowns stay visible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from google.protobuf import struct_pb2

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET_SIGNATURE: Final = "1b47061264138c4ac30d75fd1eb44270"
RESOURCE_SIGNATURE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
UNKNOWN_TEXT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


class Unknown:
    """A value that a preview does not know yet."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True)
class Secret:
    """A value that the engine was told to encrypt."""

    value: Any


def decode(struct: struct_pb2.Struct) -> dict[str, Any]:
    """The properties of a request."""
    return {key: _value(value) for key, value in struct.fields.items()}


def _value(value: struct_pb2.Value) -> Any:
    match value.WhichOneof("kind"):
        case "number_value":
            number = value.number_value  # protobuf knows no integers
            return int(number) if number.is_integer() else number
        case "string_value":
            return UNKNOWN if value.string_value == UNKNOWN_TEXT else value.string_value
        case "bool_value":
            return value.bool_value
        case "list_value":
            return [_value(each) for each in value.list_value.values]
        case "struct_value":
            return _object(decode(value.struct_value))
        case _:
            return None


def _object(properties: dict[str, Any]) -> Any:
    if properties.get(SIGNATURE) == SECRET_SIGNATURE:
        return Secret(properties["value"])
    return properties


def encode(properties: dict[str, Any]) -> struct_pb2.Struct:
    """The other way round: what a monitor answers."""
    struct = struct_pb2.Struct()
    struct.update(_plain(properties))
    return struct


def _plain(value: Any) -> Any:
    if isinstance(value, Unknown):
        return UNKNOWN_TEXT
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET_SIGNATURE, "value": _plain(value.value)}
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
