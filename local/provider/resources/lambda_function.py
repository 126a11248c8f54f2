"""Lambda functions."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.resources.lambda_code import archive_of, zipped
from local.provider.shapes import from_aws, to_aws
from local.provider.values import Props, capital

PLAIN: Final = ("description", "handler", "memorySize", "role", "runtime", "timeout")
OBJECTS: Final = ("environment", "loggingConfig")
NO_LIMIT: Final = -1


class Function(Handler):
    """aws.lambda.Function of a zip file."""

    type = "aws:lambda/function:Function"
    inputs = words("architectures code name reservedConcurrentExecutions tags") | {*PLAIN, *OBJECTS}
    replace = words("architectures name")
    computed = ("arn", "codeSha256", "lastModified")
    autoname = Autoname(longest=64)
    tagging = "lambda"

    def create(self, aws: Aws, new: Props) -> str:
        identity = str(new["name"])
        aws("lambda").create_function(
            FunctionName=identity,
            Code={"ZipFile": zipped(new["code"])},
            Architectures=new.get("architectures") or ["x86_64"],
            Tags=new["tagsAll"],
            **_settings(new),
        )
        with existing(identity):
            self._limit(aws, identity, new)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("lambda").get_function(FunctionName=identity)
        found, limit = answer["Configuration"], answer.get("Concurrency") or {}
        digest = found["CodeSha256"]
        return {
            **{name: found.get(capital(name)) for name in PLAIN},
            "architectures": found["Architectures"],
            "arn": found["FunctionArn"],
            "code": archive_of(digest, state.get("code")),
            "codeSha256": digest,
            "environment": _variables(found),
            "lastModified": found["LastModified"],
            "loggingConfig": from_aws(found.get("LoggingConfig")),
            "name": found["FunctionName"],
            "reservedConcurrentExecutions": limit.get("ReservedConcurrentExecutions", NO_LIMIT),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        client = aws("lambda")
        client.update_function_code(FunctionName=identity, ZipFile=zipped(new["code"]))
        client.update_function_configuration(FunctionName=identity, **_settings(new))
        self._limit(aws, identity, new)

    @staticmethod
    def _limit(aws: Aws, identity: str, new: Props) -> None:
        limit = new.get("reservedConcurrentExecutions")
        if limit is None or limit == NO_LIMIT:
            aws("lambda").delete_function_concurrency(FunctionName=identity)
        else:
            aws("lambda").put_function_concurrency(
                FunctionName=identity, ReservedConcurrentExecutions=limit
            )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("lambda").delete_function(FunctionName=identity)


def _settings(new: Props) -> Props:
    given = {capital(name): new[name] for name in PLAIN if new.get(name) is not None}
    variables = (new.get("environment") or {}).get("variables") or {}
    logging = to_aws(new.get("loggingConfig") or {})
    return {
        **given,
        "Environment": {"Variables": variables},
        **({"LoggingConfig": logging} if logging else {}),
    }


def _variables(found: Props) -> Props | None:
    """Their names are the program's own, and none is none."""
    variables = (found.get("Environment") or {}).get("Variables")
    return {"variables": variables} if variables else None


HANDLERS: Final = (Function(),)
