"""A release that does not come up before the file `ready` lies in its folder: a rollout that lasts as long as a test needs."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

READY = Path("ready")

while not READY.exists():
    time.sleep(0.05)


async def app(
    scope: Mapping[str, Any],
    receive: Callable[[], Awaitable[object]],
    send: Callable[[Mapping[str, Any]], Awaitable[None]],
) -> None:
    """Answer any request."""
    del receive
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})
