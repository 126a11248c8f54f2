from __future__ import annotations

import pytest

from tests.policies.conditions import UnknownOperatorError, holds, matches

ARN = "arn:aws:iam::111122223333:role/deploy"


@pytest.mark.parametrize(
    ("condition", "context", "expected"),
    [
        ({"StringEquals": {"k": "a"}}, {"k": "a"}, True),
        ({"StringEquals": {"k": ["b", "a"]}}, {"k": "a"}, True),
        ({"StringEquals": {"k": "A"}}, {"k": "a"}, False),
        ({"StringEquals": {"k": "a*"}}, {"k": "ab"}, False),
        ({"StringEquals": {"k": "a"}}, {}, False),
        ({"StringEquals": {"K": "a"}}, {"k": "a"}, True),
        ({"StringEquals": {"k": "a", "m": "b"}}, {"k": "a"}, False),
        ({"StringEquals": {"k": "a"}, "Bool": {"b": "true"}}, {"k": "a", "b": "false"}, False),
        ({"StringEqualsIfExists": {"k": "a"}}, {}, True),
        ({"StringEqualsIfExists": {"k": "a"}}, {"k": "b"}, False),
        ({"StringLike": {"k": "repo:*"}}, {"k": "repo:any/thing:ref"}, True),
        ({"StringLike": {"k": "a?"}}, {"k": "abc"}, False),
        ({"StringNotEquals": {"k": "a"}}, {"k": "b"}, True),
        ({"StringNotEquals": {"k": "a"}}, {"k": "a"}, False),
        ({"StringNotEquals": {"k": "a"}}, {}, True),
        ({"StringNotLike": {"k": ["a*", "b*"]}}, {"k": "bc"}, False),
        ({"ArnLike": {"k": "arn:aws:iam::*:role/*"}}, {"k": ARN}, True),
        ({"ArnLike": {"k": "arn:aws:*"}}, {"k": ARN}, False),
        ({"ArnNotLike": {"k": [ARN]}}, {"k": ARN}, False),
        ({"ArnNotLike": {"k": [ARN]}}, {}, True),
        ({"Bool": {"k": "true"}}, {"k": "True"}, True),
        ({"Bool": {"k": True}}, {"k": "true"}, True),
        ({"Null": {"k": "true"}}, {}, True),
        ({"Null": {"k": "true"}}, {"k": "a"}, False),
        ({"Null": {"k": "false"}}, {"k": "a"}, True),
        ({}, {}, True),
    ],
    ids=str,
)
def test_a_condition_holds_as_it_does_in_iam(
    condition: dict[str, dict[str, str]], context: dict[str, str], expected: bool
) -> None:
    assert holds(condition, context) is expected


@pytest.mark.parametrize("operator", ["IpAddress", "ForAllValues:StringEquals", "stringequals"])
def test_an_operator_that_nobody_wrote_down_is_an_error_and_never_a_guess(operator: str) -> None:
    with pytest.raises(UnknownOperatorError, match=f"{operator} on k: write down"):
        holds({operator: {"k": "a"}}, {"k": "a"})


def test_what_a_pattern_means_literally_is_not_taken_for_an_expression() -> None:
    assert matches("a.b+*", "a.b+c\nd")
    assert not matches("a.b", "axb")
