"""Requests meet the listener rules that the account has."""

from __future__ import annotations

from typing import Any

import pytest

from local.account.balancer.rules import Route, route, target_group
from local.account.server import Account
from tests.local.account.balancer.front_door import FrontDoor
from tests.local.account.workbench import account_id


def found(door: FrontDoor, host: str, path: str = "/", method: str = "GET") -> Route:
    answer = route(door.account.account_id, method, host, path)
    assert answer
    return answer


def leads_in(door: FrontDoor, host: str, path: str = "/", method: str = "GET") -> bool:
    return target_group(found(door, host, path, method).action) == door.group


def test_a_host_leads_to_its_group_whatever_its_case_and_port(door: FrontDoor) -> None:
    assert leads_in(door, door.host)
    assert leads_in(door, door.host.upper())
    assert leads_in(door, f"{door.host}:8443")


def test_another_host_gets_the_default_action(door: FrontDoor) -> None:
    for host in ("", f"x.{door.host}", f"{door.host}.x"):
        assert found(door, host).action["Type"] == "fixed-response"


@pytest.mark.parametrize(
    ("pattern", "host", "meets"),
    [
        ("*.wild.com", "a.b.wild.com", True),
        ("*.wild.com", "wild.com", False),
        ("*.wild.com", "a.wildxcom", False),
        ("api?.mark.com", "api1.mark.com", True),
        ("api?.mark.com", "api.mark.com", False),
        ("[a].set.com", "a.set.com", False),
    ],
)
def test_a_host_may_be_a_pattern(door: FrontDoor, pattern: str, host: str, meets: bool) -> None:
    door.rule([{"Field": "host-header", "HostHeaderConfig": {"Values": [pattern]}}], 20)
    assert leads_in(door, host) is meets


def test_every_condition_of_a_rule_must_hold(door: FrontDoor) -> None:
    host = f"all.{door.host}"
    conditions: list[Any] = [
        {"Field": "host-header", "HostHeaderConfig": {"Values": [host]}},
        {"Field": "path-pattern", "PathPatternConfig": {"Values": ["/api/v?"]}},
        {"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["POST"]}},
    ]
    door.rule(conditions, 20)
    assert leads_in(door, host, "/api/v1?x=/", "POST")
    assert not leads_in(door, host, "/other?/api/", "POST")
    assert not leads_in(door, host, "/api/v1", "GET")


def test_a_rule_with_a_condition_that_is_not_known_here_meets_nothing(door: FrontDoor) -> None:
    host = f"unknown.{door.host}"
    conditions: list[Any] = [
        {"Field": "host-header", "HostHeaderConfig": {"Values": [host]}},
        {"Field": "source-ip", "SourceIpConfig": {"Values": ["127.0.0.0/8"]}},
    ]
    door.rule(conditions, 20)
    assert not leads_in(door, host)


def test_the_rule_of_the_lowest_priority_is_met_first(door: FrontDoor) -> None:
    host = f"twice.{door.host}"
    condition = [{"Field": "host-header", "HostHeaderConfig": {"Values": [host]}}]
    first = door.new_group()
    door.rule(condition, 100)
    door.rule(condition, 9, first)
    assert target_group(found(door, host).action) == first


def test_the_application_is_told_of_the_listener(door: FrontDoor) -> None:
    door.idle_seconds(75)
    answer = found(door, door.host)
    assert (answer.protocol, answer.port, answer.idle_seconds) == ("https", 443, 75)


def test_of_several_groups_the_heaviest_is_chosen() -> None:
    groups = [{"TargetGroupArn": "light", "Weight": 1}, {"TargetGroupArn": "heavy", "Weight": 9}]
    assert target_group({"ForwardConfig": {"TargetGroups": groups}}) == "heavy"


def test_an_account_without_a_listener_has_no_route() -> None:
    with Account(account_id(), {}) as account:
        assert route(account.account_id, "GET", "api.example.com", "/") is None
