from __future__ import annotations

from dataclasses import replace
from typing import Any

from components.compute.container_definitions import (
    AppContainer,
    app_definition,
    container_definitions,
    debug_definition,
)
from components.compute.sidecar import Sidecar
from components.compute.task_log import LogTarget
from tests.components.compute.samples import COMMAND, IMAGE, SECRET

LOG = LogTarget(group="/turnstay/staging/ledger", region="eu-west-1")
HEALTH = "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health', timeout=4)"
LOG_CONFIGURATION = {
    "logDriver": "awslogs",
    "options": {
        "awslogs-group": "/turnstay/staging/ledger",
        "awslogs-region": "eu-west-1",
        "awslogs-stream-prefix": "ecs",
        "max-buffer-size": "25m",
        "mode": "non-blocking",
    },
}
APP = AppContainer(
    image=IMAGE,
    command=COMMAND,
    port=8000,
    memory_mib=960,
    keep_alive_seconds=80,
    health_check_path="/health",
    start_period_seconds=60,
    environment={"ENVIRONMENT": "staging", "A": "1"},
    secrets={"SECRET_KEY": f"{SECRET}:secret_key::", "DATABASE_URL": f"{SECRET}:url::"},
)


def test_the_application_is_confined_watched_and_told_its_place() -> None:
    assert app_definition(APP, LOG) == {
        "name": "app",
        "image": IMAGE,
        "command": list(COMMAND),
        "essential": True,
        "memory": 960,
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
        "environment": [
            {"name": "A", "value": "1"},
            {"name": "ENVIRONMENT", "value": "staging"},
            {
                "name": "FORWARDED_ALLOW_IPS",
                "value": "10.0.0.0/8,127.0.0.0/8,172.16.0.0/12,192.168.0.0/16",
            },
            {"name": "HOME", "value": "/tmp"},  # noqa: S108
            {"name": "PYTHONDONTWRITEBYTECODE", "value": "1"},
            {"name": "PYTHONUNBUFFERED", "value": "1"},
            {"name": "UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN", "value": "50"},
            {"name": "UVICORN_TIMEOUT_KEEP_ALIVE", "value": "80"},
        ],
        "secrets": [
            {"name": "DATABASE_URL", "valueFrom": f"{SECRET}:url::"},
            {"name": "SECRET_KEY", "valueFrom": f"{SECRET}:secret_key::"},
        ],
        "portMappings": [
            {"appProtocol": "http", "containerPort": 8000, "name": "http", "protocol": "tcp"}
        ],
        "healthCheck": {
            "command": [
                "CMD",
                "python",
                "-c",
                HEALTH,
            ],
            "interval": 15,
            "retries": 3,
            "startPeriod": 60,
            "timeout": 5,
        },
        "logConfiguration": LOG_CONFIGURATION,
        "stopTimeout": 60,
    }


def test_a_service_may_know_its_proxies_better() -> None:
    app = replace(APP, environment={"FORWARDED_ALLOW_IPS": "10.20.0.0/16"})
    definition: dict[str, Any] = app_definition(app, LOG)
    assert {"name": "FORWARDED_ALLOW_IPS", "value": "10.20.0.0/16"} in definition["environment"]


def test_sidecars_come_by_name_and_are_confined_as_the_application_is() -> None:
    collector = Sidecar(
        name="collector",
        image="public.ecr.aws/collector:1",
        memory_mib=64,
        environment={"MODE": "quiet"},
    )
    aside = Sidecar(name="aside", image="public.ecr.aws/aside:1", memory_mib=32, essential=True)
    app, first, second = container_definitions(APP, [collector, aside], LOG)
    assert app["name"] == "app"
    assert second == {
        "name": "collector",
        "image": "public.ecr.aws/collector:1",
        "essential": False,
        "memory": 64,
        "user": "10001:10001",
        "readonlyRootFilesystem": True,
        "linuxParameters": {"capabilities": {"drop": ["ALL"]}, "initProcessEnabled": True},
        "environment": [{"name": "MODE", "value": "quiet"}],
        "logConfiguration": LOG_CONFIGURATION,
    }
    assert first["name"] == "aside"
    assert first["essential"] is True
    assert "environment" not in first, "an empty list would show as a difference for ever"


def test_the_order_of_inputs_does_not_show() -> None:
    turned = replace(
        APP,
        environment=dict(sorted(APP.environment.items())),
        secrets=dict(sorted(APP.secrets.items())),
    )
    assert app_definition(turned, LOG) == app_definition(APP, LOG)


def test_the_debug_container_can_be_written_to_and_ends_by_itself() -> None:
    definition = debug_definition(
        image=IMAGE, memory_mib=1024, hours=4, environment={}, secrets={}, log=LOG
    )
    assert definition["command"] == ["sleep", "14400"]
    assert definition["readonlyRootFilesystem"] is False
    assert definition["user"] == "10001:10001"
    assert "portMappings" not in definition
