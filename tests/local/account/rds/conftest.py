"""Databases in an account of the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.account.server import Account
from tests.local.account.rds.server_room import ServerRoom
from tests.local.account.workbench import TINY, Workbench, account_id


@pytest.fixture(scope="module")
def room() -> Iterator[ServerRoom]:
    """An account of its own."""
    with Account(account_id(), {"^tiny[:@]": TINY}) as account:
        yield ServerRoom(Workbench(account).prepare())
