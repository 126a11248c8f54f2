"""Approvals: who, which resource, until when, and for how long they count."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from stacks.approvals import LONGEST_DAYS, Approval
from stacks.errors import SettingsError
from tests.stacks.example import EXAMPLE, check

TODAY = dt.date(2026, 11, 25)
URN = "urn:pulumi:prod::turnstay::a:b:C$aws:rds/instance:Instance::card-database-instance"
RIGHT = {
    "what": "aws:rds/instance:Instance::card-database-instance",
    "by": "@ada",
    "until": "2026-11-30",
    "why": "moves to the card zone",
}


def approval(**changes: str) -> Approval:
    return Approval.model_validate(RIGHT | changes)


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"what": URN}, True),
        ({"until": "2026-11-25"}, True),
        ({"until": "2026-11-24"}, False),
        ({"until": str(TODAY + dt.timedelta(days=LONGEST_DAYS))}, True),
        ({"until": str(TODAY + dt.timedelta(days=LONGEST_DAYS + 1))}, False),
        ({"what": URN.replace("prod", "staging")}, False),
        ({"what": "aws:rds/instance:Instance::general-database-instance"}, False),
        ({"what": "aws:rds/cluster:Cluster::card-database-instance"}, False),
    ],
)
def test_an_approval_is_for_one_resource_and_ends(changes: dict[str, str], counts: bool) -> None:
    assert approval(**changes).covers(URN, TODAY) is counts


MISTAKES: list[tuple[dict[str, Any], str]] = [
    (
        {"what": "aws:rds/instance:Instance::*"},
        'approvals[0].what: "aws:rds/instance:Instance::*" has a *,',
    ),
    ({"what": "database"}, 'approvals[0].what: "database" is no resource'),
    ({"until": "soon"}, 'approvals[0].until: "soon" is not a day'),
    ({"until": "2026-02-30"}, 'approvals[0].until: "2026-02-30" is not a day'),
    ({"by": "the team"}, 'approvals[0].by: "the team" is not a GitHub user name'),
    ({"why": "ok"}, 'approvals[0].why: "ok" is too short to be a reason'),
]


def lines(entry: dict[str, Any]) -> str:
    shown = ", ".join(f'{key}: "{value}"' for key, value in entry.items())
    return f"  turnstay:approvals:\n    - {{{shown}}}\n"


@pytest.mark.parametrize(("wrong", "message"), MISTAKES)
def test_a_wrong_approval_is_named(tmp_path: Path, wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError) as error:
        check(tmp_path, EXAMPLE + lines(RIGHT | wrong))
    assert len(error.value.problems) == 1
    assert message in error.value.problems[0]


def test_all_mistakes_of_an_approval_come_at_once(tmp_path: Path) -> None:
    everything = {key: value for wrong, _ in MISTAKES for key, value in wrong.items()}
    with pytest.raises(SettingsError) as error:
        check(tmp_path, EXAMPLE + lines(RIGHT | everything))
    assert len(error.value.problems) == len(RIGHT)


def test_a_right_one_is_read(tmp_path: Path) -> None:
    assert check(tmp_path, EXAMPLE + lines(RIGHT)).approvals == (approval(),)
