"""What is found in rows of the catalogue that no real server has at hand, and that docs/audit.md explains all findings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.audit.catalogue import Catalogue
from scripts.audit.errors import AuditError
from scripts.audit.expectation import Expectation, Roles
from scripts.audit.judgement import judge
from scripts.audit.rows import Column, Outlet, Relation, Role, Server, Setting
from tests.scripts.audit.mutations import MUTATIONS

SERVER = Server(database="ledger", owner="master", version=170010, user="app", tenant=None)
EXPECTED = Expectation(roles=Roles.of_service("ledger", "tenant_user", frozenset()))
NAMES = EXPECTED.roles.named
ROLES = [Role(name=name, bootstrap=False, login=False, attributes=[]) for name in NAMES]
GUIDE = Path(__file__).parents[3] / "docs/audit.md"


def test_the_guide_explains_every_finding_and_no_other() -> None:
    rows = GUIDE.read_text().partition("## Findings")[2].partition("\n## ")[0].splitlines()
    explained = {
        name
        for row in rows
        if row.startswith("| `")
        for name in re.findall("`([a-z-]+)`", row.split("|")[1])
    }
    # Slots are not made in a transaction, so one stands below.
    shown = {code for each in MUTATIONS.values() for _, code, _ in each.found} | {
        "replication-slot"
    }
    assert explained == shown


def test_a_replication_slot_is_a_way_out() -> None:
    slot = Outlet(kind="replication slot", name="copy", detail="pgoutput")
    (found,) = judge(Catalogue(server=SERVER, roles=ROLES, outlets=[slot]), EXPECTED)
    assert (found.code, found.object) == ("replication-slot", "replication slot copy")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("lo_compat_privileges", "on", "setting"),
        ("row_security", "off", "setting"),
        ("session_replication_role", "replica", "setting"),
        ("session_replication_role", "origin", None),
        ("row_security", "on", None),
    ],
)
def test_settings_of_the_whole_server(name: str, value: str, code: str | None) -> None:
    setting = Setting(role="", database="", name=name, value=value)
    found = judge(Catalogue(server=SERVER, roles=ROLES, settings=[setting]), EXPECTED)
    assert [(each.code, each.object) for each in found] == ([(code, "server")] if code else [])


def test_a_tenant_that_the_server_sets_is_a_leak() -> None:
    server = Server(database="ledger", owner="master", version=170010, user="app", tenant="42")
    (found,) = judge(Catalogue(server=server, roles=ROLES), EXPECTED)
    assert (found.severity, found.code) == ("leak", "default-tenant")


def test_the_way_out_is_safe_to_paste_whatever_the_table_is_called() -> None:
    evil = 'x"; DROP TABLE payments; --'
    table = Relation(
        oid=1, schema="ledger", name=evil, kind="r", owner="ledger_owner", row_security=False, forced=False,
        partition=False, options=[], parents=[], reached_by=["tenant_user"],
    )  # fmt: skip
    column = Column(relation=1, name="company_id", not_null=True, generated=False)
    catalogue = Catalogue(server=SERVER, relations=[table], columns=[column], roles=ROLES)
    (found,) = judge(catalogue, EXPECTED)
    assert found.way_out.startswith('ALTER TABLE ledger."x""; DROP TABLE payments; --" ENABLE')


def test_a_server_without_the_roles_is_no_clean_one() -> None:
    with pytest.raises(AuditError) as refused:
        judge(Catalogue(server=SERVER), EXPECTED)
    assert len(refused.value.problems) == 5
    assert "(here are: none)" in refused.value.problems[0]
