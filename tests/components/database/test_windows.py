from __future__ import annotations

import pytest

from components.database.windows import window_problems


@pytest.mark.parametrize(
    ("backup", "maintenance"),
    [
        ("01:00-01:30", "sun:02:00-sun:03:00"),
        ("01:00-01:30", "sun:01:30-sun:02:00"),
        ("01:00-01:30", "sun:00:30-sun:01:00"),
        ("23:45-00:15", "sun:00:15-sun:00:45"),
        ("12:00-12:30", "sat:23:00-sun:01:00"),
        ("12:00-12:30", "sun:23:30-mon:00:30"),
    ],
)
def test_windows_that_do_not_meet_are_taken(backup: str, maintenance: str) -> None:
    assert window_problems(backup, maintenance) == []


@pytest.mark.parametrize(
    ("backup", "maintenance"),
    [
        ("02:00-02:30", "sun:02:00-sun:03:00"),
        ("01:31-02:01", "sun:02:00-sun:03:00"),
        ("02:59-03:29", "wed:02:00-wed:03:00"),
        ("23:45-00:15", "tue:00:00-tue:00:30"),
        ("00:15-00:45", "sun:23:30-mon:00:30"),
        ("05:00-05:30", "fri:04:00-sat:04:00"),
    ],
    ids=["same", "its end", "its start", "past midnight", "past the week", "a whole day"],
)
def test_windows_that_overlap_on_any_day_are_refused(backup: str, maintenance: str) -> None:
    assert window_problems(backup, maintenance) == [
        f"backup_window {backup} and maintenance_window {maintenance} overlap: move one of them"
    ]


def test_a_window_of_less_than_half_an_hour_is_refused() -> None:
    assert window_problems("01:00-01:29", "sun:02:00-sun:02:10") == [
        "backup_window has at least 30 minutes, got 29 minutes",
        "maintenance_window has at least 30 minutes, got 10 minutes",
    ]


def test_a_window_without_length_is_refused() -> None:
    assert "got 0 minutes" in window_problems("01:00-01:00", "sun:02:00-sun:03:00")[0]


@pytest.mark.parametrize("backup", ["1:00-1:30", "01:00", "24:00-24:30", "01:60-02:30", ""])
def test_a_backup_window_of_another_form_is_refused(backup: str) -> None:
    assert window_problems(backup, "sun:02:00-sun:03:00") == [
        f"backup_window is hh:mm-hh:mm in UTC, got {backup!r}"
    ]


@pytest.mark.parametrize(
    "maintenance", ["Sun:02:00-Sun:03:00", "02:00-03:00", "sun:02:00-03:00", "sunday:02:00-03:00"]
)
def test_a_maintenance_window_that_would_differ_each_time_is_refused(maintenance: str) -> None:
    assert window_problems("01:00-01:30", maintenance) == [
        f"maintenance_window is ddd:hh:mm-ddd:hh:mm in UTC and lower case, got {maintenance!r}"
    ]
