"""What endpoints ask for."""

# ruff: noqa: TID252 - `app` is the package in the image, `local.sample.app` the same one in this project
from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, TypeAlias

from fastapi import Depends, Header
from sqlalchemy.ext.asyncio import AsyncSession

from ..core.session import get_fresh_session_with_context, set_tenant_security

# The platform's services take the company from a token that Descope has signed. Here whoever asks says it.
CompanyId: TypeAlias = Annotated[int, Header(alias="X-Company-Id", ge=1, le=2**31 - 1)]


async def tenant_session(company_id: CompanyId) -> AsyncIterator[AsyncSession]:
    """Open a session that is bound to the company of the request."""
    async with get_fresh_session_with_context() as session:
        await set_tenant_security(session, company_id)
        yield session


TenantSession: TypeAlias = Annotated[AsyncSession, Depends(tenant_session)]
