"""One account for the tests of a file, a cluster for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.account.server import Account
from tests.local.account.workbench import TINY, Workbench, account_id


@pytest.fixture(scope="module")
def shared_bench() -> Iterator[Workbench]:
    """A workbench in an account of its own, whose images named `tiny` are small programs."""
    with Account(account_id(), {"^tiny[:@]": TINY}) as account:
        yield Workbench(account)


@pytest.fixture
def bench(shared_bench: Workbench) -> Iterator[Workbench]:
    """The workbench with an empty cluster."""
    with shared_bench as ready:
        yield ready
