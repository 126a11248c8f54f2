"""A database as it is meant to be is clean, and every way around tenant isolation in it is found: that, and no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scripts.audit.finding import SEVERITIES
from tests.scripts.audit.ledger import VERSIONS, Ledger, ledger_on
from tests.scripts.audit.mutations import MUTATIONS


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    """On the platform's own version."""
    with ledger_on(VERSIONS[0]) as made:
        yield made


def test_there_are_the_versions_that_this_is_about() -> None:
    assert {17, 18} <= {each.major for each in VERSIONS}


HERE = VERSIONS[0].major
APPLICABLE = [name for name, each in MUTATIONS.items() if each.since <= HERE <= each.until]


@pytest.mark.parametrize("name", sorted(APPLICABLE))
def test_it_is_found_and_nothing_else_is(ledger: Ledger, name: str) -> None:
    mutation = MUTATIONS[name]
    found = ledger.after(mutation.sql)
    assert sorted((each.severity, each.code, each.object) for each in found) == sorted(
        mutation.found
    )
    assert all(each.problem and each.way_out and each.severity in SEVERITIES for each in found)


def test_what_was_changed_is_taken_back(ledger: Ledger) -> None:
    assert ledger.after("SELECT 1") == []


OWN = "nullif(current_setting('app.current_tenant', true), '')::int"
ACCEPTED = {
    "the other way round": f"{OWN} = company_id",
    "bigint": "company_id = nullif(current_setting('app.current_tenant', true), '')::bigint",
    "read once a query": f"company_id = (SELECT {OWN})",
    "narrower": f"company_id = {OWN} AND currency IN ('EUR', 'USD')",
    "or never": f"company_id = {OWN} OR false",
    "each side": f"(company_id = {OWN} AND amount > 1) OR (company_id = {OWN} AND amount < 0)",
    "in capitals": "company_id = nullif(current_setting('APP.Current_Tenant', true), '')::int",
}


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_what_means_the_same_is_no_finding(ledger: Ledger, name: str) -> None:
    condition = ACCEPTED[name]
    policy = f"CREATE POLICY more ON payments TO tenant_user USING ({condition}) WITH CHECK ({condition})"
    assert ledger.after(f"DROP POLICY tenant ON payments; {policy}") == []


def test_a_restrictive_policy_makes_up_for_an_open_one(ledger: Ledger) -> None:
    both = f"""DROP POLICY tenant ON payments;
        CREATE POLICY anyone ON payments TO tenant_user USING (true) WITH CHECK (true);
        CREATE POLICY own ON payments AS RESTRICTIVE {{}} USING (company_id = {OWN})"""
    assert ledger.after(both.format("")) == []
    codes = [each.code for each in ledger.after(both.format("FOR SELECT"))]
    assert codes == ["open-policy", "open-policy"]


def test_a_foreign_key_whose_check_is_off_is_more_than_a_trigger(ledger: Ledger) -> None:
    found = ledger.after(
        "ALTER TABLE invoices ADD FOREIGN KEY (customer_id) REFERENCES companies; ALTER TABLE invoices DISABLE TRIGGER ALL"
    )
    assert {(each.severity, each.code) for each in found} == {("risk", "trigger-state")}
