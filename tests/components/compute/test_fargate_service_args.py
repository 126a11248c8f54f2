"""Inputs that cannot work are refused before anything is registered, all of them in one message."""

from __future__ import annotations

from typing import Any

import pytest

from components.compute.capacity import Capacity
from components.compute.scaling import Scaling
from components.compute.sidecar import Sidecar
from tests.components.compute.samples import public_route, service_args

HUNGRY = Sidecar(name="collector", image="collector:1", memory_mib=800)
MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"service_name": "Ledger"}, "service_name is 1 to 63 lower-case letters"),
    ({"service_name": "ledger-"}, "service_name is 1 to 63 lower-case letters"),
    ({"family": "turnstay/ledger"}, "family is 1 to 255 letters, digits, hyphens and underscores"),
    ({"command": ()}, "command is empty: name the program and its arguments"),
    (
        {"command": ("sh", "-c", "x")},
        "command starts with sh, which keeps SIGTERM from the program",
    ),
    ({"port": 80}, "port is 1024 to 65535 for a user that is not root, got 80"),
    ({"image": ""}, "image is a reference without spaces, or None, got ''"),
    ({"image": "a b"}, "image is a reference without spaces, or None, got 'a b'"),
    ({"health_check_path": "health"}, "health_check_path is a plain path such as /health"),
    ({"health_check_path": "/a'b"}, "health_check_path is a plain path such as /health"),
    ({"environment": {"API_TOKEN": "x"}}, "environment.API_TOKEN looks like a secret"),
    ({"environment": {"HOME": "/app"}}, "environment.HOME is set by the platform: leave it out"),
    ({"environment": {"A-B": "x"}}, "'A-B' is no name of a variable"),
    (
        {"environment": {"REGION": "x"}, "secrets": {"REGION": "arn"}},
        "REGION is both in environment and in secrets",
    ),
    ({"sidecars": [HUNGRY]}, "memory_mib 1024 leaves the application 160 MiB"),
    ({"sidecars": [Sidecar(name="app", image="i", memory_mib=8)]}, "app is the name of two"),
    ({"sidecars": [Sidecar(name="x", image="i", memory_mib=5)]}, "memory_mib is at least 6, got 5"),
    (
        {
            "sidecars": [
                Sidecar(name="x", image="i", memory_mib=8, environment={"API_KEY": "k"}),
            ]
        },
        "sidecar x: environment.API_KEY looks like a secret",
    ),
    ({"min_tasks": 0}, "1 <= min_tasks <= max_tasks, got 0 and 6"),
    ({"min_tasks": 7}, "1 <= min_tasks <= max_tasks, got 7 and 6"),
    ({"health_check_grace_seconds": -1}, "health_check_grace_seconds is at least 0, got -1"),
    ({"log_retention_days": 360}, "log_retention_days is one of 1, 3, 5"),
    ({"cpu": 300}, "cpu is one of 256, 512"),
    ({"memory_mib": 512}, "memory_mib is 1024 to 4096"),
    ({"cpu_architecture": "arm64"}, "cpu_architecture is ARM64 or X86_64, got arm64"),
    ({"capacity": Capacity(on_demand_weight=0)}, "capacity needs a weight above 0"),
    ({"scaling": Scaling(cpu_percent=0)}, "scaling.cpu_percent is 1 to 100, got 0"),
    (
        {"scaling": Scaling(requests_per_target_per_minute=600)},
        "which an internal service has not",
    ),
    ({"public": public_route(priority=0)}, "public.priority is 1 to 50000, got 0"),
    ({"public": public_route(host="*.example.com")}, "public.host is one full name in lower case"),
    ({"public": public_route(idle_timeout_seconds=0)}, "idle_timeout_seconds is 1 to 4000, got 0"),
    (
        {"task_role_statements": [{"Action": "s3:*", "Resource": "arn:aws:s3:::a"}]},
        "task_role_statements[0] allows s3:*: name the actions",
    ),
    ({"secret_arns": ()}, "secrets SECRET_KEY need secret_arns, which is empty"),
]


@pytest.mark.parametrize(("changes", "message"), MISTAKES, ids=lambda each: str(each)[:40])
def test_a_mistake_is_refused_with_its_value_and_the_way_out(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=r"^service ") as refused:
        service_args(**changes)
    assert message in str(refused.value)
    assert str(refused.value).count("; ") == 0, "one mistake, one message"


def test_all_mistakes_come_at_once() -> None:
    with pytest.raises(ValueError, match=r"^service ledger: ") as refused:
        service_args(port=80, cpu=300, min_tasks=9, environment={"DB_PASSWORD": "x"})
    assert str(refused.value).count("; ") == 3


def test_a_service_without_service_connect_has_the_proxys_memory_for_itself() -> None:
    service_args(sidecars=[Sidecar(name="x", image="i", memory_mib=832)], namespace_arn=None)
