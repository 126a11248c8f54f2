"""The sizes that Fargate offers for a service with its Service Connect proxy."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

GIB: Final = 1024

# What AWS asks to reserve in a task for the proxy; it takes 64 MiB of the memory as well.
PROXY_CPU: Final = 256

# CPU units of a task, and the MiB that go with them. Fargate also has a size of 256 units, which
# would be the proxy's alone.
MEMORY_MIB: Final[Mapping[int, range]] = MappingProxyType(
    {
        512: range(1 * GIB, 4 * GIB + 1, GIB),
        1024: range(2 * GIB, 8 * GIB + 1, GIB),
        2048: range(4 * GIB, 16 * GIB + 1, GIB),
        4096: range(8 * GIB, 30 * GIB + 1, GIB),
        8192: range(16 * GIB, 60 * GIB + 1, 4 * GIB),
        16384: range(32 * GIB, 120 * GIB + 1, 8 * GIB),
    }
)
