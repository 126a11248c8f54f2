"""Requests that leave the account. None leaves this machine: an address anywhere else is as if nobody were there."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

HERE: Final = "127.0.0.1"
TIMEOUT_SECONDS: Final = 5.0  # EventBridge's
NO_ANSWER: Final = 0
SERVER_ERROR: Final = 500
# docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html, "Error codes"
TEMPORARY: Final = (NO_ANSWER, 409, 429)


def request(method: str, url: str, headers: Mapping[str, str], body: str) -> int:
    """Send it, and say the status of the answer; 0 when there is none."""
    parts = urlsplit(url)
    if parts.hostname != HERE or parts.scheme != "http":
        return NO_ANSWER
    connection = http.client.HTTPConnection(HERE, parts.port or 80, timeout=TIMEOUT_SECONDS)
    try:
        connection.request(method, parts.path or "/", body.encode() or None, dict(headers))
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return NO_ANSWER
    finally:
        connection.close()


def is_good(status: int) -> bool:
    """Whether the request was taken in."""
    return 200 <= status < 300  # noqa: PLR2004 - HTTP's own


def is_temporary(status: int) -> bool:
    """Whether EventBridge would try again."""
    return status in TEMPORARY or status >= SERVER_ERROR
