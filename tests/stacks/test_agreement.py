"""What settings accept, components accept: a mistake is told with the stack file, never by a traceback."""

from __future__ import annotations

import pytest

from components.compute.app_environment import YIELDING, platform_environment
from components.compute.task_size import MEMORY_MIB_OF_CPU, size_problems
from components.compute.variable_names import shows_a_secret
from components.network.address_plan import address_plan
from stacks.catalogue import CATALOGUE
from stacks.draft import Draft
from stacks.fargate import MEMORY_MIB, PROXY_CPU
from stacks.rules.variables import check_variables
from stacks.secret_names import looks_secret
from stacks.settings import ServiceSettings


@pytest.mark.parametrize("cpu", MEMORY_MIB)
def test_a_task_size_is_one_that_the_component_takes(cpu: int) -> None:
    assert list(MEMORY_MIB[cpu]) == list(MEMORY_MIB_OF_CPU[cpu])
    assert size_problems(cpu, MEMORY_MIB[cpu][0]) == []


def test_every_size_with_room_for_the_proxy_is_there() -> None:
    assert [cpu for cpu in MEMORY_MIB_OF_CPU if cpu > PROXY_CPU] == list(MEMORY_MIB)


@pytest.mark.parametrize("cidr", ["10.0.0.0/16", "172.16.16.0/20"])
def test_a_network_of_the_largest_and_smallest_size_can_be_divided(cidr: str) -> None:
    assert all(len(tier.zone_cidrs) == 4 for tier in address_plan(cidr).values())


def _refused(variable: str) -> bool:
    settings = ServiceSettings(
        cpu=512, memory_mib=1024, min_tasks=1, max_tasks=1, environment={variable: "x"}
    )
    draft = Draft(services={"ledger": settings}, catalogue=CATALOGUE)
    return list(check_variables(draft)) != []


@pytest.mark.parametrize(
    "variable",
    sorted({*platform_environment(65), "ENVIRONMENT", "WEB_CONCURRENCY"} - YIELDING),
)
def test_a_variable_that_the_platform_sets_is_refused(variable: str) -> None:
    assert _refused(variable)


@pytest.mark.parametrize("variable", sorted(YIELDING))
def test_a_variable_that_a_service_may_know_better_is_not(variable: str) -> None:
    assert not _refused(variable)


@pytest.mark.parametrize(
    "variable",
    [
        *("API_KEY", "DB_PASSWORD", "SENTRY_DSN", "GITHUB_TOKEN", "CLIENT_SECRET", "DATABASE_URL"),
        *("S3_ACCESS_KEY_ID", "SLACK_WEBHOOK_URL", "PUBLIC_KEY", "TOKEN_TTL", "LOG_LEVEL"),
    ],
)
def test_settings_and_the_component_see_a_secret_in_the_same_names(variable: str) -> None:
    assert looks_secret(variable) == shows_a_secret(variable)
