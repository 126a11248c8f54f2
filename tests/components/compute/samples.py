"""Inputs from which the tests of this folder start, each changed where a test is about a change."""

from __future__ import annotations

from typing import Any, Final

import pulumi_aws as aws

from components.compute.debug_task import DebugTaskArgs
from components.compute.deployment_alarms import DeploymentAlarms
from components.compute.fargate_service import FargateServiceArgs
from components.compute.target_group import PublicRoute
from tests.engine.outputs import ACCOUNT, REGION, arn

IMAGE: Final = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/turnstay-staging/ledger@sha256:{'a' * 64}"
REPOSITORY: Final = arn("ecr", "repository/turnstay-staging/ledger")
KEY: Final = arn("kms", "key/logs")
SECRET_KEY: Final = arn("kms", "key/secrets")
SECRET: Final = arn("secretsmanager", "secret:turnstay-staging/ledger/app-AbCdEf")
CLUSTER: Final = arn("ecs", "cluster/turnstay-staging")
NAMESPACE: Final = arn("servicediscovery", "namespace/turnstay-staging")
COMMAND: Final = ("uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000")  # noqa: S104


def service_args(**changes: Any) -> FargateServiceArgs:
    values: dict[str, Any] = {
        "service_name": "ledger",
        "family": "turnstay-staging-ledger",
        "account_id": ACCOUNT,
        "region": REGION,
        "tags": {"service": "ledger"},
        "cluster_arn": CLUSTER,
        "cluster_name": "turnstay-staging",
        "namespace_arn": NAMESPACE,
        "vpc_id": "vpc-1",
        "subnet_ids": ["subnet-a", "subnet-b"],
        "image": IMAGE,
        "repository_arn": REPOSITORY,
        "command": COMMAND,
        "environment": {"ENVIRONMENT": "staging"},
        "secrets": {"SECRET_KEY": f"{SECRET}:secret_key::"},
        "secret_arns": [SECRET],
        "secret_key_arns": [SECRET_KEY],
        "cpu": 512,
        "memory_mib": 1024,
        "cpu_architecture": "ARM64",
        "min_tasks": 2,
        "max_tasks": 6,
        "log_group_name": "/turnstay/staging/ledger",
        "log_retention_days": 365,
        "logs_key_arn": KEY,
    }
    return FargateServiceArgs(**{**values, **changes})


def public_route(**changes: Any) -> PublicRoute:
    values: dict[str, Any] = {
        "listener_arn": arn("elasticloadbalancing", "listener/app/edge/1/2"),
        "host": "api.staging.example.com",
        "priority": 10,
        "load_balancer_security_group_id": "sg-edge",
        "load_balancer_arn_suffix": "app/edge/50dc6c495c0c9188",
        "idle_timeout_seconds": 65,
    }
    return PublicRoute(**{**values, **changes})


def debug_args(**changes: Any) -> DebugTaskArgs:
    values: dict[str, Any] = {
        "family": "turnstay-staging-ledger-debug",
        "zone": "general",
        "account_id": ACCOUNT,
        "region": REGION,
        "image": IMAGE,
        "repository_arn": REPOSITORY,
        "cpu": 512,
        "memory_mib": 1024,
        "cpu_architecture": "ARM64",
        "environment": {"ENVIRONMENT": "staging"},
        "secrets": {"SECRET_KEY": f"{SECRET}:secret_key::"},
        "secret_arns": [SECRET],
        "secret_key_arns": [SECRET_KEY],
        "log_group_name": "/turnstay/staging/ledger",
        "exec_log_group_name": "/turnstay/staging/exec",
        "exec_key_arn": KEY,
        "tags": {"service": "ledger"},
    }
    return DebugTaskArgs(**{**values, **changes})


def judge(_: object = None) -> DeploymentAlarms:
    """One alarm that is there before the service."""
    alarm = aws.cloudwatch.MetricAlarm(
        "errors",
        name="errors",
        comparison_operator="GreaterThanThreshold",
        evaluation_periods=3,
    )
    return DeploymentAlarms(names=["errors"], resource=alarm)
