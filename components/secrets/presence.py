"""Whether secrets have a value; who asks never sees one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from botocore.exceptions import ClientError

from components.threads import in_thread

CURRENT: Final = "AWSCURRENT"


class SecretsManager(Protocol):
    """What is used of boto3's client."""

    def describe_secret(self, *, SecretId: str) -> Mapping[str, Any]:  # noqa: N803 - AWS's own name
        """Everything about a secret but its value."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A variable whose secret must have a value."""

    variable: str
    secret_arn: str
    command: str
    """What sets it."""


class MissingValuesError(Exception):
    """A release would start tasks that ECS cannot give their secrets to."""


async def require_values(
    service: str,
    wanted: Sequence[Wanted],
    client: SecretsManager,
    report: Callable[[str], None],
) -> None:
    """Return when every secret has a current value; otherwise raise once, with every one that has none."""
    states = await asyncio.gather(*(in_thread(_problem, client, each) for each in wanted))
    problems = [each for each in states if each is not None]
    if problems:
        count = "1 secret has" if len(problems) == 1 else f"{len(problems)} secrets have"
        raise MissingValuesError(
            "\n".join(
                [
                    f"{service}: {count} no value, so its release was not begun; what runs goes on running",
                    *problems,
                    "  set each value, then run the update again",
                ]
            )
        )
    report(f"{service}: {', '.join(each.variable for each in wanted)} have values")


def _problem(client: SecretsManager, wanted: Wanted) -> str | None:
    try:
        found = client.describe_secret(SecretId=wanted.secret_arn)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        return f"  {wanted.variable}: {wanted.secret_arn} does not exist any more; `pulumi refresh` and update again"
    if found.get("DeletedDate"):
        back = f"aws secretsmanager restore-secret --secret-id {found['Name']}"
        return f"  {wanted.variable}: is being deleted; {back}"
    stages = (found.get("VersionIdsToStages") or {}).values()
    return (
        None
        if any(CURRENT in each for each in stages)
        else f"  {wanted.variable}: {wanted.command}"
    )
