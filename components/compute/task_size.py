"""The sizes that Fargate offers, and how a task's memory is shared out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

GIB: Final = 1024
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html: cpu units -> MiB
MEMORY_MIB_OF_CPU: Final[dict[int, Sequence[int]]] = {
    256: (512, 1 * GIB, 2 * GIB),
    512: range(1 * GIB, 4 * GIB + 1, GIB),
    1024: range(2 * GIB, 8 * GIB + 1, GIB),
    2048: range(4 * GIB, 16 * GIB + 1, GIB),
    4096: range(8 * GIB, 30 * GIB + 1, GIB),
    8192: range(16 * GIB, 60 * GIB + 1, 4 * GIB),
    16384: range(32 * GIB, 120 * GIB + 1, 8 * GIB),
}
# The Service Connect proxy has no limit of its own: it lives on what the containers leave over.
PROXY_MIB: Final = 64
SMALLEST_APP_MIB: Final = 128


def size_problems(cpu: int, memory_mib: int) -> list[str]:
    """Why Fargate would refuse a task of this size; empty when it would not."""
    if cpu not in MEMORY_MIB_OF_CPU:
        allowed = ", ".join(map(str, MEMORY_MIB_OF_CPU))
        return [f"cpu is one of {allowed} units, got {cpu}"]
    if memory_mib not in MEMORY_MIB_OF_CPU[cpu]:
        sizes = MEMORY_MIB_OF_CPU[cpu]
        step = f" in steps of {sizes[1] - sizes[0]}" if isinstance(sizes, range) else ""
        allowed = f"{sizes[0]} to {sizes[-1]}{step}" if step else ", ".join(map(str, sizes))
        return [f"memory_mib is {allowed} for {cpu} cpu units, got {memory_mib}"]
    return []


def app_memory_mib(memory_mib: int, *, sidecars_mib: int, proxy: bool) -> int:
    """The limit of the application's container: what the task has, less all that runs beside it."""
    return memory_mib - sidecars_mib - (PROXY_MIB if proxy else 0)


def memory_problems(
    memory_mib: int, *, sidecars_mib: int, proxy: bool, tmpfs_mib: int
) -> list[str]:
    """Why the application would not fit in what its neighbours leave it; empty when it does."""
    left = app_memory_mib(memory_mib, sidecars_mib=sidecars_mib, proxy=proxy)
    needed = SMALLEST_APP_MIB + tmpfs_mib  # what is written to a tmpfs counts as the container's
    if left >= needed:
        return []
    beside = f"its sidecars ({sidecars_mib} MiB)"
    if proxy:
        beside += f" and the Service Connect proxy ({PROXY_MIB} MiB)"
    message = (
        f"memory_mib {memory_mib} leaves the application {left} MiB beside {beside},"
        f" it needs {needed}: raise memory_mib"
    )
    return [message]
