"""The namespace in which services find each other."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

import uuid
from typing import Final

from local.provider.aws import Aws
from local.provider.errors import ProviderError
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.tags import pairs
from local.provider.values import Props, picked

OPERATION_SECONDS: Final = 300.0


class HttpNamespace(Handler):
    """aws.servicediscovery.HttpNamespace."""

    type = "aws:servicediscovery/httpNamespace:HttpNamespace"
    inputs = words("description name tags")
    replace = words("description name")
    computed = ("arn", "httpName")
    autoname = Autoname(longest=1024)
    tagging = "servicediscovery"

    def create(self, aws: Aws, new: Props) -> str:
        description = {"Description": new["description"]} if new.get("description") else {}
        answer = aws("servicediscovery").create_http_namespace(
            Name=new["name"],
            CreatorRequestId=uuid.uuid4().hex,
            Tags=pairs(new["tagsAll"]),
            **description,
        )
        operation = self._finished(aws, answer["OperationId"])
        return str(operation["Targets"]["NAMESPACE"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("servicediscovery").get_namespace(Id=identity)["Namespace"]
        return {
            **picked(found, arn="Arn", description="Description", name="Name"),
            "httpName": found.get("Properties", {}).get("HttpProperties", {}).get("HttpName"),
        }

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        answer = aws("servicediscovery").delete_namespace(Id=identity)
        self._finished(aws, answer["OperationId"])

    @staticmethod
    def _finished(aws: Aws, identity: str) -> Props:
        found: Props = {}

        def done() -> bool:
            answer = aws("servicediscovery").get_operation(OperationId=identity)
            found.update(answer["Operation"])
            if found["Status"] == "FAIL":
                raise ProviderError(
                    f"{found['Type']}: {found.get('ErrorCode')}: {found.get('ErrorMessage')}"
                )
            return bool(found["Status"] == "SUCCESS")

        aws.wait(f"operation {identity}", done, seconds=OPERATION_SECONDS)
        return found


HANDLERS: Final = (HttpNamespace(),)
