"""EventBridge: whom outside it may call, and by which key."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.values import Props, capital, picked

DESTINATION: Final = (
    *("connectionArn", "description", "httpMethod", "invocationEndpoint"),
    "invocationRateLimitPerSecond",
)
MOST_PER_SECOND: Final = 300


class EventConnection(Handler):
    """aws.cloudwatch.EventConnection by an API key, which AWS takes and never says again."""

    type = "aws:cloudwatch/eventConnection:EventConnection"
    inputs = words("authParameters authorizationType description name")
    replace = words("name")
    computed = ("arn", "secretArn")
    autoname = Autoname(longest=64)

    def create(self, aws: Aws, new: Props) -> str:
        aws("events").create_connection(**_connection(new))
        return str(new["name"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("events").describe_connection(Name=identity)
        key = found["AuthParameters"]["ApiKeyAuthParameters"]["ApiKeyName"]
        known = (state.get("authParameters") or {}).get("apiKey") or {}
        return {
            **picked(
                found,
                arn="ConnectionArn",
                authorizationType="AuthorizationType",
                description="Description",
                name="Name",
                secretArn="SecretArn",
            ),
            "authParameters": {"apiKey": {"key": key, "value": known.get("value")}},
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("events").update_connection(**_connection(new))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("events").delete_connection(Name=identity)


class EventApiDestination(Handler):
    """aws.cloudwatch.EventApiDestination."""

    type = "aws:cloudwatch/eventApiDestination:EventApiDestination"
    inputs = words("name") | {*DESTINATION}
    replace = words("name")
    computed = ("arn",)
    autoname = Autoname(longest=64)

    def create(self, aws: Aws, new: Props) -> str:
        aws("events").create_api_destination(Name=new["name"], **_destination(new))
        return str(new["name"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("events").describe_api_destination(Name=identity)
        return {
            **{name: found.get(capital(name)) for name in DESTINATION},
            **picked(found, arn="ApiDestinationArn", name="Name"),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("events").update_api_destination(Name=identity, **_destination(new))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("events").delete_api_destination(Name=identity)


def _connection(new: Props) -> Props:
    key = new["authParameters"]["apiKey"]
    return {
        "Name": new["name"],
        "Description": new.get("description") or "",
        "AuthorizationType": new["authorizationType"],
        "AuthParameters": {
            "ApiKeyAuthParameters": {"ApiKeyName": key["key"], "ApiKeyValue": key["value"]}
        },
    }


def _destination(new: Props) -> Props:
    limit = new.get("invocationRateLimitPerSecond") or MOST_PER_SECOND
    given = {capital(name): new[name] for name in DESTINATION if new.get(name)}
    return {
        **given,
        "Description": new.get("description") or "",
        "InvocationRateLimitPerSecond": limit,
    }


HANDLERS: Final = (EventConnection(), EventApiDestination())
