"""The account as handlers reach it: one client per service, shared by all requests, and waiting for a state."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, cast

import boto3
from botocore.config import Config

from local.provider.errors import ProviderError

# The account answers what it does not implement with HTTP 500, which botocore would take for a passing weakness.
ONE_ATTEMPT: Final = Config(retries={"total_max_attempts": 1}, max_pool_connections=64)
# boto3 makes its clients' methods at run time, and stubs exist for a few services only.
Client: TypeAlias = Any
FIRST_PAUSE_SECONDS: Final = 0.05
LONGEST_PAUSE_SECONDS: Final = 2.0


class Clients:
    """boto3 clients of one region, each made once; safe to use from many threads."""

    def __init__(self, region: str) -> None:
        self.region = region
        self.cancelled = threading.Event()
        self._clients: dict[str, Client] = {}
        self._lock = threading.Lock()
        self._session: boto3.Session | None = None
        self._account_id = ""

    def __call__(self, service: str) -> Client:
        """Give the client of a service."""
        if (client := self._clients.get(service)) is not None:
            return client
        with self._lock:
            if service not in self._clients:
                self._session = self._session or boto3.Session(region_name=self.region)
                make = cast(Any, self._session).client
                self._clients[service] = make(service, config=ONE_ATTEMPT)
            return self._clients[service]

    @property
    def account_id(self) -> str:
        """The account that the credentials belong to."""
        if not self._account_id:
            self._account_id = self("sts").get_caller_identity()["Account"]
        return self._account_id


@dataclass(frozen=True)
class Aws:
    """The account during one request: calling it with a service's name gives that service's client."""

    clients: Clients
    default_tags: dict[str, str] = field(default_factory=dict)
    patience_seconds: float | None = None

    def __call__(self, service: str) -> Client:
        """Give the client of a service."""
        return self.clients(service)

    @property
    def region(self) -> str:
        """The region of the provider."""
        return self.clients.region

    @property
    def account_id(self) -> str:
        """The account that the credentials belong to."""
        return self.clients.account_id

    def arn(self, service: str, resource: str) -> str:
        """Build the ARN of a resource of this account and region."""
        return f"arn:aws:{service}:{self.region}:{self.account_id}:{resource}"

    def wait(self, what: str, done: Callable[[], bool], *, seconds: float) -> None:
        """Return once `done` says so; the program's own time-out, if any, takes the place of `seconds`."""
        limit = self.patience_seconds or seconds
        end, pause = time.monotonic() + limit, FIRST_PAUSE_SECONDS
        while not done():
            if time.monotonic() >= end:
                raise ProviderError(f"{what} did not happen within {limit:.0f} seconds")
            if self.clients.cancelled.wait(pause):
                raise ProviderError(f"cancelled while waiting: {what}")
            pause = min(pause * 1.5, LONGEST_PAUSE_SECONDS)
