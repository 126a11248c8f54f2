"""The rule of a composite alarm means what CloudWatch makes of it."""

from __future__ import annotations

import pytest

from local.account.gaps.alarm_rules import RuleError, holds, named

STATES = {"a": "ALARM", "b": "ALARM", "c": "OK", "d": "INSUFFICIENT_DATA"}
ARN = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a"


@pytest.mark.parametrize(
    ("rule", "result"),
    [
        ("ALARM(a)", True),
        ('ALARM("c")', False),
        (f'ALARM("{ARN}")', True),
        ("OK(c) AND INSUFFICIENT_DATA(d)", True),
        ("ALARM(a) AND ALARM(c)", False),
        ("ALARM(c) OR ALARM(a) AND ALARM(b)", True),
        ("(ALARM(a) OR ALARM(b)) AND ALARM(c)", False),
        ("ALARM(a) AND NOT ALARM(c)", True),
        ("NOT (ALARM(a) AND ALARM(c))", True),
        ("ALARM(nobody)", False),
        ("TRUE AND NOT FALSE", True),
    ],
)
def test_a_rule_holds_by_the_states_of_its_alarms(rule: str, result: bool) -> None:
    assert holds(rule, STATES) is result


def test_a_rule_names_its_alarms_in_its_order() -> None:
    assert named(f'ALARM("{ARN}") AND (OK(b) OR NOT ALARM("c d"))') == ["a", "b", "c d"]


@pytest.mark.parametrize(
    "rule",
    ["", "ALARM(a) AND", "ALARM(a", "(ALARM(a)", "ALARM(a))", "ALARM(a) ALARM(b)", "AND", "x"],
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(RuleError):
        holds(rule, STATES)
