from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.database.one_off_task import OneOffTask, OneOffTaskArgs
from tests.components.compute.samples import IMAGE, REPOSITORY
from tests.components.database.login_samples import GATE, KEY
from tests.engine.lint import unknown_properties
from tests.engine.outputs import ACCOUNT, REGION, arn
from tests.engine.recording import Recording, record

SECRET = arn("secretsmanager", "secret:x-AbCdEf")
FAMILY = "turnstay-staging-ledger-gate"
LOG_GROUP = "/turnstay/staging/ledger/gate"
SHARED = ("account_id", "region", "vpc_id", "cpu_architecture", "port", "tags")


def args(**changes: Any) -> OneOffTaskArgs:
    values: dict[str, Any] = {
        **{name: GATE[name] for name in SHARED},
        "family": FAMILY,
        "database_security_group_id": "sg-database",
        "container": "gate",
        "image": IMAGE,
        "repository_arn": REPOSITORY,
        "command": ["work", "hard"],
        "environment": {"B": "2", "A": "1"},
        "secrets": {"DATABASE_URL": f"{SECRET}:url::v1"},
        "secret_arns": [SECRET],
        "secret_key_arns": [KEY],
        "log_group_name": LOG_GROUP,
        "log_retention_days": 365,
        "logs_key_arn": arn("kms", "key/logs"),
    }
    return OneOffTaskArgs(**{**values, **changes})


def recorded(**changes: Any) -> Recording:
    def program() -> None:
        made = OneOffTask("ledger-gate", args(**changes))
        pulumi.export("task", made.task_definition_arn)
        pulumi.export("group", made.security_group_id)
        pulumi.export("role", made.execution_role_arn)

    return record(program)


def test_its_one_container_is_hardened_as_a_services_and_can_write_to_tmp_alone() -> None:
    task = recorded().one("aws:ecs/taskDefinition:TaskDefinition", "ledger-gate-task")
    assert task.json("containerDefinitions") == [
        {
            "name": "gate",
            "image": IMAGE,
            "command": ["work", "hard"],
            "environment": [
                {"name": "A", "value": "1"},
                {"name": "B", "value": "2"},
                {"name": "HOME", "value": "/tmp"},  # noqa: S108
            ],
            "secrets": [{"name": "DATABASE_URL", "valueFrom": f"{SECRET}:url::v1"}],
            "essential": True,
            "memory": 512,
            "user": "10001:10001",
            "readonlyRootFilesystem": True,
            "linuxParameters": {
                "capabilities": {"drop": ["ALL"]},
                "initProcessEnabled": True,
                "tmpfs": [
                    {
                        "containerPath": "/tmp",  # noqa: S108
                        "mountOptions": ["gid=10001", "nodev", "noexec", "nosuid", "uid=10001"],
                        "size": 64,
                    }
                ],
            },
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": LOG_GROUP,
                    "awslogs-region": REGION,
                    "awslogs-stream-prefix": "ecs",
                    "max-buffer-size": "25m",
                    "mode": "non-blocking",
                },
            },
        }
    ]


def test_it_is_a_small_task_on_fargate_whose_revisions_stay() -> None:
    inputs = recorded().one("aws:ecs/taskDefinition:TaskDefinition", "ledger-gate-task").inputs
    roles = f"arn:aws:iam::{ACCOUNT}:role/ledger-gate"
    assert {key: value for key, value in inputs.items() if key != "containerDefinitions"} == {
        "family": FAMILY,
        "cpu": "256",
        "memory": "512",
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
        "executionRoleArn": f"{roles}-execution-role",
        "taskRoleArn": f"{roles}-task-role",
        "skipDestroy": True,
        "tags": {"service": "ledger"},
    }


def test_its_code_may_do_nothing_in_aws_and_what_starts_it_reads_exactly_its_secrets() -> None:
    recording = recorded()
    [policy] = recording.all("aws:iam/rolePolicy:RolePolicy")
    assert policy.name == "ledger-gate-execution-role-policy"
    allowed = {each["Sid"]: each["Resource"] for each in policy.json("policy")["Statement"]}
    assert allowed == {
        "Logs": [f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{LOG_GROUP}:*"],
        "RegistryToken": ["*"],
        "ImageLayers": [REPOSITORY],
        "Secrets": [SECRET],
        "SecretKeys": [KEY],
    }


def test_an_image_through_a_cache_may_make_its_own_repository_and_no_other() -> None:
    [policy] = recorded(pull_through=True).all("aws:iam/rolePolicy:RolePolicy")
    assert policy.json("policy")["Statement"][-1] == {
        "Sid": "PullThrough",
        "Effect": "Allow",
        "Action": ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
        "Resource": [REPOSITORY],
    }


def test_nothing_enters_its_group_and_it_reaches_the_database_and_https() -> None:
    recording = recorded()
    rules = {
        each.name: (
            each.inputs["securityGroupId"],
            each.inputs["fromPort"],
            each.inputs["toPort"],
            each.inputs.get("referencedSecurityGroupId", each.inputs.get("cidrIpv4")),
        )
        for kind in ("Egress", "Ingress")
        for each in recording.all(f"aws:vpc/securityGroup{kind}Rule:SecurityGroup{kind}Rule")
    }
    assert rules == {
        "ledger-gate-to-https": ("ledger-gate-tasks-id", 443, 443, "0.0.0.0/0"),
        "ledger-gate-database-egress": ("ledger-gate-tasks-id", 5433, 5433, "sg-database"),
        "ledger-gate-database-ingress": ("sg-database", 5433, 5433, "ledger-gate-tasks-id"),
    }


def test_its_log_is_encrypted_and_kept_and_card_data_is_masked_when_asked() -> None:
    [group] = recorded().all("aws:cloudwatch/logGroup:LogGroup")
    assert group.inputs == {
        "name": LOG_GROUP,
        "kmsKeyId": arn("kms", "key/logs"),
        "retentionInDays": 365,
        "tags": {"service": "ledger"},
    }
    mask = "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy"
    assert recorded().all(mask) == []
    assert len(recorded(mask_card_numbers=True).all(mask)) == 1


def test_it_gives_out_what_a_gate_needs() -> None:
    assert recorded().exports == {
        "task": arn("ecs", f"task-definition/{FAMILY}:1"),
        "group": "ledger-gate-tasks-id",
        "role": f"arn:aws:iam::{ACCOUNT}:role/ledger-gate-execution-role",
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"command": []}, "command is empty: name the program and its arguments"),
        ({"cpu": 300}, "cpu is one of 256"),
        ({"memory_mib": 600}, "memory_mib is 512, 1024, 2048 for 256 cpu units, got 600"),
        ({"environment": {"DB_PASSWORD": "x"}}, "environment.DB_PASSWORD looks"),
        ({"environment": {"DATABASE_URL": "x"}}, "environment.DATABASE_URL looks like a secret"),
        (
            {"environment": {"A": "1"}, "secrets": {"A": SECRET}},
            "A is both in environment and in secrets",
        ),
        ({"environment": {"A": "ä" * 25_000}}, "are up to 49152 bytes, got 50008"),
    ],
)
def test_what_cannot_work_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=rf"^task {FAMILY}: ") as refused:
        args(**changes)
    assert message in str(refused.value)


def test_no_input_is_misspelt() -> None:
    assert [x for each in recorded().registrations.values() for x in unknown_properties(each)] == []
