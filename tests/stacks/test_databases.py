"""What is asked of the PostgreSQL servers, and the budget of their connections."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from stacks.catalogue import CATALOGUE
from stacks.postgres_classes import MEMORY_GIB, max_connections
from stacks.validation import examine
from tests.stacks.example import EXAMPLE


def told(zone: str = "general", *, vault: int | None = None, **changes: Any) -> list[str]:
    config = yaml.safe_load(EXAMPLE)["config"]
    values = {key.removeprefix("turnstay:"): each for key, each in config.items()}
    values["databases"][zone] |= changes
    if vault:
        values["databases"]["vault_retention_days"] = vault
    _, problems = examine(values, stack="demo", catalogue=CATALOGUE)
    return [str(each) for each in problems]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"engine_version": 17}, "engine_version: 17 is none of"),
        ({"engine_version": "13"}, 'engine_version: "13" is none of'),
        ({"instance_class": "db.t4g.lrage"}, "did you mean db.t4g.large?"),
        ({"backup_window": "at night"}, 'backup_window: "at night" is not HH:MM-HH:MM in UTC'),
        ({"backup_window": "01:00-01:10"}, 'backup_window: "01:00-01:10" is 10 minutes'),
        (
            {"maintenance_window": "sun:23:50-mon:00:10"},
            'maintenance_window: "sun:23:50-mon:00:10" is 20 minutes',
        ),
        (
            {"maintenance_window": "tue:01:15-tue:02:15"},
            'maintenance_window: "tue:01:15-tue:02:15" meets backup_window 01:00-01:30',
        ),
        ({"backup_window": "23:45-00:30", "maintenance_window": "sun:00:00-sun:01:00"}, "meets"),
        (
            {"max_storage_gib": 20, "storage_gib": 30},
            "max_storage_gib: 20 is less than storage_gib",
        ),
        (
            {"max_storage_gib": 32, "storage_gib": 30},
            "max_storage_gib: 32 is too near to storage_gib 30: RDS wants at least a tenth more",
        ),
        (
            {"apply_immediately": False, "allow_major_version_upgrade": True},
            "allow_major_version_upgrade: true needs apply_immediately",
        ),
        ({"multi_az": False}, "multi_az: false is not enough for production"),
        ({"master_rotation_days": 7}, "master_rotation_days: 7 is out of range"),
        ({"deletion_protection": "yes"}, "deletion_protection"),
    ],
    ids=str,
)
def test_a_mistake_is_told_with_its_place(changes: dict[str, Any], message: str) -> None:
    found = told(**changes)
    assert len(found) == 1
    assert found[0].startswith("databases.general.")
    assert message in found[0]


@pytest.mark.parametrize(
    ("changes", "closed"),
    [
        ({"backup_window": "05:30-06:30"}, "backup_window"),
        ({"backup_window": "06:00-06:30"}, "backup_window"),
        ({"backup_window": "06:01-06:31"}, None),
        ({"backup_window": "04:29-04:59"}, None),
        ({"maintenance_window": "wed:04:30-wed:05:30"}, "maintenance_window"),
        (
            {"maintenance_window": "sat:23:50-sun:05:01", "backup_window": "12:00-12:30"},
            "maintenance_window",
        ),
        ({"maintenance_window": "sat:23:50-sun:05:00", "backup_window": "12:00-12:30"}, None),
    ],
    ids=str,
)
def test_the_copy_to_the_vault_needs_an_hour_without_a_window(
    changes: dict[str, Any], closed: str | None
) -> None:
    assert told(**changes) == []
    found = told(vault=90, **changes)
    assert [each.split(": ")[0] for each in found] == (
        [f"databases.general.{closed}"] if closed else []
    )
    assert all("leaves no time for the copy to the vault at 05:00" in each for each in found)


def test_all_pools_of_all_tasks_must_fit_and_the_arithmetic_is_shown() -> None:
    (told_once,) = told(instance_class="db.t4g.micro")
    assert told_once == (
        "databases.general.instance_class: db.t4g.micro takes 73 connections, and 236 may be needed:"
        " turnstay_api 30 + ledger 36 + recon 30 + treasury 30 + payouts 30 + webhook-service 30"
        " (max_tasks x workers x (pool_size + pool_overflow)) + 50 in reserve;"
        " take a larger class or smaller pools"
    )


def test_each_server_is_measured_against_its_own_services() -> None:
    assert told("card", instance_class="db.t4g.small") == []


def test_a_class_takes_what_the_formula_of_rds_gives_and_never_above_its_limit() -> None:
    assert max_connections("db.t4g.small") == 174
    assert max_connections("db.t4g.medium") == 377
    assert max_connections("db.r7g.8xlarge") == 5000
    assert all(max_connections(each) > 50 for each in MEMORY_GIB)
