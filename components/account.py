"""The AWS account in which hooks act."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from components.threads import in_thread

# Short: who waits for something asks again anyway, and a call that hangs holds up the end of a cancelled run.
CLIENT_CONFIG: Final = Config(
    connect_timeout=5, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4}
)
ARN_REGION, ARN_ACCOUNT, ARN_PARTS = 3, 4, 6
_making: Final = (
    threading.Lock()
)  # boto3 makes one client at a time; a client may then serve many threads


class WrongAccountError(Exception):
    """Hooks would act elsewhere than the settings say."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """What the settings name. Hooks use boto3's own credentials, which no Pulumi provider guards."""

    account_id: str
    region: str

    def client(self, service: str) -> Any:  # noqa: ANN401 - typed where it is used, by its protocol
        """A client of one AWS service in the account's region."""
        with _making:
            return _session().client(service, region_name=self.region, config=CLIENT_CONFIG)

    async def check(self, inputs: object) -> None:
        """Refuse credentials of another account, and inputs that name another account or region."""
        found = await in_thread(self._caller)
        if found != self.account_id:
            raise WrongAccountError(
                f"the credentials are of account {found}, the settings name {self.account_id}:"
                " log in to that account; nothing was done"
            )
        for arn in _arns(inputs):
            parts = arn.split(":", ARN_PARTS - 1)
            if parts[ARN_REGION] not in ("", self.region) or parts[ARN_ACCOUNT] not in (
                "",
                self.account_id,
            ):
                raise WrongAccountError(
                    f"{arn} is not in account {self.account_id} and region {self.region},"
                    " which the settings name; nothing was done"
                )

    def _caller(self) -> str:
        try:
            return str(self.client("sts").get_caller_identity()["Account"])
        except (BotoCoreError, ClientError) as error:
            raise WrongAccountError(
                f"cannot tell whose AWS credentials these are, nothing was done: {error}"
            ) from error


@cache
def _session() -> boto3.session.Session:
    return boto3.session.Session()  # its loader reads each service's description once


def _arns(value: object) -> Iterator[str]:
    """Every ARN anywhere in a value."""
    if isinstance(value, str):
        if value.startswith("arn:") and value.count(":") >= ARN_PARTS - 1:
            yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _arns(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _arns(each)
