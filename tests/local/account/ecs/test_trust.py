"""Who verifies the database is told whom to believe."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.account.ecs.trust import trust

URL = "postgresql+asyncpg://u:p@127.0.0.1:5433/ledger"
AUTHORITY = Path("/state/databases/authority.pem")


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, False),
        ({"PGSSLMODE": "require"}, False),
        ({"PGSSLMODE": "verify-full"}, True),
        ({"PGSSLMODE": "verify-ca", "PGSSLROOTCERT": "/rds/global-bundle.pem"}, True),
        ({"DATABASE_URL": f"{URL}?ssl=require"}, False),
        ({"DATABASE_URL": f"{URL}?ssl=verify-full"}, True),
        ({"OTHER_URL": f"{URL}?x=y&sslmode=verify-full"}, True),
    ],
)
def test_only_who_verifies_is_told(environment: dict[str, str], told: bool) -> None:
    assert trust(environment, AUTHORITY) == ({"PGSSLROOTCERT": str(AUTHORITY)} if told else {})


def test_without_a_database_there_is_nobody_to_believe() -> None:
    assert trust({"PGSSLMODE": "verify-full"}, None) == {}
