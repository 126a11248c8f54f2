"""The address to which Slack takes messages. Whoever knows it may post, so it is a secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class SecretsManager(Protocol):
    """What is used of boto3's client."""

    def get_secret_value(self, **request: str) -> Mapping[str, Any]:
        """The value of a secret."""


class NoWebhookError(Exception):
    """The secret cannot be read, or nobody has set it yet."""


class Webhook:
    """Reads the address when it is first needed, and again after it was forgotten."""

    def __init__(self, client: SecretsManager, secret_arn: str) -> None:
        self._client, self._secret_arn = client, secret_arn
        self._address: str | None = None

    def address(self) -> str:
        """The address of today."""
        if self._address is None:
            try:
                found = self._client.get_secret_value(
                    SecretId=self._secret_arn, VersionStage="AWSCURRENT"
                )
                self._address = str(found["SecretString"]).strip()
            except Exception as error:
                # AWS's message names the secret and why; it never has a value in it.
                raise NoWebhookError(
                    f"the webhook's address cannot be read from {self._secret_arn}: {error}"
                ) from error
        return self._address

    def forget(self) -> None:
        """Ask again next time: Slack refused, so there may be a new one."""
        self._address = None
