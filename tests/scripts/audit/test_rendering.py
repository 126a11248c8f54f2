"""What the operator reads, and names that somebody chose to mislead."""

from __future__ import annotations

import json

import pytest

from scripts.audit.expectation import Expectation, Roles
from scripts.audit.finding import Finding
from scripts.audit.rendering import as_json, as_table
from scripts.audit.rows import Server, quoted

SERVER = Server(database="ledger", owner="master", version=170010, user="app", tenant=None)
EXPECTED = Expectation(roles=Roles.of_service("ledger", "tenant_user", frozenset()))


def finding(severity: str, name: str, problem: str = "it is open") -> Finding:
    return Finding(severity=severity, code="view", object=name, problem=problem, way_out="close it")  # type: ignore[arg-type]


def test_the_worst_comes_first_and_the_last_line_sums_up() -> None:
    found = sorted(
        [finding("note", "a"), finding("leak", "c"), finding("leak", "b")],
        key=lambda each: each.order,
    )
    table = as_table(found, EXPECTED, SERVER, {"master"})
    assert [line for line in table.splitlines() if line.endswith("[view]")] == [
        "  b  [view]",
        "  c  [view]",
        "  a  [view]",
    ]
    assert table.endswith("found: 2 leaks, 1 note; docs/audit.md explains each [name]\n")
    assert "      it is open\n      -> close it\n" in table


def test_names_cannot_steer_the_terminal() -> None:
    found = [finding("leak", "a\x1b[2Jb", "x\u202ey\r\nz")]
    table = as_table(found, EXPECTED, SERVER, {"master"})
    assert not {"\x1b", "\u202e", "\r"} & set(table)
    assert (
        json.loads(as_json(found, EXPECTED, SERVER, {"master"}))["findings"][0]["object"]
        == "a\x1b[2Jb"
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("payments", "payments"),
        ("PUBLIC", "PUBLIC"),
        ("Pay", '"Pay"'),
        ('a"; DROP', '"a""; DROP"'),
        ("1a", '"1a"'),
    ],
)
def test_a_name_is_written_as_a_statement_needs_it(name: str, written: str) -> None:
    assert quoted(name) == written
