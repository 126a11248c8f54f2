"""All that the service answers besides its health."""

from __future__ import annotations

from fastapi import APIRouter

from .endpoints import companies, payments

API_VERSION_PREFIX = "/api/v1"

api_router = APIRouter()
api_router.include_router(companies.router, tags=["companies"], prefix=API_VERSION_PREFIX)
api_router.include_router(payments.router, tags=["payments"], prefix=API_VERSION_PREFIX)
