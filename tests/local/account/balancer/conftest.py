"""An account with nothing but a front door."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.account.server import Account
from tests.local.account.balancer.front_door import FrontDoor
from tests.local.account.workbench import TINY, Workbench, account_id


@pytest.fixture(scope="module")
def shared_bench() -> Iterator[Workbench]:
    """A workbench in an account of its own."""
    with Account(account_id(), {"^tiny[:@]": TINY}) as account:
        yield Workbench(account)


@pytest.fixture
def door(shared_bench: Workbench) -> FrontDoor:
    """A listener of its own with a host of its own."""
    return FrontDoor(shared_bench)
