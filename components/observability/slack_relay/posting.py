"""One HTTP request to an address that is a secret: whatever goes wrong, the address is not in what is said of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT_SECONDS: Final = 5.0
NO_ANSWER: Final = 0
SERVER_ERROR: Final = 500
THIS_MACHINE: Final = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back; a status of 0 is no answer at all."""

    status: int
    problem: str = ""

    @property
    def is_good(self) -> bool:
        """Whether it was taken in."""
        return 200 <= self.status < 300  # noqa: PLR2004 - HTTP's own

    @property
    def is_temporary(self) -> bool:
        """Whether the same request may be taken in later."""
        return self.status in (NO_ANSWER, 408, 429) or self.status >= SERVER_ERROR


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - urllib's own
        """Whoever redirects an alert must not get it."""


_OPENER: Final = build_opener(_NoRedirects())


def post(url: str, body: Mapping[str, Any] | None) -> Answer:
    """Post JSON, or get without a body, by https or from this machine. It never raises."""
    try:
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname != THIS_MACHINE:
            return Answer(status=400, problem="the address is not one of https")
        request = Request(  # noqa: S310 - its scheme is looked at above
            url,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "User-Agent": "turnstay-alerts/1"},
        )
        with _OPENER.open(request, timeout=TIMEOUT_SECONDS) as answer:
            return Answer(status=answer.status)
    except HTTPError as error:
        with error:
            return Answer(status=error.code)
    except Exception as error:  # noqa: BLE001 - some messages of urllib quote the address
        return Answer(status=NO_ANSWER, problem=type(error).__name__)
