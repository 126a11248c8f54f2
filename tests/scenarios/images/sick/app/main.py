"""A release that answers but is not well, as long as the file `sick` lies in its folder."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any


def is_sick() -> bool:
    """Look for the file."""
    return Path("sick").exists()


async def app(
    scope: Mapping[str, Any],
    receive: Callable[[], Awaitable[object]],
    send: Callable[[Mapping[str, Any]], Awaitable[None]],
) -> None:
    """Answer any request; 500 while sick."""
    del receive
    if scope["type"] == "http":
        status = 500 if is_sick() else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})
