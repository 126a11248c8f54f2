"""A cancelled run gives back its own lock, and nobody else's."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from scripts.stack_lock.__main__ import main

ROOT = Path(__file__).parents[3]
BUCKET = "turnstay-state-staging-444455556666"
FOLDER = ".pulumi/locks/organization/turnstay/staging"
SINCE = "2026-11-25T10:00:00Z"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "made-up")
    with mock_aws():
        client = boto3.client("s3", region_name="eu-west-1")
        client.create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        yield client


@pytest.fixture(scope="module")
def gone() -> int:
    """The id of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def locks(s3: Any, *, folder: str = FOLDER, **differs: Any) -> set[str]:
    """Put a lock there as the engine writes it, and say what is left after the command."""
    taken = dt.datetime.fromisoformat("2026-11-25T10:30:00+00:00").isoformat()
    content = {
        "pid": 1,
        "username": getpass.getuser(),
        "hostname": socket.gethostname(),
        "timestamp": taken.replace("+00:00", ".123456789Z"),
    }
    s3.put_object(Bucket=BUCKET, Key=f"{folder}/one.json", Body=json.dumps(content | differs))
    assert main(["--stack", "staging", "--since", SINCE], ROOT) == 0
    return {each["Key"] for each in s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])}


def test_its_own_lock_is_given_back(s3: Any, gone: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert locks(s3, pid=gone) == set()
    assert f"gave back the lock of {getpass.getuser()}@" in capsys.readouterr().out


OTHERS: dict[str, dict[str, Any]] = {
    "another machine's": {"hostname": "laptop"},
    "another user's": {"username": "ada"},
    "an earlier job's on a machine of the same name": {"timestamp": "2026-11-25T09:59:59.9Z"},
    "a process that is still at work": {"pid": os.getpid()},
    "another stack's": {"folder": FOLDER.replace("staging", "prod")},
    "a stack's whose name begins the same": {"folder": f"{FOLDER}-2"},
}


@pytest.mark.parametrize("whose", OTHERS)
def test_any_other_lock_stays(s3: Any, gone: int, whose: str) -> None:
    assert len(locks(s3, **{"pid": gone, **OTHERS[whose]})) == 1


@pytest.mark.usefixtures("s3")
def test_a_refusal_of_aws_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--stack", "staging", "--since", SINCE, "--bucket", "not-there"], ROOT) == 1
    assert capsys.readouterr().err.startswith("stack_lock: not-there: ")
