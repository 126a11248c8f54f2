"""Settings hold exactly what the file says, and keep it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pydantic
import pytest
from pydantic import BaseModel

from stacks.catalogue import CATALOGUE
from stacks.files import load_stack_values
from stacks.settings import StackSettings
from stacks.validation import examine
from tests.stacks.example import DIGEST, EXAMPLE, check

# For every setting another right value than the example's, and what else must change for it to be right.
OTHER: dict[str, Any] = {
    "environment": "staging",
    "account.id": "012345678901",
    "account.region": "af-south-1",
    "account.secret_readers": ["deploy/turnstay", "on-call"],
    "network.cidr": "172.16.0.0/20",
    "network.availability_zones": ["eu-west-1c", "eu-west-1a", "eu-west-1b"],
    "network.nat_gateways": "one_per_zone",
    "network.interface_endpoints": ["ecr.api", "ecr.dkr"],
    "network.flow_log_retention_days": 3653,
    "edge.domain": "example.com",
    "edge.hosted_zone": "pay.example.com",
    "edge.waf_requests_per_5_minutes": 100,
    "edge.access_log_retention_days": 366,
    "edge.idle_timeout_seconds": 4000,
    "edge.deletion_protection": False,
    "compute.log_retention_days": 400,
    "compute.container_insights": "enhanced",
    "compute.cpu_architecture": "X86_64",
    "compute.fargate_vcpu_quota": 18,
    "compute.rollout_timeout_seconds": 91,
    "compute.images_kept": 10,
    "protect": False,
    "image_digest_required": False,
    "automatic_releases": True,
    "services.ledger.image": f"ghcr.io/turnstay/ledger:1.2{DIGEST}",
    "services.ledger.cpu": 512,
    "services.ledger.memory_mib": 8192,
    "services.ledger.min_tasks": 3,
    "services.ledger.max_tasks": 2,
    "services.turnstay_api.host": "pay.example.com",
    "services.ledger.capacity.on_demand_base": 0,
    "services.ledger.capacity.on_demand_weight": 2,
    "services.recon.capacity.spot_weight": 3,
    "services.ledger.scaling.cpu_percent": 10,
    "services.ledger.scaling.memory_percent": 90,
    "services.turnstay_api.scaling.requests_per_target_per_minute": 1,
    "services.ledger.environment": {"LOG_LEVEL": "DEBUG", "ACCESS_TOKEN_EXPIRE_MINUTES": "30"},
    "services.ledger.workers": 16,
    "services.ledger.health_check_grace_seconds": 0,
    "services.recon.money_flow_hours": 168,
    "alarms.runbooks_url": "https://docs.example.com/on-call",
    "alarms.monthly_budget_usd": 901,
    "alarms.audit_trail": False,
    "databases.general.engine_version": "18",
    "databases.general.instance_class": "db.r7g.large",
    "databases.general.storage_gib": 36,
    "databases.general.max_storage_gib": 80,
    "databases.general.multi_az": False,
    "databases.general.backup_retention_days": 7,
    "databases.general.backup_window": "03:00-04:00",
    "databases.general.maintenance_window": "mon:05:00-mon:06:00",
    "databases.general.master_rotation_days": 30,
    "databases.general.deletion_protection": True,
    "databases.general.apply_immediately": False,
    "databases.general.allow_major_version_upgrade": True,
    "databases.card.engine_version": "17",
    "databases.card.instance_class": "db.r7g.large",
    "databases.card.storage_gib": 36,
    "databases.card.max_storage_gib": 80,
    "databases.card.multi_az": False,
    "databases.card.backup_retention_days": 7,
    "databases.card.backup_window": "03:00-04:00",
    "databases.card.maintenance_window": "mon:05:00-mon:06:00",
    "databases.card.master_rotation_days": 30,
    "databases.card.deletion_protection": True,
    "databases.card.apply_immediately": True,
    "databases.card.allow_major_version_upgrade": True,
    "databases.vault_retention_days": 36,
    "databases.roles_timeout_seconds": 30,
    "alert_delivery.honeybadger_url": "https://honeybadger.example.com",
    "alert_delivery.slack_check_in": "AbC123",
    "alert_delivery.honeybadger_check_in": "dEf456",
    "services.ledger.database.pool_size": 2,
    "services.ledger.database.pool_overflow": 0,
    "services.ledger.database.rotation": 4,
    "services.ledger.database.migrate": False,
    "services.ledger.database.migrations_timeout_seconds": 30,
    "services.ledger.database.ssl": "require",
}
BESIDES: dict[str, dict[str, Any]] = {
    "account.id": {"services.ledger.image": None},
    "account.region": {
        "network.availability_zones": ["af-south-1a", "af-south-1b"],
        "services.ledger.image": None,
    },
    "services.ledger.cpu": {"services.ledger.memory_mib": 4096},
    # production demands a standby
    "databases.general.multi_az": {"environment": "staging"},
    "databases.card.multi_az": {"environment": "staging"},
    "databases.card.allow_major_version_upgrade": {"databases.card.apply_immediately": True},
    "services.ledger.workers": {"databases.general.instance_class": "db.r7g.xlarge"},
}


def _place(settings: Any, place: str) -> Any:
    for key in place.split("."):
        settings = settings[key] if isinstance(settings, Mapping) else getattr(settings, key)
    return settings


def _put(values: dict[str, Any], place: str, value: object) -> None:
    *above, key = place.split(".")
    for each in above:
        values = values.setdefault(each, {})
    if value is None:
        del values[key]
    else:
        values[key] = value


@pytest.fixture
def values(tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "Pulumi.demo.yaml"
    path.write_text(EXAMPLE)
    return load_stack_values(path)


@pytest.mark.parametrize("place", OTHER)
def test_every_setting_is_what_the_file_says(values: dict[str, Any], place: str) -> None:
    before, _ = examine(values, stack="demo", catalogue=CATALOGUE)
    for other, value in {place: OTHER[place], **BESIDES.get(place, {})}.items():
        _put(values, other, value)
    settings, problems = examine(values, stack="demo", catalogue=CATALOGUE)
    assert problems == []
    expected = tuple(OTHER[place]) if isinstance(OTHER[place], list) else OTHER[place]
    assert _place(settings, place) == expected != _place(before, place)


def _fields(model: type[BaseModel], prefix: str = "") -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        kind = field.annotation
        if name == "packages":  # test_packages
            continue
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= _fields(kind, f"{prefix}{name}.")
        elif name not in (
            "stack",
            "services",
            "secrets",
            "supplied",
            "delivery",
            "approvals",
        ):  # tests of their own
            found.add(prefix + name)
    return found


def test_no_setting_is_left_out_of_that_table() -> None:
    services = StackSettings.model_fields["services"].annotation
    per_service = _fields(services.__args__[1])  # type: ignore[union-attr]
    tried = {place.split(".", 2)[2] for place in OTHER if place.startswith("services.")}
    assert tried == per_service
    assert {place for place in OTHER if not place.startswith("services.")} == _fields(StackSettings)


RANGES = [
    ("edge.waf_requests_per_5_minutes", 100, 2_000_000_000),
    ("edge.access_log_retention_days", 365, 3653),
    ("edge.idle_timeout_seconds", 1, 4000),
    ("compute.fargate_vcpu_quota", 1, 100_000),
    ("compute.rollout_timeout_seconds", 10, 7200),
    ("compute.images_kept", 10, 1000),
    ("alarms.monthly_budget_usd", 1, 1_000_000),
    ("services.recon.money_flow_hours", 1, 168),
    ("databases.general.storage_gib", 20, 65_536),
    ("databases.general.max_storage_gib", 20, 65_536),
    ("databases.general.backup_retention_days", 7, 35),
    ("databases.general.master_rotation_days", 30, 90),
    ("databases.vault_retention_days", 36, 3650),
    ("databases.roles_timeout_seconds", 30, 3600),
    ("services.ledger.database.pool_size", 1, 200),
    ("services.ledger.database.pool_overflow", 0, 200),
    ("services.ledger.database.rotation", 0, 100_000),
    ("services.ledger.database.migrations_timeout_seconds", 30, 14_400),
    ("services.ledger.min_tasks", 1, 500),
    ("services.ledger.max_tasks", 1, 500),
    ("services.ledger.workers", 1, 16),
    ("services.ledger.health_check_grace_seconds", 0, 1800),
    ("services.ledger.capacity.on_demand_base", 0, 500),
    ("services.ledger.capacity.on_demand_weight", 0, 1000),
    ("services.ledger.capacity.spot_weight", 0, 1000),
    ("services.ledger.scaling.cpu_percent", 10, 90),
    ("services.ledger.scaling.memory_percent", 10, 90),
    ("services.ledger.scaling.requests_per_target_per_minute", 1, 1_000_000),
]


@pytest.mark.parametrize(("place", "low", "high"), RANGES)
def test_a_number_ends_where_its_message_says(
    values: dict[str, Any], place: str, low: int, high: int
) -> None:
    for number, right in [(low - 1, False), (low, True), (high, True), (high + 1, False)]:
        _put(values, place, number)
        _, problems = examine(values, stack="demo", catalogue=CATALOGUE)
        refusal = f"{place}: {number} is out of range; allowed are {low} to {high}"
        assert (refusal not in [str(problem) for problem in problems]) == right


def test_what_a_service_gets_without_saying_so(tmp_path: Path) -> None:
    treasury = check(tmp_path, EXAMPLE).services["treasury"]
    assert treasury.model_dump(exclude={"cpu", "memory_mib", "min_tasks", "max_tasks"}) == {
        "image": None,
        "host": None,
        "capacity": {"on_demand_base": 1, "on_demand_weight": 1, "spot_weight": 0},
        "scaling": {
            "cpu_percent": 60,
            "memory_percent": 75,
            "requests_per_target_per_minute": None,
        },
        "database": {
            "pool_size": 5,
            "pool_overflow": 10,
            "rotation": 0,
            "ssl": "require",
            "migrate": True,
            "migrations_timeout_seconds": 1800,
        },
        "secrets": {},
        "environment": {},
        "workers": 1,
        "health_check_grace_seconds": 60,
        "money_flow_hours": None,
    }


def test_settings_do_not_change(tmp_path: Path) -> None:
    settings = check(tmp_path, EXAMPLE)
    for model, name in [
        (settings, "protect"),
        (settings.account, "id"),
        (settings.network, "cidr"),
        (settings.edge, "domain"),
        (settings.compute, "images_kept"),
        (settings.services["ledger"], "cpu"),
        (settings.services["ledger"].capacity, "spot_weight"),
        (settings.services["ledger"].scaling, "cpu_percent"),
    ]:
        with pytest.raises(pydantic.ValidationError, match="frozen"):
            setattr(model, name, getattr(model, name))
    mappings: list[Any] = [settings.services, settings.services["ledger"].environment]
    mappings.append(settings.services["recon"].environment)
    for mapping in mappings:
        with pytest.raises(TypeError, match="does not support item assignment"):
            mapping["LOG_LEVEL"] = "DEBUG"


def test_pydantics_own_errors_hold_no_value() -> None:
    with pytest.raises(pydantic.ValidationError) as error:
        StackSettings.model_validate({"account": "hunter2"})
    assert "hunter2" not in str(error.value)


def test_services_keep_the_order_of_the_catalogue(tmp_path: Path) -> None:
    assert list(check(tmp_path, EXAMPLE).services) == list(CATALOGUE)


def test_settings_become_json_and_back_again_the_same(tmp_path: Path) -> None:
    settings = check(tmp_path, EXAMPLE)
    assert StackSettings.model_validate_json(settings.model_dump_json()) == settings
