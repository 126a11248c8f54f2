"""RunTask of Fargate, and what its refusals mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from components.compute.one_off import OneOff

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_ecs.type_defs import FailureTypeDef, TaskTypeDef

# What ECS says when there is no room just now, for us or for anybody: it passes.
_NO_ROOM: Final = re.compile(
    r"[Cc]apacity is unavailable|limit on the number of|RESOURCE:[A-Z]|Throttling"
)


class NotStartedError(Exception):
    """ECS did not start the task."""


class NoRoomError(NotStartedError):
    """There is no room for the task now; asking again later makes sense."""


def start(ecs: ECSClient, one: OneOff) -> TaskTypeDef:
    """Start the task on Fargate, never on Spot: what must not be half done is not interrupted to save cents.

    A call that is repeated after a lost answer starts no second task: boto3 gives both the same token.
    """
    try:
        answer = ecs.run_task(
            cluster=one.cluster,
            taskDefinition=one.task_definition,
            count=1,
            launchType="FARGATE",
            platformVersion="LATEST",
            networkConfiguration={
                "awsvpcConfiguration": {
                    "subnets": one.subnets,
                    "securityGroups": [one.security_group],
                    "assignPublicIp": "DISABLED",
                }
            },
            startedBy=one.gate,
            enableECSManagedTags=True,
            propagateTags="TASK_DEFINITION",
        )
    except ClientError as error:
        raise _refusal(str(error)) from error
    if answer["tasks"]:
        return answer["tasks"][0]
    raise _refusal("; ".join(map(_said, answer["failures"])) or "ECS gives no reason")


def _refusal(said: str) -> NotStartedError:
    return NoRoomError(said) if _NO_ROOM.search(said) else NotStartedError(said)


def _said(failure: FailureTypeDef) -> str:
    detail = f" ({failure['detail']})" if failure.get("detail") else ""
    return f"{failure.get('reason', 'no reason')}{detail}"
