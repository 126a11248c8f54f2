"""A small service that stands in for the image of each of the platform's services on the local account.

It is configured by environment variables, answers `GET /health` without authentication and without its database, and
is started by `uvicorn app.main:app`, as the services are. With a DATABASE_URL it keeps payments of companies.
"""

from __future__ import annotations

import json
import os
import urllib.request
from typing import Final

from fastapi import FastAPI

from .settings import settings

METADATA: Final = "ECS_CONTAINER_METADATA_URI_V4"  # set by Fargate
ANSWER_SECONDS: Final = 2.0

app = FastAPI(title="TurnStay sample", openapi_url=None)
if settings.database_url:
    # Only then: SQLAlchemy takes more memory than all the rest of it.
    from .api.api import api_router

    app.include_router(api_router)


@app.get("/health")
async def health() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


@app.get("/")
def about() -> dict[str, str | None]:
    """Say which service this is, in which environment, and in which revision of its task definition."""
    task = _task()
    return {
        "service": task.get("ServiceName") or task.get("Family"),
        "environment": settings.environment,
        "revision": task.get("Revision"),
    }


def _task() -> dict[str, str]:
    place = os.environ.get(METADATA)
    if not place:
        return {}
    with urllib.request.urlopen(f"{place}/task", timeout=ANSWER_SECONDS) as answer:  # noqa: S310
        found: dict[str, str] = json.load(answer)
    return found
