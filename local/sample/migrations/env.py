"""As `alembic init -t async` writes it, with the URL from the environment."""

from __future__ import annotations

import asyncio
import logging
import os

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

logging.basicConfig(level=logging.INFO, format="%(message)s")


def migrate(connection: Connection) -> None:
    """Run what is missing in one transaction: all of it, or nothing."""
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    """Connect as the login of DATABASE_URL."""
    engine = create_async_engine(os.environ["DATABASE_URL"], poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


asyncio.run(main())
