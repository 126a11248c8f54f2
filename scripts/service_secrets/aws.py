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

from scripts.service_secrets.errors import REFUSED, SecretsError
from stacks.settings import StackSettings

LOG_IN: Final = (
    "log in to AWS first, for example: aws sso login --profile NAME; export AWS_PROFILE=NAME"
)
PATIENCE: Final = Config(
    connect_timeout=5, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 4}
)


class Aws:
    """AWS in the account and region of a stack. Every call either answers or ends in a SecretsError.

    No message ever holds a parameter of a call: one of them is a secret's value.
    """

    def __init__(self, settings: StackSettings) -> None:
        self._settings = settings
        try:
            self._session = boto3.session.Session(region_name=settings.account.region)
        except ProfileNotFound as error:
            raise SecretsError(f"{error}; set AWS_PROFILE to one that exists") from None
        self._clients: dict[str, Any] = {}

    def check_account(self) -> None:
        """Refuse the credentials of another account than the stack's, before anything else is asked."""
        caller, wanted = self.call("sts", "get_caller_identity"), self._settings.account.id
        if caller["Account"] != wanted:
            raise SecretsError(
                f"these credentials are of account {caller['Account']} ({caller['Arn']}), and"
                f" {self._settings.stack} is account {wanted}; nothing was changed",
                REFUSED,
            )

    def call(self, service: str, operation: str, /, **parameters: object) -> dict[str, Any]:
        """Make one call."""
        answer = self.find(service, operation, (), **parameters)
        assert answer is not None  # noqa: S101 - nothing was said to be absent
        return answer

    def find(
        self, service: str, operation: str, absent: Collection[str], /, **parameters: object
    ) -> dict[str, Any] | None:
        """Make one call; an error whose code is in `absent` means None: what was asked for is not there."""
        try:
            if service not in self._clients:
                self._clients[service] = self._session.client(service, config=PATIENCE)
            answer: dict[str, Any] = getattr(self._clients[service], operation)(**parameters)
        except ClientError as error:
            code, text = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
            if code in absent:
                return None
            raise SecretsError(f"{service} refused {operation}: {code}: {text}") from None
        except (NoCredentialsError, PartialCredentialsError) as error:
            raise SecretsError(f"there are no usable AWS credentials ({error}); {LOG_IN}") from None
        except BotoCoreError as error:
            # Also an SSO login that has run out, an endpoint that cannot be reached, a proxy in between.
            raise SecretsError(f"{service} {operation} did not get through: {error}") from None
        return answer
