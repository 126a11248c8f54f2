"""An operator has values ready, and a version has the time at which it was made."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from moto.secretsmanager.models import secretsmanager_backends

from local.account.gaps.secret_values import OPERATOR
from tests.local.account.workbench import Workbench


@pytest.fixture(name="secrets")
def _secrets(shared_bench: Workbench) -> Iterator[Any]:
    manager = shared_bench.client("secretsmanager")
    yield manager
    for each in manager.list_secrets()["SecretList"]:
        manager.delete_secret(SecretId=each["ARN"], ForceDeleteWithoutRecovery=True)


def ready(secrets: Any, **values: str) -> None:
    secrets.create_secret(Name=OPERATOR, SecretString=json.dumps(values))


def test_a_secret_made_without_a_value_gets_the_operators(secrets: Any) -> None:
    ready(secrets, mine="hunter2")
    made = secrets.create_secret(Name="mine")["ARN"]
    assert secrets.get_secret_value(SecretId=made)["SecretString"] == "hunter2"


def test_a_value_that_came_with_the_secret_stays(secrets: Any) -> None:
    ready(secrets, mine="hunter2", binary="hunter2")
    made = secrets.create_secret(Name="mine", SecretString="own")["ARN"]
    assert secrets.get_secret_value(SecretId=made)["SecretString"] == "own"
    binary = secrets.create_secret(Name="binary", SecretBinary=b"own")["ARN"]
    assert secrets.get_secret_value(SecretId=binary)["SecretBinary"] == b"own"


@pytest.mark.parametrize("others", [None, {}, {"other": "hunter2"}], ids=str)
def test_without_a_value_ready_a_secret_is_empty(
    secrets: Any, others: dict[str, str] | None
) -> None:
    if others is not None:
        ready(secrets, **others)
    made = secrets.create_secret(Name="mine")["ARN"]
    assert "VersionIdsToStages" not in secrets.describe_secret(SecretId=made)


def test_the_operators_last_word_counts_until_it_is_deleted(secrets: Any) -> None:
    ready(secrets, mine="hunter2")
    secrets.put_secret_value(SecretId=OPERATOR, SecretString=json.dumps({"mine": "hunter3"}))
    made = secrets.create_secret(Name="mine")["ARN"]
    assert secrets.get_secret_value(SecretId=made)["SecretString"] == "hunter3"
    secrets.delete_secret(SecretId=made, ForceDeleteWithoutRecovery=True)
    secrets.delete_secret(SecretId=OPERATOR)
    again = secrets.create_secret(Name="mine")["ARN"]
    assert "VersionIdsToStages" not in secrets.describe_secret(SecretId=again)
    secrets.restore_secret(SecretId=OPERATOR)


def test_a_version_says_when_it_was_made(shared_bench: Workbench, secrets: Any) -> None:
    name = uuid.uuid4().hex
    made = secrets.create_secret(Name=name, SecretString="first")
    backend = secretsmanager_backends[shared_bench.account.account_id]["eu-west-1"]
    backend.secrets[name].versions[made["VersionId"]]["createdate"] = 1_000_000
    (version,) = secrets.list_secret_version_ids(SecretId=name)["Versions"]
    assert version["CreatedDate"].timestamp() == 1_000_000
    assert version["VersionStages"] == ["AWSCURRENT"]
