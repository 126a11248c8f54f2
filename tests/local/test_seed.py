from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from local.account.gaps import secret_values
from local.account.server import Account
from local.seed import OPERATOR, seed, seed_secrets
from stacks.files import check_stack_file
from stacks.secret_settings import SecretSettings
from stacks.settings import StackSettings

ROOT = Path(__file__).parents[2]
FIRST = "turnstay/staging/ledger/descope-project-id"
LAST = "turnstay/staging/recon/slack-webhook-url"


@pytest.fixture(name="settings")
def _settings() -> StackSettings:
    settings = check_stack_file(ROOT / "Pulumi.staging.yaml", "staging")
    slack = {"SLACK_WEBHOOK_URL": SecretSettings()}
    recon = settings.services["recon"].model_copy(update={"secrets": slack})
    return settings.model_copy(update={"services": {**settings.services, "recon": recon}})


@pytest.fixture(name="account")
def _account(settings: StackSettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    monkeypatch.delenv("SEED", raising=False)
    with Account(settings.account.id, {}) as account:
        yield account


@pytest.fixture(name="manager")
def _manager(account: Account) -> Any:
    return boto3.client("secretsmanager", "eu-west-1", endpoint_url=account.endpoint)


def value(manager: Any, name: str) -> str:
    return str(manager.get_secret_value(SecretId=name)["SecretString"])


def empty(manager: Any, name: str) -> bool:
    return "VersionIdsToStages" not in manager.describe_secret(SecretId=name)


def test_the_zone_that_the_platform_looks_up_is_there_and_there_once(
    settings: StackSettings, account: Account
) -> None:
    route53 = boto3.client("route53", "eu-west-1", endpoint_url=account.endpoint)
    # Lists begin at the name that is asked for: what comes behind it is another zone.
    route53.create_hosted_zone(Name=f"pr.{settings.edge.hosted_zone}", CallerReference="1")

    seed(settings, account.endpoint)
    seed(settings, account.endpoint)

    zones = [zone["Name"] for zone in route53.list_hosted_zones()["HostedZones"]]
    assert sorted(zones) == ["pr.staging.turnstay.com.", "staging.turnstay.com."]


def test_the_key_of_the_state_is_there_and_there_once(
    settings: StackSettings, account: Account
) -> None:
    seed(settings, account.endpoint)
    seed(settings, account.endpoint)
    kms = boto3.client("kms", "eu-west-1", endpoint_url=account.endpoint)
    found = [each["AliasName"] for each in kms.list_aliases()["Aliases"]]
    assert found.count("alias/turnstay-state-staging") == 1
    assert len(kms.list_keys()["Keys"]) == 1


def test_an_external_secret_has_a_value_as_soon_as_it_is_there(
    settings: StackSettings, account: Account, manager: Any
) -> None:
    seed_secrets(settings, account.endpoint)
    for name in (FIRST, LAST, "turnstay/staging/ledger/secret-key", "else"):
        manager.create_secret(Name=name)
    assert value(manager, FIRST).startswith("local-")
    assert value(manager, LAST).startswith("https://external.invalid/local-")
    assert empty(manager, "turnstay/staging/ledger/secret-key")  # generated: the program's to set
    assert empty(manager, "else")


def test_what_was_left_empty_before_gets_a_value_and_what_has_one_keeps_it(
    settings: StackSettings, account: Account, manager: Any
) -> None:
    manager.create_secret(Name=FIRST)
    manager.create_secret(Name=LAST, SecretString="own")
    seed_secrets(settings, account.endpoint)
    first = value(manager, FIRST)
    seed_secrets(settings, account.endpoint)
    assert (value(manager, FIRST), value(manager, LAST)) == (first, "own")


def test_nobody_sets_values_when_told_so(
    settings: StackSettings, account: Account, manager: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager.create_secret(Name=FIRST)
    seed_secrets(settings, account.endpoint)
    monkeypatch.setenv("SEED", "0")
    seed_secrets(settings, account.endpoint)
    manager.create_secret(Name=LAST)
    assert empty(manager, LAST)
    assert not empty(manager, FIRST)


def test_a_secret_that_is_being_deleted_is_left_alone(
    settings: StackSettings, account: Account, manager: Any
) -> None:
    manager.create_secret(Name=FIRST)
    manager.delete_secret(SecretId=FIRST)
    seed_secrets(settings, account.endpoint)
    manager.restore_secret(SecretId=FIRST)
    assert empty(manager, FIRST)


def test_the_account_looks_where_the_operator_writes() -> None:
    assert secret_values.OPERATOR == OPERATOR


def test_the_platforms_alerts_go_to_an_address_of_the_account(
    settings: StackSettings, account: Account, manager: Any
) -> None:
    name = "turnstay/staging/platform/slack-webhook-url"
    manager.create_secret(Name=name)
    seed_secrets(settings, account.endpoint, account.outside)
    assert value(manager, name).startswith(f"{account.outside}/services/")
