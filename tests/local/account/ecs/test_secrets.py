"""Secrets of a container, resolved when its task starts."""

from __future__ import annotations

import json

import pytest

from tests.local.account.workbench import Json, Workbench

VALUE = json.dumps({"url": "postgresql://app:hidden@db/ledger", "port": 5432})


@pytest.fixture
def secret(bench: Workbench) -> str:
    """A secret with two versions; the first is AWSPREVIOUS."""
    client = bench.client("secretsmanager")
    arn = client.create_secret(Name=bench.cluster, SecretString='{"url": "old"}')["ARN"]
    client.put_secret_value(SecretId=arn, SecretString=VALUE)
    return str(arn)


def shown(bench: Workbench, reference: str) -> Json:
    container = {
        "command": ["sh", "-c", 'echo "$S"'],
        "secrets": [{"name": "S", "valueFrom": reference}],
    }
    arn = bench.run(container)
    return {"task": bench.wait(arn), "lines": bench.lines(arn)}


@pytest.mark.parametrize(
    ("suffix", "value"),
    [
        ("", VALUE),
        (":url::", "postgresql://app:hidden@db/ledger"),
        (":port::", "5432"),
        (":url:AWSPREVIOUS:", "old"),
    ],
    ids=["whole", "key", "number", "stage"],
)
def test_a_secret_is_what_its_reference_means(
    bench: Workbench, secret: str, suffix: str, value: str
) -> None:
    assert shown(bench, secret + suffix)["lines"] == [value]


def test_a_pinned_version_stays_that_version(bench: Workbench, secret: str) -> None:
    client = bench.client("secretsmanager")
    version = client.describe_secret(SecretId=secret)["VersionIdsToStages"]
    pinned = next(name for name, stages in version.items() if "AWSCURRENT" in stages)
    client.put_secret_value(SecretId=secret, SecretString='{"url": "newer"}')
    assert shown(bench, f"{secret}:url::{pinned}")["lines"] == ["postgresql://app:hidden@db/ledger"]


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("{arn}:password::", "does not contain json key password"),
        ("arn:aws:secretsmanager:eu-west-1:{account}:secret:none", "ResourceNotFoundException"),
        ("arn:aws:ssm:eu-west-1:{account}:parameter/x", "only ARNs of Secrets Manager are known"),
    ],
    ids=["key", "secret", "service"],
)
def test_a_secret_that_is_not_there_keeps_the_task_from_starting_and_shows_no_value(
    bench: Workbench, secret: str, reference: str, reason: str
) -> None:
    found = shown(bench, reference.format(arn=secret, account=bench.account.account_id))
    task = found["task"]
    assert task["stopCode"] == "TaskFailedToStart"
    assert task["stoppedReason"].startswith("ResourceInitializationError: unable to pull secrets")
    assert reason in task["stoppedReason"]
    assert "hidden" not in str(task)


def test_a_secret_without_a_value_keeps_the_task_from_starting(bench: Workbench) -> None:
    empty = bench.client("secretsmanager").create_secret(Name=f"{bench.cluster}-empty")["ARN"]
    task = shown(bench, empty)["task"]
    assert task["stopCode"] == "TaskFailedToStart"
    assert "unable to pull secrets" in task["stoppedReason"]
