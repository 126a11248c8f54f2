"""Database instances."""

# ruff: noqa: D102 - Handler documents the methods and their arguments

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from local.provider.aws import Aws
from local.provider.errors import ProviderError, existing, is_gone
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.resources import rds_instance_shape as shape
from local.provider.tags import pairs
from local.provider.values import Props

CREATED_SECONDS: Final = 40 * 60.0
UPDATED_SECONDS: Final = 80 * 60.0
DELETED_SECONDS: Final = 60 * 60.0


class Instance(Handler):
    """aws.rds.Instance whose master's password RDS keeps. It is waited for until it takes connections.

    Its id is RDS's own, which outlives a change of its name.
    """

    type = "aws:rds/instance:Instance"
    unread = words(
        "allowMajorVersionUpgrade applyImmediately deleteAutomatedBackups finalSnapshotIdentifier"
        " skipFinalSnapshot"
    )
    inputs = unread | {*shape.ALIKE, *shape.AT_CREATION, shape.LOGS} | words("identifier port tags")
    replace = frozenset(shape.AT_CREATION)
    computed = (
        *("address", "arn", "endpoint", "engineVersionActual", "hostedZoneId", "masterUserSecrets"),
        *("resourceId", "status"),
    )
    asked = MappingProxyType({"port": shape.ASKED_PORT})
    autoname = Autoname("identifier", longest=63, lower=True)
    tagging = "rds"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("rds").create_db_instance(
            DBInstanceIdentifier=new["identifier"],
            Tags=pairs(new["tagsAll"]),
            **shape.for_creation(new),
        )
        identity = str(answer["DBInstance"]["DbiResourceId"])
        with existing(identity):
            _settle(aws, identity, CREATED_SECONDS)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = _describe(aws, identity)
        return found and shape.from_aws(found, str(state.get("engineVersion", "")))

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        changes = shape.changes(old, new)
        name = _name(aws, identity)
        if new["identifier"] != name:
            changes["NewDBInstanceIdentifier"] = new["identifier"]
        if changes:
            aws("rds").modify_db_instance(
                DBInstanceIdentifier=name,
                # Without it AWS does in the maintenance window what would restart the server.
                ApplyImmediately=new.get("applyImmediately", False),
                **changes,
            )
            _settle(aws, identity, UPDATED_SECONDS)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        found = _describe(aws, identity)
        if found is None:
            return
        snapshot = state.get("finalSnapshotIdentifier")
        if not snapshot and not state.get("skipFinalSnapshot"):
            raise ProviderError(
                "finalSnapshotIdentifier is required unless skipFinalSnapshot is set"
            )
        last = (
            {"SkipFinalSnapshot": True}
            if state.get("skipFinalSnapshot")
            else {"SkipFinalSnapshot": False, "FinalDBSnapshotIdentifier": snapshot}
        )
        aws("rds").delete_db_instance(
            DBInstanceIdentifier=found["DBInstanceIdentifier"],
            DeleteAutomatedBackups=state.get("deleteAutomatedBackups", True),
            **last,
        )
        aws.wait(
            f"database {found['DBInstanceIdentifier']} gone",
            lambda: _describe(aws, identity) is None,
            seconds=DELETED_SECONDS,
        )


def _describe(aws: Aws, identity: str) -> Props | None:
    by_id = [{"Name": "dbi-resource-id", "Values": [identity]}]
    try:
        found = aws("rds").describe_db_instances(Filters=by_id)["DBInstances"]
    except aws("rds").exceptions.ClientError as error:
        if is_gone(error):
            return None
        raise
    return dict(found[0]) if found else None


def _name(aws: Aws, identity: str) -> str:
    found = _describe(aws, identity)
    if found is None:
        raise ProviderError(f"{identity} is no longer in the account")
    return str(found["DBInstanceIdentifier"])


def _settle(aws: Aws, identity: str, seconds: float) -> None:
    """Wait until it takes connections again."""
    aws.wait(
        f"database {_name(aws, identity)} available",
        lambda: (_describe(aws, identity) or {}).get("DBInstanceStatus") == "available",
        seconds=seconds,
    )


HANDLERS: Final = (Instance(),)
