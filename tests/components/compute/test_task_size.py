from __future__ import annotations

import pytest

from components.compute.task_size import app_memory_mib, memory_problems, size_problems


@pytest.mark.parametrize(
    ("cpu", "memory_mib"),
    [(256, 512), (256, 2048), (512, 4096), (4096, 30720), (8192, 20480), (16384, 122880)],
)
def test_sizes_of_fargate_are_accepted(cpu: int, memory_mib: int) -> None:
    assert size_problems(cpu, memory_mib) == []


@pytest.mark.parametrize(
    ("cpu", "memory_mib", "problem"),
    [
        (
            300,
            512,
            "cpu is one of 256, 512, 1024, 2048, 4096, 8192, 16384 units, got 300",
        ),
        (256, 1536, "memory_mib is 512, 1024, 2048 for 256 cpu units, got 1536"),
        (512, 512, "memory_mib is 1024 to 4096 in steps of 1024 for 512 cpu units, got 512"),
        (
            8192,
            17408,
            "memory_mib is 16384 to 61440 in steps of 4096 for 8192 cpu units, got 17408",
        ),
    ],
)
def test_other_sizes_are_refused_with_what_is_allowed(
    cpu: int, memory_mib: int, problem: str
) -> None:
    assert size_problems(cpu, memory_mib) == [problem]


def test_the_application_gets_what_its_neighbours_leave() -> None:
    assert app_memory_mib(1024, sidecars_mib=128, proxy=True) == 832
    assert app_memory_mib(1024, sidecars_mib=0, proxy=False) == 1024


def test_neighbours_that_leave_too_little_are_named() -> None:
    assert memory_problems(512, sidecars_mib=256, proxy=True, tmpfs_mib=64) == []
    [problem] = memory_problems(512, sidecars_mib=257, proxy=True, tmpfs_mib=64)
    assert problem == (
        "memory_mib 512 leaves the application 191 MiB beside its sidecars (257 MiB) and the"
        " Service Connect proxy (64 MiB), it needs 192: raise memory_mib"
    )
