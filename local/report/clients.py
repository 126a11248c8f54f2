"""Clients of the local account."""

from __future__ import annotations

from typing import Any, Final

import boto3
from botocore.config import Config

# An account that has just died must not keep a person waiting.
IMPATIENT: Final = Config(connect_timeout=2, read_timeout=20, retries={"max_attempts": 1})


def client(service: str, endpoint: str, region: str) -> Any:  # noqa: ANN401 - a type per service
    """Make a client that gives up soon."""
    make: Any = boto3.client
    return make(service, region, endpoint_url=endpoint, config=IMPATIENT)
