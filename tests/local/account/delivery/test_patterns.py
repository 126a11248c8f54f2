from __future__ import annotations

from typing import Any

import pytest

from components.observability.control_notices import CONTROL_NOTICES
from components.observability.honeybadger_notice import alarm_pattern
from components.observability.secret_notices import SECRET_NOTICES, unexpected_reader_notice
from components.observability.service_notices import deployment_notices, task_failure_notice
from local.account.delivery.patterns import matches, problems

EVENT: dict[str, Any] = {
    "source": "aws.ecs",
    "resources": ["arn:aws:ecs:x:1:service/c/a", "arn:other"],
    "detail": {"name": "turnstay-a\nb", "code": 3, "empty": "", "list": ["a", "b"]},
}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"source": ["aws.ecs"]}, True),
        ({"source": ["aws.rds"]}, False),
        ({"source": ["aws.rds", "aws.ecs"]}, True),
        ({"missing": ["x"]}, False),
        ({"resources": ["arn:other"]}, True),
        ({"resources": [{"prefix": "arn:aws:ecs"}]}, True),
        ({"resources": [{"wildcard": "arn:*:service/c/*"}]}, True),
        ({"resources": [{"wildcard": "arn:*:service/d/*"}]}, False),
        ({"detail": {"name": [{"wildcard": "turnstay*b"}]}}, True),
        ({"detail": {"name": [{"suffix": "b"}]}}, True),
        ({"detail": {"name": [{"suffix": "a"}]}}, False),
        ({"detail": {"code": [3]}}, True),
        ({"detail": {"code": ["3"]}}, False),
        ({"detail": {"code": [{"prefix": "3"}]}}, False),
        ({"detail": {"missing": [{"exists": False}]}}, True),
        ({"detail": {"name": [{"exists": False}]}}, False),
        ({"other": {"missing": [{"exists": False}]}}, True),
        ({"other": {"missing": [{"exists": True}]}}, False),
        ({"detail": {"code": [{"anything-but": [4]}]}}, True),
        ({"detail": {"code": [{"anything-but": 3}]}}, False),
        ({"detail": {"missing": [{"anything-but": 3}]}}, False),
        ({"detail": {"name": [{"anything-but": {"prefix": "turnstay-"}}]}}, False),
        ({"detail": {"name": [{"anything-but": {"wildcard": ["x*", "*z"]}}]}}, True),
        ({"$or": [{"source": ["x"]}, {"detail": {"code": [3]}}]}, True),
        ({"$or": [{"source": ["x"]}, {"detail": {"code": [4]}}]}, False),
        ({"source": ["aws.ecs"], "$or": [{"source": ["x"]}]}, False),
    ],
    ids=str,
)
def test_an_event_has_what_the_pattern_asks_for(pattern: dict[str, Any], *, expected: bool) -> None:
    assert problems(pattern) == []
    assert matches(pattern, EVENT) is expected


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ({"detail": {"code": [{"numeric": [">", 1]}]}}, "numeric"),
        ({"source": [{"equals-ignore-case": "x"}]}, "equals-ignore-case"),
        ({"source": [{"anything-but": {"cidr": "x"}}]}, "cidr"),
        ({"source": [{"prefix": "a", "suffix": "b"}]}, "prefix"),
        ({"source": [{"wildcard": "a\\*b"}]}, "an escaped character"),
        ({"$or": [{"source": [{"cidr": "x"}]}]}, "cidr"),
        ({"source": "aws.ecs"}, 'source is "aws.ecs", which is no list'),
        ({"source": []}, "which is no list"),
    ],
    ids=str,
)
def test_what_is_not_understood_is_refused(pattern: dict[str, Any], problem: str) -> None:
    (found,) = problems(pattern)
    assert problem in found


def test_every_pattern_of_the_platform_is_understood() -> None:
    notices = [
        *CONTROL_NOTICES,
        *SECRET_NOTICES,
        *deployment_notices("arn:*"),
        task_failure_notice("arn:cluster"),
        unexpected_reader_notice("111122223333", ["a", "b-*"]),
    ]
    assert [found for each in notices if (found := problems(each.pattern))] == []
    assert alarm_pattern(["a"]).startswith("{")
