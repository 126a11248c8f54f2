"""How the platform's services reach the database, in their own statements."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

Sessions: TypeAlias = async_sessionmaker[AsyncSession]


@asynccontextmanager
async def fresh_session(sessions: Sessions) -> AsyncIterator[AsyncSession]:
    session = sessions()
    try:
        await session.execute(text("SET app.current_tenant TO DEFAULT"))
        await session.execute(text("RESET ROLE"))
        yield session
    finally:
        await session.close()


async def set_tenant_security(session: AsyncSession, company_id: int) -> None:
    await session.execute(text(f"SET app.current_tenant = {company_id}"))
    await session.execute(text("SET SESSION ROLE tenant_user"))


@asynccontextmanager
async def tenant_session(sessions: Sessions, company_id: int) -> AsyncIterator[AsyncSession]:
    async with fresh_session(sessions) as session:
        await set_tenant_security(session, company_id)
        yield session
