"""The company of the request; no other one is there to be seen."""

# ruff: noqa: TID252 - `app` is the package in the image, `local.sample.app` the same one in this project
from __future__ import annotations

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ...models import Company
from ..deps import CompanyId, TenantSession

router = APIRouter()


class CompanyIn(BaseModel):
    """A company as it is registered."""

    name: str = Field(min_length=1, max_length=255)


class CompanyOut(CompanyIn):
    """A company as it is shown."""

    id: int


@router.get("/companies")
async def list_companies(session: TenantSession) -> list[CompanyOut]:
    """Every row that the query finds: there is no WHERE, the policies see to it."""
    found = await session.scalars(select(Company))
    return [CompanyOut(id=each.id, name=each.name) for each in found]


@router.post("/companies", status_code=201)
async def register_company(
    company: CompanyIn, company_id: CompanyId, session: TenantSession
) -> CompanyOut:
    """Register the company of the request."""
    session.add(Company(id=company_id, name=company.name))
    try:
        await session.commit()
    except IntegrityError as error:
        raise HTTPException(409, f"company {company_id} is registered") from error
    return CompanyOut(id=company_id, name=company.name)
