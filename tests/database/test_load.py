"""Fifty requests at a time over five connections, of companies in turn, while passwords change."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from tests.database.bench import USUAL, Bench, bench
from tests.database.customer import Sessions, tenant_session
from tests.database.tenants import A, B, furnish

AT_ONCE, REQUESTS, POOL = 50, 2_000, 5
READ: Final = text("SELECT company_id FROM payments")


@pytest.fixture(scope="module")
def server() -> Iterator[Bench]:
    with bench(USUAL, "ledger") as made:
        furnish(made)
        yield made


@dataclass
class Task:
    """A task of the service: its sessions, the connections that it has opened and the requests that it is at."""

    sessions: Sessions
    opened: list[int]
    busy: int = 0


@asynccontextmanager
async def service(
    server: Bench, login: str, worn: Callable[[], bool] = lambda: False
) -> AsyncIterator[tuple[Sessions, list[int]]]:
    """Sessions of a login, and the connections that they have opened; one that is worn is opened anew."""
    engine = create_async_engine(
        # Time enough on a machine that does much else: nothing is measured by it.
        server.url(login),
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=300,
    )
    opened: list[int] = []
    event.listen(engine.sync_engine, "connect", lambda *_: opened.append(1))
    event.listen(
        engine.sync_engine,
        "checkin",
        lambda _, record: record.invalidate(soft=True) if worn() else None,
    )
    try:
        yield async_sessionmaker(engine), opened
    finally:
        await engine.dispose()


async def request(sessions: Sessions, company: int, *, commit: bool) -> str | None:
    """What is wrong with an answer to a company."""
    async with tenant_session(sessions, company) as session:
        seen = list(await session.scalars(READ))
        if commit:
            await session.commit()
    return None if seen == [company] * 2 else f"{company} was shown {seen}"


async def load(sessions: Sessions, numbers: Iterator[int], last: int) -> list[str]:
    """Requests one after another until enough have been made."""
    found = []
    for number in numbers:
        if number >= last:
            break
        wrong = await request(sessions, (A, B)[number % 2], commit=number % 3 == 0)
        found += [wrong] if wrong else []
    return found


def test_no_company_is_shown_anothers_rows_in_2000_requests(server: Bench) -> None:
    async def run() -> tuple[list[str], int]:
        async with service(server, "ledger_app_a") as (sessions, opened):
            numbers = itertools.count()
            found = await asyncio.gather(
                *(load(sessions, numbers, REQUESTS) for _ in range(AT_ONCE))
            )
            return [each for one in found for each in one], len(opened)

    found, connections = asyncio.run(run())
    assert found == []
    assert connections == POOL


def test_a_load_without_a_tenant_would_be_noticed(server: Bench) -> None:
    async def run() -> list[str]:
        async with service(server, "ledger_app_a") as (sessions, _):
            server.administer("ALTER ROLE tenant_user BYPASSRLS")
            try:
                return await load(sessions, itertools.count(), 4)
            finally:
                server.administer("ALTER ROLE tenant_user NOBYPASSRLS")

    assert len(asyncio.run(run())) == 4


async def rotation(server: Bench) -> tuple[list[str], int, list[int]]:
    """Two rotations under load: the idle login's password, and then tasks that use it instead of the old ones.

    Every tenth connection that is given back is not used again, so both logins log in all the time.
    """
    failed: list[str] = []
    numbers, returned = itertools.count(), itertools.count()
    serving: list[Task] = []
    ended = asyncio.Event()
    made = 0
    progress = asyncio.Condition()

    async def client() -> None:
        nonlocal made
        while not ended.is_set():
            task, number = serving[-1], next(numbers)
            task.busy += 1
            try:
                wrong = await request(task.sessions, (A, B)[number % 2], commit=number % 3 == 0)
                failed.extend([wrong] if wrong else [])
            except Exception as error:  # noqa: BLE001 - a request that fails is what is counted
                failed.append(repr(error))
            task.busy -= 1
            made += 1
            async with progress:
                progress.notify_all()

    async def release(stack: AsyncExitStack, login: str) -> None:
        """New tasks serve; the old ones do until they are done."""
        sessions, opened = await stack.enter_async_context(
            service(server, login, lambda: next(returned) % 10 == 0)
        )
        serving.append(Task(sessions, opened))

    async def serve() -> None:
        """Return when the newest task has had its share and the ones before have ended."""
        until = made + 3 * AT_ONCE
        async with progress:
            await progress.wait_for(
                lambda: made >= until and not any(each.busy for each in serving[:-1])
            )

    async def rotate(stack: AsyncExitStack) -> None:
        for idle in ("ledger_app_b", "ledger_app_a"):
            server.passwords[idle] = f"rotated-password-of-{idle}"
            code, said = await asyncio.to_thread(server.attempt, "ledger")
            assert code == 0, said
            await release(stack, idle)
            await serve()
        ended.set()

    async with AsyncExitStack() as stack:
        await release(stack, "ledger_app_a")
        clients = [asyncio.create_task(client()) for _ in range(AT_ONCE)]
        await serve()
        await rotate(stack)
        await asyncio.gather(*clients)
    return failed, made, [len(each.opened) for each in serving]


def test_no_request_fails_while_the_passwords_of_both_logins_change(server: Bench) -> None:
    old = dict(server.passwords)
    failed, made, opened = asyncio.run(rotation(server))
    assert failed == []
    assert made >= 9 * AT_ONCE
    assert min(opened) > POOL  # each login has logged in more often than a pool needs
    for login in ("ledger_app_a", "ledger_app_b"):
        assert server.sql("SELECT 1", login, "ledger") == "1"
        # Whoever still used it would fail now.
        assert server.refused("SELECT 1", login, "ledger", old[login])
