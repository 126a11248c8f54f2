"""What AWS knows of a stack's secrets: never a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from scripts.service_secrets.aws import Aws

CURRENT: Final = "AWSCURRENT"


@dataclass(frozen=True, kw_only=True)
class State:
    """One secret as it is; `set_at` is when its current value was set, None if it has none."""

    arn: str
    set_at: datetime | None
    deleted: bool


def read_states(aws: Aws, prefix: str) -> dict[str, State]:
    """Every secret whose name begins so, by name."""
    return {
        str(each["Name"]): _state(aws, each, "SecretVersionsToStages") for each in _all(aws, prefix)
    }


def read_state(aws: Aws, name: str) -> State | None:
    """One secret; None when there is none of that name."""
    absent = ("ResourceNotFoundException",)
    found = aws.find("secretsmanager", "describe_secret", absent, SecretId=name)
    return None if found is None else _state(aws, found, "VersionIdsToStages")


def _all(aws: Aws, prefix: str) -> Iterator[Mapping[str, Any]]:
    more: dict[str, object] = {}
    while True:
        page = aws.call(
            "secretsmanager",
            "list_secrets",
            Filters=[{"Key": "name", "Values": [prefix]}],
            IncludePlannedDeletion=True,
            **more,
        )
        # The filter ignores case and looks at the beginning of words too.
        yield from (each for each in page["SecretList"] if str(each["Name"]).startswith(prefix))
        if not page.get("NextToken"):
            return
        more = {"NextToken": page["NextToken"]}


def _state(aws: Aws, found: Mapping[str, Any], stages: str) -> State:
    current = [each for each, marks in (found.get(stages) or {}).items() if CURRENT in marks]
    set_at = _set_at(aws, str(found["ARN"]), current[0]) if current else None
    return State(arn=str(found["ARN"]), set_at=set_at, deleted=bool(found.get("DeletedDate")))


def _set_at(aws: Aws, arn: str, version: str) -> datetime | None:
    if (
        found := aws.find("secretsmanager", "list_secret_version_ids", _GOING, SecretId=arn)
    ) is None:
        return None
    dates: list[datetime] = [
        each["CreatedDate"] for each in found["Versions"] if each["VersionId"] == version
    ]
    return dates[0] if dates else None


# What AWS answers about a secret that is being deleted.
_GOING: Final = ("InvalidRequestException", "ResourceNotFoundException")
