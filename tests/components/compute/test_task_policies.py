from __future__ import annotations

import pytest

from components.compute.task_policies import (
    Statement,
    document,
    exec_statements,
    execution_statements,
    privilege_problems,
    trust_policy,
)
from tests.components.compute.samples import KEY, REPOSITORY, SECRET, SECRET_KEY

LOG = "arn:aws:logs:eu-west-1:111122223333:log-group:/turnstay/staging/ledger:*"


def test_only_tasks_of_this_account_and_region_take_the_role() -> None:
    assert trust_policy("111122223333", "eu-west-1") == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                "Action": "sts:AssumeRole",
                "Condition": {
                    "StringEquals": {"aws:SourceAccount": "111122223333"},
                    "ArnLike": {"aws:SourceArn": "arn:aws:ecs:eu-west-1:111122223333:*"},
                },
            }
        ],
    }


def execution(**changes: list[str]) -> list[Statement]:
    lists = {
        "repository_arns": [REPOSITORY],
        "secret_arns": [SECRET],
        "secret_key_arns": [SECRET_KEY],
        **changes,
    }
    return execution_statements(
        account_id="111122223333",
        region="eu-west-1",
        log_group_name="/turnstay/staging/ledger",
        repository_arns=lists["repository_arns"],
        secret_arns=lists["secret_arns"],
        secret_key_arns=lists["secret_key_arns"],
    )


def test_the_execution_role_pulls_reads_and_logs_for_one_service() -> None:
    assert document(execution()) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Logs",
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": [LOG],
            },
            {
                "Sid": "RegistryToken",
                "Effect": "Allow",
                "Action": ["ecr:GetAuthorizationToken"],
                "Resource": ["*"],
            },
            {
                "Sid": "ImageLayers",
                "Effect": "Allow",
                "Action": [
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer",
                ],
                "Resource": [REPOSITORY],
            },
            {
                "Sid": "Secrets",
                "Effect": "Allow",
                "Action": ["secretsmanager:GetSecretValue"],
                "Resource": [SECRET],
            },
            {
                "Sid": "SecretKeys",
                "Effect": "Allow",
                "Action": ["kms:Decrypt"],
                "Resource": [SECRET_KEY],
                "Condition": {
                    "StringEquals": {"kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com"}
                },
            },
        ],
    }


def test_what_a_service_does_not_use_is_not_allowed() -> None:
    statements = execution(repository_arns=[], secret_arns=[], secret_key_arns=[])
    assert [each["Sid"] for each in statements] == ["Logs"]


def test_an_exec_session_gets_its_channels_key_and_log_and_nothing_else() -> None:
    statements = exec_statements(
        account_id="111122223333",
        region="eu-west-1",
        log_group_name="/turnstay/staging/exec",
        key_arn=KEY,
    )
    allowed = {str(action) for each in statements for action in _list(each["Action"])}
    assert allowed == {
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
        "kms:Decrypt",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    }
    wide = {each["Sid"] for each in statements if each["Resource"] == ["*"]}
    assert wide == {"ExecChannels", "ExecLogGroups"}, "the two that IAM knows only on *"


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


GOOD: Statement = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::a/*"]}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"Action": "*"}, "allows *: name the actions"),
        ({"Action": ["s3:GetObject", "sqs:*"]}, "allows sqs:*: name the actions"),
        ({"Resource": "*"}, "allows every resource: name the resources or add a Condition"),
        ({"Action": []}, "has no Action"),
        ({"Resource": []}, "has no Resource"),
        ({"NotAction": "iam:*"}, "has NotAction, which a task role may not use"),
    ],
)
def test_a_statement_that_allows_more_than_it_can_mean_is_refused(
    change: Statement, problem: str
) -> None:
    [found] = privilege_problems([GOOD, {**GOOD, **change}])
    assert found == f"task_role_statements[1] {problem}"


def test_a_condition_may_narrow_what_has_no_resource() -> None:
    condition = {"StringEquals": {"cloudwatch:namespace": "Turnstay"}}
    statement = {"Action": "cloudwatch:PutMetricData", "Resource": "*", "Condition": condition}
    assert privilege_problems([statement]) == []
