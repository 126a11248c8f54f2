"""Payments of the company of the request."""

# ruff: noqa: TID252 - `app` is the package in the image, `local.sample.app` the same one in this project
from __future__ import annotations

from typing import Final

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ...models import Payment
from ..deps import CompanyId, TenantSession

router = APIRouter()
UNKNOWN_COMPANY: Final = "23503"  # SQLSTATE of a foreign key that points nowhere


class PaymentIn(BaseModel):
    """A payment as it is made."""

    reference: str = Field(min_length=1, max_length=64)
    amount_cents: int = Field(gt=0, lt=2**63)
    currency: str = Field(pattern="^[A-Z]{3}$")


class PaymentOut(PaymentIn):
    """A payment as it is shown."""

    id: int
    company_id: int


@router.get("/payments")
async def list_payments(session: TenantSession) -> list[PaymentOut]:
    """Every row that the query finds: there is no WHERE, the policies see to it."""
    found = await session.scalars(select(Payment).order_by(Payment.id))
    return [_shown(each) for each in found]


@router.post("/payments", status_code=201)
async def make_payment(
    payment: PaymentIn, company_id: CompanyId, session: TenantSession
) -> PaymentOut:
    """Make a payment of the company of the request."""
    made = Payment(company_id=company_id, **payment.model_dump())
    session.add(made)
    try:
        await session.commit()
    except IntegrityError as error:
        if getattr(error.orig, "sqlstate", "") == UNKNOWN_COMPANY:
            raise HTTPException(404, f"company {company_id} is not registered") from error
        raise HTTPException(409, f"there is a payment {payment.reference}") from error
    return _shown(made)


def _shown(payment: Payment) -> PaymentOut:
    return PaymentOut(
        id=payment.id,
        company_id=payment.company_id,
        reference=payment.reference,
        amount_cents=payment.amount_cents,
        currency=payment.currency,
    )
