"""EventBridge: rules, and where what they match goes."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.tags import pairs
from local.provider.values import Props, capital

RULE: Final = ("description", "eventPattern", "roleArn", "scheduleExpression", "state")
# Of a target: what the API takes as it is.
PLAIN: Final = ("arn", "input", "inputPath", "roleArn")
# Of a target: objects of which only the members' names differ, by our name and theirs.
OBJECTS: Final = {
    "deadLetterConfig": "DeadLetterConfig",
    "httpTarget": "HttpParameters",
    "inputTransformer": "InputTransformer",
    "retryPolicy": "RetryPolicy",
}
# The one member that is called otherwise.
PATHS: Final = ("inputPaths", "InputPathsMap")


class EventRule(Handler):
    """aws.cloudwatch.EventRule."""

    type = "aws:cloudwatch/eventRule:EventRule"
    inputs = words("eventBusName forceDestroy name tags") | {*RULE}
    replace = words("eventBusName name")
    computed = ("arn",)
    unread = words("forceDestroy")
    autoname = Autoname(longest=64)
    tagging = "events"

    def create(self, aws: Aws, new: Props) -> str:
        self._put(aws, new, {"Tags": pairs(new["tagsAll"])} if new["tagsAll"] else {})
        return str(new["name"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("events").describe_rule(Name=identity, EventBusName=_bus(state))
        names = ("arn", "eventBusName", "name", *RULE)
        return {name: found.get(capital(name)) for name in names}

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        self._put(aws, new, {})

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("events").delete_rule(Name=identity, EventBusName=_bus(state))

    @staticmethod
    def _put(aws: Aws, new: Props, tags: Props) -> None:
        given = {capital(name): new[name] for name in RULE if new.get(name)}
        aws("events").put_rule(Name=new["name"], EventBusName=_bus(new), **given, **tags)


class EventTarget(Handler):
    """aws.cloudwatch.EventTarget: one of a rule's targets."""

    type = "aws:cloudwatch/eventTarget:EventTarget"
    inputs = words("eventBusName forceDestroy rule targetId") | {*PLAIN, *OBJECTS}
    replace = words("eventBusName rule targetId")
    unread = words("forceDestroy")
    autoname = Autoname(property="targetId", longest=64)

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, "", {}, new)
        return f"{new['rule']}-{new['targetId']}"

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("events").list_targets_by_rule(Rule=state["rule"], EventBusName=_bus(state))
        for target in answer["Targets"]:
            if target["Id"] == state["targetId"]:
                return {
                    **{name: target.get(capital(name)) for name in PLAIN},
                    **{ours: _object(target.get(theirs)) for ours, theirs in OBJECTS.items()},
                    "eventBusName": _bus(state),
                    "rule": state["rule"],
                    "targetId": target["Id"],
                }
        return None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        target = {
            "Id": new["targetId"],
            **{capital(name): new[name] for name in PLAIN if new.get(name)},
            **{theirs: _to_aws(new[ours]) for ours, theirs in OBJECTS.items() if new.get(ours)},
        }
        aws("events").put_targets(Rule=new["rule"], EventBusName=_bus(new), Targets=[target])

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("events").remove_targets(
            Rule=state["rule"], EventBusName=_bus(state), Ids=[state["targetId"]]
        )


def _bus(state: Props) -> str:
    return str(state.get("eventBusName") or "default")


def _to_aws(given: Props) -> Props:
    """Only the members' own names change: below them are names of the program's."""
    ours, theirs = PATHS
    return {theirs if name == ours else capital(name): value for name, value in given.items()}


def _object(answer: Props | None) -> Props | None:
    ours, theirs = PATHS
    return answer and {
        ours if name == theirs else name[0].lower() + name[1:]: value
        for name, value in answer.items()
    }


HANDLERS: Final = (EventRule(), EventTarget())
