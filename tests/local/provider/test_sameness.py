"""What counts as the same value."""

from __future__ import annotations

from typing import Any

import pytest

from local.provider.sameness import in_words_of, restricted, same

SAME: dict[str, tuple[Any, Any]] = {
    "the order of a list": (["a", "b"], ["b", "a"]),
    "the order of a list of objects": ([{"x": 1}, {"x": 2}], [{"x": 2}, {"x": 1}]),
    "the spacing of a document": ('{"a": [1, 2]}', '{ "a" : [1,2] }'),
    "the order of a document's keys": ('{"a": 1, "b": 2}', '{"b": 2, "a": 1}'),
    "empty members": ({"a": 1, "b": None, "c": "", "d": [], "e": False}, {"a": 1}),
    "numbers written as text": ({"cpu": "256"}, {"cpu": 256}),
}
DIFFERENT: dict[str, tuple[Any, Any]] = {
    "an empty object is a choice": ({"allow": {}}, {"block": {}}),
    "zero is a number": ({"base": 0}, {}),
    "false where nothing is": (False, None),
    "lists of other lengths": (["a"], ["a", "a"]),
    "the order inside a document": ('["a", "b"]', '["b", "a"]'),
    "text that only begins like a document": ("{a", "{b"),
    "true and its word": (True, "true"),
}


@pytest.mark.parametrize("case", SAME)
def test_what_aws_writes_otherwise_is_the_same(case: str) -> None:
    one, other = SAME[case]
    assert same(one, other)
    assert same(other, one)
    assert in_words_of(one, other) == one


@pytest.mark.parametrize("case", DIFFERENT)
def test_what_means_something_else_is_different(case: str) -> None:
    one, other = DIFFERENT[case]
    assert not same(one, other)


def test_only_what_the_program_set_is_compared_in_an_input_that_aws_completes() -> None:
    theirs = {"path": "/health", "port": "traffic-port", "codes": [{"from": 200, "to": 299}]}
    assert restricted({"path": "/"}, theirs) == {"path": "/health"}
    assert restricted({"codes": [{"from": 1}]}, theirs) == {"codes": [{"from": 200}]}
    assert restricted({"codes": []}, theirs) == {"codes": theirs["codes"]}


def test_an_answer_is_told_in_the_programs_words_unless_it_says_something_else() -> None:
    assert in_words_of([], None) == []
    assert in_words_of(["b", "a"], ["a", "b"]) == ["b", "a"]
    assert in_words_of(["b"], ["a", "b"]) == ["a", "b"]
