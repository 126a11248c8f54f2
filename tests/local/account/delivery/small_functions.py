"""Functions in an account, each a few lines of Python."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from tests.local.account.workbench import SESSION

Client = Callable[[str], Any]
Json = dict[str, Any]


def zipped(source: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("main.py", source)
    return buffer.getvalue()


class Room:
    """boto3 clients of an account, and short words for what the tests put into it."""

    def __init__(self, endpoint: str, account_id: str) -> None:
        self.account_id = account_id
        clients: dict[str, Any] = {}

        def client(name: str) -> Any:
            if name not in clients:
                clients[name] = SESSION.client(name, endpoint_url=endpoint)
            return clients[name]

        self.client = client
        trust = {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}],
        }  # fmt: skip
        made = client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(trust))
        self.role = made["Role"]["Arn"]

    def function(self, name: str, source: str, **settings: Any) -> str:
        """Make a function whose handler is `handle`; its ARN."""
        made = self.client("lambda").create_function(
            FunctionName=name,
            Code={"ZipFile": zipped(source)},
            Handler="main.handle",
            Runtime="python3.13",
            Role=self.role,
            **settings,
        )
        return str(made["FunctionArn"])

    def call(self, name: str, event: Json) -> tuple[Any, str | None]:
        """Call it and wait: what it answers, and how AWS calls its error."""
        answer = self.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
        return json.loads(answer["Payload"].read()), answer.get("FunctionError")

    def queue(self, name: str) -> str:
        """Make a queue; its ARN."""
        self.client("sqs").create_queue(QueueName=name)
        return f"arn:aws:sqs:eu-west-1:{self.account_id}:{name}"

    def taken(self, name: str) -> list[Json]:
        """What lies in a queue; it lies there no more."""
        sqs = self.client("sqs")
        url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
        asked = {"QueueUrl": url, "MaxNumberOfMessages": 10, "MessageAttributeNames": ["All"]}
        found: list[Json] = sqs.receive_message(**asked).get("Messages", [])
        for each in found:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
        return found

    def allow(self, function: str, topic: str) -> None:
        """Let a topic call a function."""
        self.client("lambda").add_permission(
            FunctionName=function,
            StatementId="sns",
            Action="lambda:InvokeFunction",
            Principal="sns.amazonaws.com",
            SourceArn=topic,
        )
