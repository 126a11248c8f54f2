"""What the operator may say, and what is refused: all of it at once, and never with a password in it."""

from __future__ import annotations

import pytest

from scripts.audit.address import Address, parse_url
from scripts.audit.arguments import parse
from scripts.audit.errors import AuditError

SECRET = "s3cr3t"


def refusals(*arguments: str, **environment: str) -> tuple[str, ...]:
    with pytest.raises(AuditError) as refused:
        parse(arguments, environment)
    assert SECRET not in str(refused.value)
    return refused.value.problems


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
@pytest.mark.parametrize("option", ["ssl", "sslmode"])
def test_a_url_is_read_in_either_form(scheme: str, option: str) -> None:
    url = f"{scheme}://app:p%40ss%2Fword@db.example:5433/ledger?{option}=verify-full"
    expected = Address(
        host="db.example",
        port=5433,
        user="app",
        password="p@ss/word",
        database="ledger",
        ssl="verify-full",
    )
    assert parse_url(url, "DATABASE_URL") == expected
    assert "p@ss" not in repr(expected)


def test_what_the_url_leaves_out_is_left_to_the_variables() -> None:
    assert parse([], {"DATABASE_URL": "postgresql://"}).address == Address()
    assert parse([], {}).address == Address()


def test_dsn_comes_before_the_variable_and_database_before_both() -> None:
    url = {"DATABASE_URL": "postgresql+asyncpg://a:b@first/one"}
    assert parse(["--dsn", "postgresql://c@second/two"], url).address.host == "second"
    address = parse(["--database", "three"], url).address
    assert (address.host, address.password, address.database) == ("first", "b", "three")


def test_a_password_on_the_command_line_is_refused() -> None:
    (problem,) = refusals("--dsn", f"postgresql://a:{SECRET}@h/d")
    assert "PGPASSFILE" in problem


def test_a_url_that_cannot_be_read_is_not_shown() -> None:
    (problem,) = refusals(DATABASE_URL=f"postgresql://a:{SECRET}/x@h/d")
    assert "%2F" in problem
    (problem,) = refusals(DATABASE_URL=f"postgresql://a:[{SECRET}@h/d")
    assert "is no URL" in problem


def test_all_mistakes_are_told_at_once() -> None:
    problems = refusals(
        "--exempt",
        "currencies",
        "--exempt",
        "a=x",
        "--tenant-column",
        "a=b",
        "--tenant-column",
        "=c",
        "--timeout",
        "soon",
        DATABASE_URL=f"mysql://a:{SECRET}@h/d?ssl=maybe&pool=5",
    )
    assert [each.split(" ")[0] for each in problems] == [
        "--tenant-column",
        "--exempt",
        "a",
        "--timeout",
        "DATABASE_URL",
        "DATABASE_URL",
        "DATABASE_URL",
    ]


def test_a_service_is_named_as_its_roles_are() -> None:
    assert parse(["--service", "webhook-service"], {}).service == "webhook_service"
