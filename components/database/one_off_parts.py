"""What each part of a one-off task takes of the task's inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from components.compute.service_logs import ServiceLogsArgs
from components.compute.task_policies import Statement, execution_statements
from components.compute.task_roles import TaskRolesArgs
from components.compute.task_size import size_problems
from components.compute.variable_names import shows_a_secret

if TYPE_CHECKING:  # the inputs are defined beside the component, which builds its parts from here
    from components.database.one_off_task import OneOffTaskArgs

# ECS takes task definitions of up to 64 KiB, in JSON: what is quoted there grows.
LONGEST_TEXT: Final = 48 * 1024


def problems(args: OneOffTaskArgs) -> list[str]:
    """All that is wrong with the plain inputs; empty when nothing is."""
    found = size_problems(args.cpu, args.memory_mib)
    if not args.command:
        found.append("command is empty: name the program and its arguments")
    found += [
        f"environment.{name} looks like a secret: give it by secrets, which takes an ARN"
        for name in sorted(args.environment)
        if shows_a_secret(name)
    ]
    if both := sorted(set(args.environment) & set(args.secrets)):
        found.append(f"{', '.join(both)} is both in environment and in secrets")
    texts = [*args.command, *(each for each in args.environment.values() if isinstance(each, str))]
    if (size := sum(len(text.encode()) for text in texts)) > LONGEST_TEXT:
        found.append(
            f"command and environment are up to {LONGEST_TEXT} bytes, got {size}:"
            " ECS takes no longer task definition"
        )
    return found


def logs(args: OneOffTaskArgs) -> ServiceLogsArgs:
    """The log group."""
    return ServiceLogsArgs(
        log_group_name=args.log_group_name,
        retention_days=args.log_retention_days,
        key_arn=args.logs_key_arn,
        mask_card_numbers=args.mask_card_numbers,
        protect=args.protect,
        tags=args.tags,
    )


def roles(args: OneOffTaskArgs) -> TaskRolesArgs:
    """Both roles; the code's own may do nothing."""
    statements: list[Statement] = execution_statements(
        account_id=args.account_id,
        region=args.region,
        log_group_name=args.log_group_name,
        repository_arns=[args.repository_arn],
        secret_arns=args.secret_arns,
        secret_key_arns=args.secret_key_arns,
    )
    if args.pull_through:
        statements.append(
            {
                "Sid": "PullThrough",
                "Effect": "Allow",
                "Action": ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
                "Resource": [args.repository_arn],
            }
        )
    return TaskRolesArgs(
        account_id=args.account_id,
        region=args.region,
        execution_statements=statements,
        tags=args.tags,
    )
