from __future__ import annotations

import pytest

from components.database.storage import storage_problems


@pytest.mark.parametrize(("gib", "most"), [(20, 22), (100, 110), (101, 112), (59_000, 65_536)])
def test_room_for_a_tenth_more_is_enough(gib: int, most: int) -> None:
    assert storage_problems(gib, most) == []


@pytest.mark.parametrize(("gib", "most", "least"), [(20, 21, 22), (100, 100, 110), (101, 111, 112)])
def test_less_is_refused(gib: int, most: int, least: int) -> None:
    assert storage_problems(gib, most) == [
        f"max_storage_gib is at least {least} for storage_gib {gib} (10 % more), got {most}"
    ]


def test_sizes_that_rds_does_not_have_are_refused() -> None:
    assert storage_problems(19, 65_537) == [
        "storage_gib is 20 to 65536, got 19",
        "max_storage_gib is 20 to 65536, got 65537",
    ]
