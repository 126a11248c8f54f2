"""Property values between the engine and the handlers: protobuf on the wire, plain Python within.

The provider asks for plain values only (no secrets, no outputs, no resource references), so what arrives is JSON and the
engine's mark for a value that a preview cannot know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from google.protobuf import struct_pb2

# JSON of any shape: its schema is AWS's, and no Python type says it.
Value: TypeAlias = Any
Props: TypeAlias = dict[str, Value]

UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def decode(struct: struct_pb2.Struct) -> Props:
    """Turn a message of the engine into a dict; whole numbers become int."""
    return {key: _plain(value) for key, value in struct.fields.items()}


def _plain(value: struct_pb2.Value) -> Value:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return decode(value.struct_value)
    if kind == "list_value":
        return [_plain(each) for each in value.list_value.values]
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    return None if kind in {None, "null_value"} else getattr(value, kind)


def encode(values: Mapping[str, Value]) -> struct_pb2.Struct:
    """Turn a dict into a message for the engine; what is None is left out."""
    struct = struct_pb2.Struct()
    for key, value in values.items():
        if value is not None:
            _fill(struct.fields[key], value)
    return struct


def _fill(target: struct_pb2.Value, value: Value) -> None:
    if value is None:
        target.null_value = struct_pb2.NULL_VALUE
    elif isinstance(value, bool):
        target.bool_value = value
    elif isinstance(value, int | float):
        target.number_value = value
    elif isinstance(value, str):
        target.string_value = value
    elif isinstance(value, Mapping):
        target.struct_value.CopyFrom(encode(value))
    elif isinstance(value, list | tuple):
        target.list_value.SetInParent()
        for each in value:
            _fill(target.list_value.values.add(), each)
    else:
        raise TypeError(f"a {type(value).__name__} is no property value: {value!r}")


def has_unknown(value: Value) -> bool:
    """Tell whether a value, at any depth, is one that the preview cannot know."""
    if isinstance(value, Mapping):
        return any(has_unknown(each) for each in value.values())
    if isinstance(value, list | tuple):
        return any(has_unknown(each) for each in value)
    return isinstance(value, str) and value == UNKNOWN


def picked(answer: Mapping[str, Value], /, **names: str) -> Props:
    """Take members of AWS's answer under the provider's names; what AWS leaves out is None."""
    return {ours: answer.get(theirs) for ours, theirs in names.items()}


def capital(name: str) -> str:
    """Write a property's name as AWS's API writes it, where the two differ in the first letter only."""
    return name[0].upper() + name[1:]
