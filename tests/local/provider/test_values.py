"""Values survive the way to the engine and back."""

from __future__ import annotations

import pytest
from google.protobuf import struct_pb2

from local.provider.shapes import from_aws, to_aws
from local.provider.values import UNKNOWN, decode, encode, has_unknown


def test_values_are_the_same_after_the_wire() -> None:
    values = {
        "text": "",
        "number": 8000,
        "fraction": 0.5,
        "switch": False,
        "nothing chosen": {},
        "chosen": {"block": {}},
        "empty": [],
        "nested": [{"a": [1, None]}],
    }
    message = struct_pb2.Struct.FromString(encode(values).SerializeToString())
    assert decode(message) == values
    assert isinstance(decode(message)["number"], int)


def test_what_is_none_is_not_sent() -> None:
    assert decode(encode({"a": None, "b": 1})) == {"b": 1}


def test_a_value_that_no_schema_has_is_an_error() -> None:
    with pytest.raises(TypeError, match="a set is no property value"):
        encode({"a": {1}})


def test_an_unknown_value_is_found_at_any_depth() -> None:
    assert has_unknown({"a": [{"b": UNKNOWN}]})
    assert not has_unknown({"a": [{"b": "known"}]})


def test_names_are_turned_both_ways() -> None:
    renamed = {"cloudwatchEnabled": "CloudWatchEnabled"}
    ours = {"name": "a", "items": [{"cloudwatchEnabled": True}], "none": {}}
    theirs = {"Name": "a", "Items": [{"CloudWatchEnabled": True}], "None": {}}
    assert to_aws(ours, renamed) == theirs
    assert from_aws(theirs, renamed) == ours
    assert to_aws({"left out": None}) == {}
