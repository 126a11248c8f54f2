"""The one place where AWS is called, and where its refusals become a line that a person can act on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
)

from scripts.bootstrap.errors import BootstrapError, ForbiddenError

LOG_IN: Final = (
    "log in to AWS first, for example: aws sso login --profile NAME; export AWS_PROFILE=NAME"
)
FORBIDDEN: Final = {"403", "AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}
STALE: Final = {
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}
# An unreachable endpoint is told within the minute, not after botocore's own five.
PATIENCE: Final = Config(
    connect_timeout=5, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 4}
)


class Aws:
    """AWS in one region. Every call either answers or ends in a BootstrapError."""

    def __init__(self, region: str) -> None:
        try:
            self._session = boto3.session.Session(region_name=region)
        except ProfileNotFound as error:
            raise BootstrapError(f"{error}; set AWS_PROFILE to one that exists") from None
        self._clients: dict[str, Any] = {}

    def call(self, service: str, operation: str, **parameters: object) -> dict[str, Any]:
        """Make one call."""
        answer = self.find(service, operation, (), **parameters)
        assert answer is not None  # noqa: S101 - nothing was said to be absent
        return answer

    def find(
        self, service: str, operation: str, absent: Collection[str], **parameters: object
    ) -> dict[str, Any] | None:
        """Make one call; an error whose code is in `absent` means None: what was asked for is not there."""
        try:
            if service not in self._clients:
                self._clients[service] = self._session.client(service, config=PATIENCE)
            answer: dict[str, Any] = getattr(self._clients[service], operation)(**parameters)
        except ClientError as error:
            if error.response["Error"]["Code"] in absent:
                return None
            raise _refusal(service, operation, error, parameters) from error
        except (NoCredentialsError, PartialCredentialsError) as error:
            raise BootstrapError(
                f"there are no usable AWS credentials ({error}); {LOG_IN}"
            ) from None
        except BotoCoreError as error:
            # Also an SSO login that has run out, an endpoint that cannot be reached, a proxy in between.
            raise BootstrapError(f"{service} {operation} did not get through: {error}") from error
        return answer


def _refusal(
    service: str, operation: str, error: ClientError, parameters: dict[str, object]
) -> BootstrapError:
    code, text = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
    subject = "".join(
        f" on {value}" for key, value in parameters.items() if key in {"Bucket", "KeyId"}
    )
    if code in STALE:
        return BootstrapError(f"AWS does not accept these credentials ({code}: {text}); {LOG_IN}")
    if code in FORBIDDEN:
        return ForbiddenError(
            f"these credentials may not do {service} {operation}{subject} ({code}: {text});"
            " the first set-up of an account needs administrator rights in it"
        )
    return BootstrapError(f"{service} refused {operation}{subject}: {code}: {text}")
