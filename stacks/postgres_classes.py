"""What an instance class of RDS gives a PostgreSQL server."""

from __future__ import annotations

from typing import Final

# GiB of memory: the AWS pages of the instance families, one line a family from its smallest class on.
_SIZES: Final = ("micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge")
_FAMILIES: Final = {
    "t4g": (1, 2, 4, 8, 16, 32, None, None),
    "m6g": (None, None, None, 8, 16, 32, 64, 128),
    "m7g": (None, None, None, 8, 16, 32, 64, 128),
    "m8g": (None, None, None, 8, 16, 32, 64, 128),
    "r6g": (None, None, None, 16, 32, 64, 128, 256),
    "r7g": (None, None, None, 16, 32, 64, 128, 256),
    "r8g": (None, None, None, 16, 32, 64, 128, 256),
}
MEMORY_GIB: Final = {
    f"db.{family}.{size}": gib
    for family, memory in _FAMILIES.items()
    for size, gib in zip(_SIZES, memory, strict=True)
    if gib is not None
}
_VCPUS: Final = {"micro": 2, "small": 2, "medium": 2, "large": 2, "xlarge": 4}


def vcpus(instance_class: str) -> int:
    """The CPUs of a server of that class; from xlarge on, four for each `x`."""
    size = instance_class.rsplit(".", 1)[-1]
    return _VCPUS.get(size) or 4 * int(size.removesuffix("xlarge"))


# RDS's default for PostgreSQL is LEAST({DBInstanceClassMemory/9531392}, 5000), and DBInstanceClassMemory is what
# the operating system and RDS's own processes leave of the class: a tenth and a quarter of a GiB are put aside for
# these. That is low on purpose: a server that takes more connections than were counted on harms nobody.
_BYTES_PER_CONNECTION: Final = 9_531_392
_MOST_CONNECTIONS: Final = 5000
_LEFT_BY_RDS: Final = 0.9
_TAKEN_GIB: Final = 0.25


def max_connections(instance_class: str) -> int:
    """The connections that a server of that class takes at least, by RDS's own formula."""
    available = (MEMORY_GIB[instance_class] * _LEFT_BY_RDS - _TAKEN_GIB) * 2**30
    return min(int(available / _BYTES_PER_CONNECTION), _MOST_CONNECTIONS)
