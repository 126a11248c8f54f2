"""Task definitions, each state of which is a revision."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

import json
from typing import Final

from local.provider.aws import Aws
from local.provider.errors import ProviderError
from local.provider.handler import Handler, words
from local.provider.sameness import restricted, same
from local.provider.tags import pairs
from local.provider.values import Props, Value, picked

# The inputs that the API takes under the same name.
ALIKE: Final = (
    "cpu",
    "ephemeralStorage",
    "executionRoleArn",
    "family",
    "ipcMode",
    "memory",
    "networkMode",
    "pidMode",
    "requiresCompatibilities",
    "runtimePlatform",
    "taskRoleArn",
)


class TaskDefinition(Handler):
    """aws.ecs.TaskDefinition. With `skipDestroy` a replaced revision stays registered, for ECS to roll back to."""

    type = "aws:ecs/taskDefinition:TaskDefinition"
    inputs = frozenset(ALIKE) | words("containerDefinitions skipDestroy tags trackLatest volumes")
    replace = frozenset(ALIKE) | words("containerDefinitions volumes")
    computed = ("arn", "arnWithoutRevision", "revision")
    unread = words("skipDestroy trackLatest")
    filled = words("ephemeralStorage runtimePlatform volumes")
    tagging = "ecs"

    def create(self, aws: Aws, new: Props) -> str:
        given = {key: new[key] for key in ALIKE if new.get(key) is not None}
        given |= {key: str(given[key]) for key in ("cpu", "memory") if key in given}
        tags = {"tags": pairs(new["tagsAll"], "key", "value")} if new["tagsAll"] else {}
        volumes = {"volumes": list(map(_volume, new["volumes"]))} if new.get("volumes") else {}
        answer = aws("ecs").register_task_definition(
            containerDefinitions=_containers(new["containerDefinitions"]),
            **given,
            **tags,
            **volumes,
        )
        # The family is the id, as in the real provider. `read` finds the revision by the ARN in the state, and there
        # is none yet: the family's latest is the one that was just registered.
        return str(answer["taskDefinition"]["family"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("ecs").describe_task_definition(taskDefinition=state.get("arn", identity))
        found = answer["taskDefinition"]
        if found["status"] != "ACTIVE":
            return None
        arn = found["taskDefinitionArn"]
        return {
            **picked(found, **{key: key for key in ALIKE}, revision="revision"),
            "arn": arn,
            "arnWithoutRevision": arn.rsplit(":", 1)[0],
            "containerDefinitions": _in_words_of(
                state.get("containerDefinitions"), found["containerDefinitions"]
            ),
            "volumes": [picked(each, name="name") for each in found.get("volumes", [])],
        }

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        if not state.get("skipDestroy"):
            aws("ecs").deregister_task_definition(taskDefinition=state["arn"])


def _containers(text: str) -> Value:
    try:
        containers = json.loads(text)
    except ValueError as error:
        raise ProviderError(f"containerDefinitions is no JSON: {error}") from error
    if not isinstance(containers, list):
        raise ProviderError(
            f"containerDefinitions is a list in JSON, got a {type(containers).__name__}"
        )
    return containers


def _volume(volume: Props) -> Props:
    if others := set(volume) - {"name"}:
        raise ProviderError(
            f"a volume has only a name in the local account, got {', '.join(sorted(others))}"
        )
    return volume


def _in_words_of(text: str | None, theirs: list[Props]) -> str:
    """Keep the program's own text while ECS has what it says: ECS answers with every default filled in."""
    if text is not None:
        mine = _containers(text)
        if same(mine, restricted(mine, theirs)):
            return text
    return json.dumps(theirs)


HANDLERS: Final = (TaskDefinition(),)
