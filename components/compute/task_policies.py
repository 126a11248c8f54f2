"""The IAM documents of a task.

An ARN may be a string or an output of another resource (`Arn`): these functions only place it, and the component that
turns the document into JSON resolves it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

Arn: TypeAlias = object
Statement: TypeAlias = Mapping[str, object]
Document: TypeAlias = dict[str, object]

LOG_WRITES: Final = ("logs:CreateLogStream", "logs:PutLogEvents")
LAYER_READS: Final = (
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
)
EXEC_CHANNELS: Final = (
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
)


def document(statements: Sequence[Statement]) -> Document:
    """A policy of these statements."""
    return {"Version": "2012-10-17", "Statement": [dict(each) for each in statements]}


def trust_policy(account_id: str, region: str) -> Document:
    """Only ECS tasks of this account and region may take the role (no confused deputy)."""
    return document(
        [
            {
                "Effect": "Allow",
                "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                "Action": "sts:AssumeRole",
                "Condition": {
                    "StringEquals": {"aws:SourceAccount": account_id},
                    "ArnLike": {"aws:SourceArn": f"arn:aws:ecs:{region}:{account_id}:*"},
                },
            }
        ]
    )


def execution_statements(
    *,
    account_id: str,
    region: str,
    log_group_name: str,
    repository_arns: Sequence[Arn],
    secret_arns: Sequence[Arn],
    secret_key_arns: Sequence[Arn],
) -> list[Statement]:
    """What Fargate does before the container runs: pull these images, read these secrets, write this log."""
    found: list[Statement] = [
        _allow("Logs", LOG_WRITES, [f"{log_group_arn(region, account_id, log_group_name)}:*"])
    ]
    if repository_arns:
        # The token names no repository: IAM knows this action only on "*".
        found.append(_allow("RegistryToken", ["ecr:GetAuthorizationToken"], ["*"]))
        found.append(_allow("ImageLayers", LAYER_READS, repository_arns))
    if secret_arns:
        found.append(_allow("Secrets", ["secretsmanager:GetSecretValue"], secret_arns))
    if secret_key_arns:
        via = {"StringEquals": {"kms:ViaService": f"secretsmanager.{region}.amazonaws.com"}}
        found.append(
            {**_allow("SecretKeys", ["kms:Decrypt"], secret_key_arns), "Condition": via},
        )
    return found


def exec_statements(
    *, account_id: str, region: str, log_group_name: str, key_arn: Arn
) -> list[Statement]:
    """What a session of ECS Exec needs of the *task's* role: its channels, its key, and its log."""
    group = log_group_arn(region, account_id, log_group_name)
    return [
        # IAM knows these actions only on "*".
        _allow("ExecChannels", EXEC_CHANNELS, ["*"]),
        _allow("ExecKey", ["kms:Decrypt"], [key_arn]),
        _allow("ExecLogGroups", ["logs:DescribeLogGroups"], ["*"]),
        _allow("ExecLog", ["logs:DescribeLogStreams", *LOG_WRITES], [f"{group}:*"]),
    ]


def log_group_arn(region: str, account_id: str, name: str) -> str:
    """The ARN of a log group, without the `:*` that stands for its streams."""
    return f"arn:aws:logs:{region}:{account_id}:log-group:{name}"


def privilege_problems(statements: Sequence[Statement]) -> list[str]:
    """Where a statement allows more than it can mean to; empty when each names actions and resources."""
    found = []
    for index, statement in enumerate(statements):
        where = f"task_role_statements[{index}]"
        found += [
            f"{where} has no {key}" for key in ("Action", "Resource") if not statement.get(key)
        ]
        found += [
            f"{where} allows {action}: name the actions"
            for action in _listed(statement.get("Action"))
            if isinstance(action, str) and (action == "*" or action.endswith(":*"))
        ]
        if "*" in _plain(statement.get("Resource")) and "Condition" not in statement:
            found.append(f"{where} allows every resource: name the resources or add a Condition")
        if unknown := set(statement) & {"NotAction", "NotResource", "Principal"}:
            found.append(f"{where} has {', '.join(sorted(unknown))}, which a task role may not use")
    return found


def _allow(sid: str, actions: Sequence[str], resources: Sequence[Arn]) -> Statement:
    return {"Sid": sid, "Effect": "Allow", "Action": list(actions), "Resource": list(resources)}


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _plain(value: object) -> list[str]:
    """Only strings can be compared: an output answers every comparison with another output."""
    return [each for each in _listed(value) if isinstance(each, str)]
