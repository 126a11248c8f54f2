"""No input of a service is without effect."""

from __future__ import annotations

import dataclasses
from typing import Any

import pulumi
import pytest

from components.compute.capacity import Capacity
from components.compute.fargate_service import FargateServiceArgs
from components.compute.sidecar import Sidecar
from tests.components.compute.samples import (
    SECRET,
    judge,
    public_route,
    service_args,
)
from tests.components.compute.service_recording import recorded
from tests.engine.outputs import arn

CHANGES: dict[str, Any] = {
    "service_name": "other",
    "family": "other",
    "account_id": "444455556666",
    "region": "eu-central-1",
    "tags": {"service": "other"},
    "cluster_arn": arn("ecs", "cluster/other"),
    "cluster_name": "other",
    "namespace_arn": None,
    "vpc_id": "vpc-2",
    "subnet_ids": ["subnet-c"],
    "egress": [],
    "public": public_route(),
    "image": None,
    "release": lambda revision: pulumi.Output.concat(revision, "0"),
    "judged_by": judge,
    "repository_arn": None,
    "command": ["python", "-m", "app"],
    "port": 9000,
    "environment": {},
    "secrets": {},
    "secret_arns": [SECRET, f"{SECRET}2"],
    "secret_key_arns": [],
    "sidecars": [Sidecar(name="x", image="i", memory_mib=8)],
    "task_role_statements": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:x"}],
    "health_check_path": "/alive",
    "health_check_grace_seconds": 90,
    "cpu": 256,
    "memory_mib": 2048,
    "cpu_architecture": "X86_64",
    "min_tasks": 1,
    "max_tasks": 9,
    "capacity": Capacity(spot_weight=1),
    "scaling": dataclasses.replace(service_args().scaling, cpu_percent=50),
    "log_group_name": "/other",
    "log_retention_days": 731,
    "logs_key_arn": arn("kms", "key/other"),
    "mask_card_numbers": True,
    "protect": True,
}


@pytest.mark.parametrize("field", [each.name for each in dataclasses.fields(FargateServiceArgs)])
def test_every_input_changes_something(field: str) -> None:
    before, after = (
        {urn: (each.inputs, each.protect) for urn, each in recording.registrations.items()}
        for recording in (recorded(), recorded(**{field: CHANGES[field]}))
    )
    assert before != after
