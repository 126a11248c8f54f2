from __future__ import annotations

import pytest

from tests.components.observability.replay.evaluation import rule
from tests.components.observability.replay.metric_math import Value, formula
from tests.components.observability.replay.series import Series


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("FILL(none, 7)", 7),
        ("FILL(two, 7)", 2),
        ("none + two", None),
        ("two / (two - 2)", None),
        ("IF(two > 1, 10, 20)", 10),
        ("IF(two >= 3, 10, 20)", 20),
        ("IF(none > 1, 10, 20)", None),
        ("IF(two < 3, none, 20)", None),
        ("two * 3 - 1 / 2", 5.5),
    ],
)
def test_metric_math_is_reckoned_as_cloudwatch_does(text: str, value: Value) -> None:
    assert formula(text)({"none": None, "two": 2.0}) == value


def test_metric_math_that_is_not_known_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"not known here: RATE\(two\)"):
        formula("RATE(two)")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('ALARM("a") AND ALARM("b")', False),
        ('ALARM("a") OR ALARM("b")', True),
        ('ALARM("a") AND NOT ALARM("b")', True),
        ('(ALARM("b") OR OK("b")) AND NOT OK("a")', True),
    ],
)
def test_a_rule_is_read_as_cloudwatch_reads_it(text: str, value: bool) -> None:
    assert rule(text)({"a": "ALARM", "b": "OK"}) is value


def test_a_rule_that_is_not_known_is_an_error() -> None:
    with pytest.raises(ValueError, match="not known here"):
        rule("AT_LEAST(1, ALARM, (a, b))")


@pytest.mark.parametrize(
    ("stat", "value"), [("Sum", 6), ("Average", 3), ("Minimum", 2), ("Maximum", 4)]
)
def test_minutes_without_data_are_not_zero(stat: str, value: float) -> None:
    assert Series([100, 2, None, 4, None]).over(1, 4, stat) == value


def test_a_window_without_data_has_no_value() -> None:
    assert Series([1, None, None]).over(1, 3, "Sum") is None


def test_a_percentile_rank_weighs_its_minutes_by_their_requests() -> None:
    assert Series([100, 0], [3, 1]).over(0, 2, "PR(:2)") == 75
