"""How much a database may hold.

Storage is gp3. Below 400 GiB it has 3,000 IOPS and 125 MiB/s, and AWS refuses any other figure; from there on it has
12,000 and 500, and refuses less. Growing by itself, a database may pass 400 at any time, so none is ever asked for:
both sides of it are right then. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
"""

from __future__ import annotations

from typing import Final

STORAGE_TYPE: Final = "gp3"
STORAGE_GIB: Final = range(20, 65_537)
# Less, and RDS answers "Invalid max storage size"; from 26 % on it does not warn at once that the end is near.
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
LEAST_GROWTH_PERCENT: Final = 10


def storage_problems(storage_gib: int, max_storage_gib: int) -> list[str]:
    """Why AWS would refuse these sizes; empty when it would not."""
    found = [
        f"{name} is 20 to 65536, got {gib}"
        for name, gib in (("storage_gib", storage_gib), ("max_storage_gib", max_storage_gib))
        if gib not in STORAGE_GIB
    ]
    least = -(-storage_gib * (100 + LEAST_GROWTH_PERCENT) // 100)
    if max_storage_gib < least:
        found.append(
            f"max_storage_gib is at least {least} for storage_gib {storage_gib}"
            f" ({LEAST_GROWTH_PERCENT} % more), got {max_storage_gib}"
        )
    return found
