"""The committed stack files: what each environment is promised."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from stacks.files import check_stack_file, stack_names
from stacks.names import PROJECT, state_key_alias
from stacks.settings import StackSettings

ROOT = Path(__file__).resolve().parents[2]
STACKS = stack_names(ROOT)


@pytest.fixture(params=STACKS)
def stack(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def _settings(stack: str) -> StackSettings:
    return check_stack_file(ROOT / f"Pulumi.{stack}.yaml", stack)


def test_there_are_two_environments_in_two_accounts() -> None:
    prod, staging = _settings("prod"), _settings("staging")
    assert STACKS == ("prod", "staging")
    assert (prod.environment, staging.environment) == ("production", "staging")
    assert prod.account.id != staging.account.id
    assert prod.account.region == staging.account.region == "eu-west-1"


def test_production_outlives_a_zone_and_loses_nothing_by_mistake() -> None:
    prod = _settings("prod")
    assert len(prod.network.availability_zones) == 3
    assert prod.network.nat_gateways == "one_per_zone"
    assert prod.protect
    assert prod.edge.deletion_protection
    assert prod.image_digest_required
    assert all(service.min_tasks >= 2 for service in prod.services.values())
    assert all(service.capacity.spot_weight == 0 for service in prod.services.values())


def test_staging_is_cheap() -> None:
    staging = _settings("staging")
    assert len(staging.network.availability_zones) == 2
    assert staging.network.nat_gateways == "single"
    assert {service.min_tasks for service in staging.services.values()} == {1}
    assert {service.cpu for service in staging.services.values()} == {512}
    assert [name for name, each in staging.services.items() if each.capacity.spot_weight] == [
        "recon",
        "webhook-service",
    ]


def test_public_services_have_the_hosts_that_customers_know(stack: str) -> None:
    settings = _settings(stack)
    assert {name: each.host for name, each in settings.services.items() if each.host} == {
        "turnstay_api": f"api.{settings.edge.domain}",
        "webhook-service": f"webhooks.{settings.edge.domain}",
        "secure_card_service": f"cards.{settings.edge.domain}",
    }


def test_one_stack_manages_the_packages_of_all_and_it_is_that_of_production() -> None:
    assert [stack for stack in STACKS if _settings(stack).packages.manage] == ["prod"]
    assert set(_settings("prod").packages.publishers) == {
        "turnstay-common",
        "turnstay-ledger-client",
        "turnstay-recon-client",
    }


def test_no_committed_file_names_an_image(stack: str) -> None:
    """An image is what a release writes; a committed one would be rolled out by whoever runs `up` next."""
    assert all(service.image is None for service in _settings(stack).services.values())


def test_secrets_are_encrypted_under_the_key_of_the_stack_and_no_passphrase(stack: str) -> None:
    file = yaml.safe_load((ROOT / f"Pulumi.{stack}.yaml").read_text())
    assert file["secretsprovider"] == f"awskms:///{state_key_alias(stack)}?region=eu-west-1"
    assert "encryptionsalt" not in file


def test_the_project_is_the_one_that_the_settings_expect() -> None:
    assert yaml.safe_load((ROOT / "Pulumi.yaml").read_text()) == {
        "name": PROJECT,
        "description": "TurnStay's AWS platform, one stack for each environment",
        "main": "infra",
        "runtime": {"name": "python", "options": {"toolchain": "poetry"}},
        "requiredPulumiVersion": ">=3.241.0",
    }
