"""Who may call a function, and what becomes of a call that fails."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

import json
from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.shapes import from_aws, to_aws
from local.provider.values import Props, capital

CONDITIONS: Final = (("ArnLike", "AWS:SourceArn"), ("StringEquals", "AWS:SourceAccount"))
CONFIG: Final = ("maximumEventAgeInSeconds", "maximumRetryAttempts", "destinationConfig")


class Permission(Handler):
    """aws.lambda.Permission for a service."""

    type = "aws:lambda/permission:Permission"
    inputs = words("action function principal sourceAccount sourceArn statementId")
    replace = inputs
    autoname = Autoname(property="statementId", longest=100)

    def create(self, aws: Aws, new: Props) -> str:
        source = {
            capital(name): new[name] for name in ("sourceAccount", "sourceArn") if new.get(name)
        }
        aws("lambda").add_permission(
            FunctionName=new["function"],
            StatementId=new["statementId"],
            Action=new["action"],
            Principal=new["principal"],
            **source,
        )
        return str(new["statementId"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        policy = json.loads(aws("lambda").get_policy(FunctionName=state["function"])["Policy"])
        for statement in policy["Statement"]:
            if statement["Sid"] == identity:
                arn, account = (
                    statement.get("Condition", {}).get(operator, {}).get(key)
                    for operator, key in CONDITIONS
                )
                return {
                    "action": statement["Action"],
                    "function": state["function"],
                    "principal": statement["Principal"]["Service"],
                    "sourceAccount": account,
                    "sourceArn": arn,
                    "statementId": identity,
                }
        return None

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("lambda").remove_permission(FunctionName=state["function"], StatementId=identity)


class FunctionEventInvokeConfig(Handler):
    """aws.lambda.FunctionEventInvokeConfig: of calls that nobody waits for."""

    type = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
    inputs = words("functionName") | {*CONFIG}
    replace = words("functionName")

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["functionName"], {}, new)
        return str(new["functionName"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("lambda").get_function_event_invoke_config(FunctionName=identity)
        destinations = {
            name: value for name, value in found.get("DestinationConfig", {}).items() if value
        }
        return {
            "functionName": identity,
            "maximumEventAgeInSeconds": found.get("MaximumEventAgeInSeconds"),
            "maximumRetryAttempts": found.get("MaximumRetryAttempts"),
            "destinationConfig": from_aws(destinations) or None,
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        given = {capital(name): to_aws(new[name]) for name in CONFIG if new.get(name) is not None}
        aws("lambda").put_function_event_invoke_config(FunctionName=identity, **given)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("lambda").delete_function_event_invoke_config(FunctionName=identity)


HANDLERS: Final = (Permission(), FunctionEventInvokeConfig())
