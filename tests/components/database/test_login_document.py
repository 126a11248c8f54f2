from __future__ import annotations

import urllib.parse
from typing import Any

import pytest

from components.database.login_document import database_url, login_document, login_problems

PARTS: dict[str, Any] = {
    "username": "ledger_app_a",
    "password": "s3cret",
    "host": "db.example.com",
    "port": 5433,
    "database": "ledger",
    "ssl": "require",
}


def test_the_document_holds_the_url_and_its_parts() -> None:
    assert login_document(**PARTS) == {
        "url": "postgresql+asyncpg://ledger_app_a:s3cret@db.example.com:5433/ledger?ssl=require",
        "host": "db.example.com",
        "port": 5433,
        "database": "ledger",
        "username": "ledger_app_a",
        "password": "s3cret",
    }


def test_a_number_that_came_through_the_engine_is_a_whole_one_again() -> None:
    document = login_document(**{**PARTS, "port": 5433.0})
    assert document["port"] == 5433
    assert ":5433/ledger" in str(document["url"])


@pytest.mark.parametrize("awkward", ["p@ss/w:rd?#[]%", "ä ö", "a&ssl=disable", "%41"])
def test_no_character_of_a_password_is_taken_for_the_urls_own(awkward: str) -> None:
    url = urllib.parse.urlsplit(database_url(**{**PARTS, "password": awkward}))
    assert urllib.parse.unquote(url.password or "") == awkward
    assert (url.hostname, url.port, url.path, url.query) == (
        *("db.example.com", 5433),
        *("/ledger", "ssl=require"),
    )


def test_sqlalchemy_reads_what_was_meant() -> None:
    engine = pytest.importorskip("sqlalchemy.engine")
    url = engine.make_url(database_url(**{**PARTS, "password": "p@ss/w:rd?#%"}))
    assert (url.drivername, url.password) == ("postgresql+asyncpg", "p@ss/w:rd?#%")
    assert dict(url.query) == {"ssl": "require"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"username": "Ledger"}, "username is a lower-case letter and then up to 62 letters"),
        ({"username": "x" * 64}, "username is a lower-case letter"),
        ({"database": "webhook-service"}, "database is a lower-case letter"),
        ({"ssl": "prefer"}, "ssl is require or verify-full, got 'prefer'"),
        ({"ssl": ""}, "ssl is require or verify-full, got ''"),
    ],
)
def test_what_postgresql_or_asyncpg_would_not_understand_is_named(
    changes: dict[str, str], problem: str
) -> None:
    values = {"username": "ledger_app_a", "database": "ledger", "ssl": "verify-full"}
    assert login_problems(**values) == []
    [found] = login_problems(**{**values, **changes})
    assert found.startswith(problem)
