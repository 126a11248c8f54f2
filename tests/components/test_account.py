from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import NoCredentialsError
from moto import mock_aws

from components.account import Account, WrongAccountError

MOTO_ACCOUNT = "123456789012"
OURS = Account(account_id=MOTO_ACCOUNT, region="eu-west-1")
HERE = f"arn:aws:ecs:eu-west-1:{MOTO_ACCOUNT}:service/turnstay-staging/ledger"


@pytest.fixture(autouse=True)
def _aws() -> Iterator[None]:
    with mock_aws():
        yield


def test_our_own_account_and_region_pass() -> None:
    role = f"arn:aws:iam::{MOTO_ACCOUNT}:role/ledger"
    inputs = {"service": HERE, "more": [{"bucket": "arn:aws:s3:::exports", "role": role}], "n": 3}
    asyncio.run(OURS.check(inputs))


def test_credentials_of_another_account_are_refused_with_both_numbers() -> None:
    other = Account(account_id="111122223333", region="eu-west-1")
    with pytest.raises(
        WrongAccountError, match="are of account 123456789012, the settings name 111122223333"
    ):
        asyncio.run(other.check({}))


@pytest.mark.parametrize(
    "inputs",
    [
        {"service": HERE.replace("eu-west-1", "us-east-1")},
        {"deep": [{"service": HERE.replace(MOTO_ACCOUNT, "111122223333")}]},
    ],
    ids=["region", "account"],
)
def test_a_resource_elsewhere_is_refused(inputs: Any) -> None:
    with pytest.raises(
        WrongAccountError, match="is not in account 123456789012 and region eu-west-1"
    ):
        asyncio.run(OURS.check(inputs))


def test_without_credentials_it_says_so() -> None:
    class LoggedOut(Account):
        def client(self, _service: str) -> Any:
            raise NoCredentialsError

    with pytest.raises(WrongAccountError, match="cannot tell whose AWS credentials these are"):
        asyncio.run(LoggedOut(account_id=MOTO_ACCOUNT, region="eu-west-1").check({}))


def test_clients_are_of_the_settings_region_and_give_up_soon() -> None:
    client = OURS.client("ecs")
    assert client.meta.region_name == "eu-west-1"
    assert (client.meta.config.connect_timeout, client.meta.config.read_timeout) == (5, 10)
