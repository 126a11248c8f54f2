from __future__ import annotations

import json
from typing import Any

import pytest

from components.observability.control_notices import CONTROL_NOTICES
from components.observability.honeybadger_notice import (
    ALARM_PATHS,
    alarm_template,
    notice_template,
)
from components.observability.notices import message
from local.account.delivery.transforming import TransformError, payload

RULE = "arn:aws:events:eu-west-1:1:rule/r"
EVENT: dict[str, Any] = {
    "account": "1",
    "region": "eu-west-1",
    "resources": ["arn:alarm"],
    "detail": {
        "alarmName": "a",
        "state": {"value": "ALARM", "reason": 'it says "no"\n', "timestamp": "t"},
        "code": 3,
    },
}
SAID = {"owner": "platform", "runbook_url": "https://r", "environment": "staging"}


def filled(template: str, **paths: str) -> str:
    transformer = {"InputTemplate": template, "InputPathsMap": paths}
    return payload({"InputTransformer": transformer}, EVENT, RULE)


@pytest.mark.parametrize(
    ("template", "paths", "expected"),
    [
        ('{"a": <x>}', {"x": "$.detail.alarmName"}, '{"a": "a"}'),
        ('{"a": "is <x>!"}', {"x": "$.detail.alarmName"}, '{"a": "is a!"}'),
        ('{"a": <x>}', {"x": "$.detail.state.reason"}, '{"a": "it says \\"no\\"\\n"}'),
        ('{"a": "\\"<x>"}', {"x": "$.detail.state.reason"}, '{"a": "\\"it says \\"no\\"\\n"}'),
        ('{"a": <x>}', {"x": "$.resources[0]"}, '{"a": "arn:alarm"}'),
        ('{"a": <x>}', {"x": "$.detail.code"}, '{"a": 3}'),
        ('{"a": <x>}', {"x": "$.detail.missing"}, '{"a": }'),
        ('{"a": <x>}', {"x": "$.resources[7]"}, '{"a": }'),
        ('"<x> <aws.events.rule-name>"', {"x": "$.region"}, '"eu-west-1 r"'),
    ],
)
def test_a_template_is_filled_in(template: str, paths: dict[str, str], expected: str) -> None:
    assert filled(template, **paths) == expected


def test_without_a_template_a_target_gets_the_event_or_a_part_or_a_text() -> None:
    assert json.loads(payload({}, EVENT, RULE)) == EVENT
    assert payload({"InputPath": "$.detail.code"}, EVENT, RULE) == "3"
    assert payload({"Input": "beat"}, EVENT, RULE) == "beat"


@pytest.mark.parametrize("path", ["$..a", "$.a[*]", "a.b", "$.a[?(@.b)]"])
def test_a_path_that_is_not_understood_is_refused(path: str) -> None:
    with pytest.raises(TransformError, match="is a path that is not understood"):
        filled("<x>", x=path)


def test_a_placeholder_without_a_path_is_refused() -> None:
    with pytest.raises(TransformError, match="<y> is filled in by no path"):
        filled("<y>", x="$.a")


def test_a_page_is_one_error_an_alarm_with_all_that_is_known() -> None:
    notice = json.loads(filled(alarm_template(**SAID), **ALARM_PATHS))
    assert notice["error"] == {
        "class": "a",
        "message": 'it says "no"\n',
        "fingerprint": "arn:alarm",
        "tags": ["page"],
        "backtrace": [],
    }
    assert notice["request"]["context"] == {
        "account": "1",
        "owner": "platform",
        "region": "eu-west-1",
        "runbook": "https://r",
        "severity": "page",
        "state": "ALARM",
        "time": "t",
    }
    assert notice["server"] == {"environment_name": "staging"}


def test_an_event_that_pages_is_one_error_a_rule_with_the_event() -> None:
    notice = json.loads(filled(notice_template(CONTROL_NOTICES[0], **SAID)))
    assert notice["error"]["fingerprint"] == RULE
    assert notice["request"]["context"]["event"] == EVENT


def test_what_the_topic_gets_of_an_event_is_json() -> None:
    text = message(CONTROL_NOTICES[0], owner="platform", runbooks_url="https://r")
    assert json.loads(filled(text))["event"] == EVENT
