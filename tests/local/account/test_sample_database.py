"""From a database to an answer behind the load balancer: roles and migrations as tasks, the sample as a service."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from local.account.server import Account
from tests.local.account.postgres.clients import psql
from tests.local.account.sample_platform import PASSWORD, Platform
from tests.local.account.test_sample import SAMPLE
from tests.local.account.workbench import Workbench, account_id


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    """All of it, once."""
    with Account(account_id(), {"^sample": SAMPLE}) as account, Workbench(account) as bench:
        made = Platform(bench)
        assert made.set_up_roles() == ["ready"]
        migrations = made.container("ledger_migrator", "require", ["alembic", "upgrade", "head"])
        assert any("Running upgrade" in line for line in made.run(migrations))
        made.serve()
        yield made


def pay(platform: Platform, company: int, reference: str) -> int:
    return platform.ask(
        "POST", "/payments", company, reference=reference, amount_cents=100, currency="ZAR"
    )[0]


def test_its_health_needs_no_company(platform: Platform) -> None:
    assert platform.door.ask(path="/health") == (200, b'{"status":"ok"}')


def test_a_company_sees_its_own_rows_and_no_others(platform: Platform) -> None:
    for company in (1, 2):
        assert platform.ask("POST", "/companies", company, name=f"company {company}")[0] == 201
        assert pay(platform, company, "the same reference") == 201
    for company in (1, 2):
        status, payments = platform.ask("GET", "/payments", company)
        assert (status, [each["company_id"] for each in payments]) == (200, [company])
        assert platform.ask("GET", "/companies", company)[1] == [
            {"id": company, "name": f"company {company}"}
        ]
    assert platform.ask("GET", "/payments", 3) == (200, [])


def test_what_cannot_be_is_refused_and_leaves_the_next_request_alone(platform: Platform) -> None:
    platform.ask("POST", "/companies", 10, name="ten")
    assert platform.ask("POST", "/companies", 10, name="again")[0] == 409
    assert pay(platform, 10, "once") == 201
    assert pay(platform, 10, "once") == 409
    assert pay(platform, 11, "nobody") == 404
    assert [each["reference"] for each in platform.ask("GET", "/payments", 10)[1]] == ["once"]


@pytest.mark.parametrize("company", ["", "0", "2147483648", "1; RESET ROLE"])
def test_a_request_without_a_company_is_refused(platform: Platform, company: str) -> None:
    headers = {"X-Company-Id": company} if company else {}
    assert platform.door.ask(path="/api/v1/payments", headers=headers)[0] == 422


def test_reports_read_the_rows_of_all_companies_and_write_none(platform: Platform) -> None:
    for company in (20, 21):
        platform.ask("POST", "/companies", company, name="one of two")

    def asked(sql: str) -> subprocess.CompletedProcess[str]:
        login = {"PGUSER": "ledger_reports", "PGPASSWORD": PASSWORD, "PGDATABASE": "ledger"}
        return psql(platform.room.server(platform.database), sql, **login)

    seen = asked("SELECT id FROM companies WHERE name = 'one of two' ORDER BY id")
    assert (seen.stdout, seen.stderr) == ("20\n21\n", "")
    assert "permission denied" in asked("DELETE FROM companies").stderr


def test_migrations_that_have_run_change_nothing(platform: Platform) -> None:
    again = platform.container("ledger_migrator", "verify-full", ["alembic", "upgrade", "head"])
    assert not any("Running upgrade" in line for line in platform.run(again))


def test_no_password_is_in_the_log_of_the_server(platform: Platform) -> None:
    said = platform.room.server(platform.database).log.read_text()
    assert "CREATE TABLE payments" in said
    assert platform.room.master(platform.database)["password"] not in said
