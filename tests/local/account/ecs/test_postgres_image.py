"""The image of the roles task: psql of this machine, as far as the registry would have the image."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.account.ecs import postgres_image
from local.account.ecs.postgres_image import postgres_path
from local.account.postgres.programs import Programs
from tests.local.account.workbench import Workbench


@pytest.mark.parametrize(
    "image",
    [
        "postgres:17",
        "postgres:17.4-bookworm",
        "public.ecr.aws/docker/library/postgres:17",
        "docker.io/library/postgres:17@sha256:" + "0" * 64,
    ],
)
def test_a_public_image_finds_psql_and_a_shell(image: str) -> None:
    path = postgres_path(image)
    assert path
    assert path.endswith("/bin:/usr/bin:/bin")


@pytest.mark.parametrize(
    "image", ["mypostgres:17", "postgres", "postgres:latest", "x/postgres-exporter:17", "redis:7"]
)
def test_another_image_is_none_of_ours(image: str) -> None:
    assert postgres_path(image) is None


@pytest.fixture
def rule(shared_bench: Workbench) -> Iterator[str]:
    ecr = shared_bench.client("ecr")
    ecr.create_pull_through_cache_rule(
        ecrRepositoryPrefix="ecr-public", upstreamRegistryUrl="public.ecr.aws"
    )
    yield f"{shared_bench.account.account_id}.dkr.ecr.eu-west-1.amazonaws.com"
    ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix="ecr-public")


def test_a_task_of_the_cached_image_runs_psql(bench: Workbench, rule: str) -> None:
    image = f"{rule}/ecr-public/docker/library/postgres:17"
    command = ["sh", "-euc", "psql --version; echo $1", "psql", "--set=a=b"]
    arn = bench.run({"image": image, "command": command})
    assert bench.wait(arn)["containers"][0]["exitCode"] == 0
    version, argument = bench.lines(arn)
    assert version.startswith("psql (PostgreSQL) 17.")
    assert argument == "--set=a=b"


def test_without_the_rule_there_is_nothing_to_pull(bench: Workbench) -> None:
    registry = f"{bench.account.account_id}.dkr.ecr.eu-west-1.amazonaws.com"
    image = f"{registry}/ecr-public/docker/library/postgres:17"
    task = bench.wait(bench.run({"image": image, "command": ["psql", "--version"]}))
    assert task["stopCode"] == "TaskFailedToStart"
    assert "no pull through cache rule covers it" in task["stoppedReason"]


@pytest.mark.parametrize(
    ("major", "chosen"), [(17, "17.1"), (16, "17.1"), (18, "18.2"), (19, "18.2"), (15, "15.3")]
)
def test_the_client_is_of_that_version_or_the_next_that_speaks_tls(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    major: int,
    chosen: str,
) -> None:
    root = tmp_path_factory.getbasetemp()
    found = [
        Programs(folder=root / version, version=version, tls=tls)
        for version, tls in (("18.6", False), ("15.3", True), ("17.1", True), ("18.2", True))
    ]
    monkeypatch.setattr(postgres_image, "installed", lambda: found)
    assert postgres_path(f"postgres:{major}") == f"{root / chosen}:/usr/bin:/bin"


def test_a_machine_without_postgresql_says_so(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_image, "installed", list)
    task = bench.wait(bench.run({"image": "postgres:17", "command": ["psql"]}))
    assert "no PostgreSQL is on this machine" in task["stoppedReason"]
