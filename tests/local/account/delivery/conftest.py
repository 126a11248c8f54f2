from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.account.server import Account
from tests.local.account.delivery.small_functions import Room
from tests.local.account.workbench import account_id


@pytest.fixture(scope="package")
def room() -> Iterator[Room]:
    with Account(account_id(), {}) as account:
        yield Room(account.endpoint, account.account_id)
