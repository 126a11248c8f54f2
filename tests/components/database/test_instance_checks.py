from __future__ import annotations

from typing import Any

import pytest

from tests.components.database.database_samples import database_args


@pytest.mark.parametrize("identifier", ["a", "turnstay-prod-card", "a1-b2", "x" * 63])
def test_an_identifier_that_rds_takes_is_taken(identifier: str) -> None:
    assert database_args(identifier=identifier).identifier == identifier


@pytest.mark.parametrize(
    "identifier", ["", "1a", "-a", "a-", "a--b", "A", "a_b", "turnstay.prod", "x" * 64]
)
def test_another_identifier_is_refused(identifier: str) -> None:
    with pytest.raises(ValueError, match=f"none of the hyphens, got '{identifier}'"):
        database_args(identifier=identifier)


@pytest.mark.parametrize("username", ["postgres", "admin", "rdsadmin", "root", "pg_master"])
def test_a_master_whose_name_everybody_tries_is_refused(username: str) -> None:
    with pytest.raises(ValueError, match=f"a name of your own, not '{username}'"):
        database_args(master_username=username)


@pytest.mark.parametrize("username", ["Master", "1st", "turnstay-master", "m" * 17, ""])
def test_a_master_whose_name_rds_would_refuse_is_refused(username: str) -> None:
    with pytest.raises(ValueError, match=f"master_username is at most 16 .* got '{username}'"):
        database_args(master_username=username)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"port": 5432}, "port is not 5432, which every scanner tries"),
        ({"port": 1149}, "port is 1150 to 65535, got 1149"),
        ({"backup_retention_days": 0}, "backup_retention_days is 1 to 35, got 0: 0 means no"),
        ({"backup_retention_days": 36}, "backup_retention_days is 1 to 35, got 36"),
        (
            {"monitoring_interval_seconds": 0},
            "monitoring_interval_seconds is one of 1, 5, 10, 15, 30, 60, got 0",
        ),
        ({"master_rotation_days": 29}, "master_rotation_days is 30 to 90, got 29"),
        ({"master_rotation_days": 91}, "master_rotation_days is 30 to 90, got 91"),
        ({"insights_retention_days": 30}, "7, 731 or a multiple of 31 up to 713, got 30"),
        ({"insights_retention_days": 744}, "up to 713, got 744"),
        ({"engine_version": "17.5"}, "engine_version is a major version"),
        ({"max_storage_gib": 20}, "max_storage_gib is at least 22"),
        ({"maintenance_window": "sun:01:00-sun:02:00"}, "overlap: move one of them"),
        (
            {"allow_major_version_upgrade": True},
            "allow_major_version_upgrade needs apply_immediately",
        ),
    ],
)
def test_what_aws_would_refuse_is_refused_at_once(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        database_args(**changes)


@pytest.mark.parametrize("days", [7, 31, 713, 731])
def test_insights_are_kept_for_a_period_that_aws_offers(days: int) -> None:
    assert database_args(insights_retention_days=days).insights_retention_days == days


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ValueError, match=r"port is not 5432.*; master_rotation_days is 30 to 90"):
        database_args(port=5432, master_rotation_days=1)
