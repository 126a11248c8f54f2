"""Sessions of the database, as the platform's services open them."""

# ruff: noqa: TID252 - `app` is the package in the image, `local.sample.app` the same one in this project
from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from ..settings import settings

async_engine = create_async_engine(settings.database_url or "", pool_pre_ping=True)
async_session = async_sessionmaker(async_engine, expire_on_commit=False)


@asynccontextmanager
async def get_fresh_session_with_context() -> AsyncIterator[AsyncSession]:
    """Open a session that is bound to no company: a pooled connection may still be bound to the last one."""
    session = async_session()
    try:
        await session.execute(text("SET app.current_tenant TO DEFAULT"))
        await session.execute(text("RESET ROLE"))
        yield session
    finally:
        await session.close()


async def set_tenant_security(session: AsyncSession, company_id: int) -> None:
    """Bind a session to a company. After a commit or a rollback it must be bound again."""
    await session.execute(text(f"SET app.current_tenant = {company_id}"))
    await session.execute(text("SET SESSION ROLE tenant_user"))
