from __future__ import annotations

import contextlib
import functools
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.loaders import create_loader
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID

from scripts.bootstrap.cli import main
from scripts.bootstrap.target import Target, default_bucket

ROOT = Path(__file__).parents[3]
REGION = "eu-west-1"
# Each run of the script is a session of its own, which would read the descriptions of AWS's services anew.
LOADER = functools.cache(create_loader)
TAKING = ("Delete", "Disable", "Schedule")
READS = ("Describe", "Get", "Head", "List")

TARGET = Target(
    stack="staging",
    account_id=DEFAULT_ACCOUNT_ID,
    region=REGION,
    state_bucket=default_bucket("staging", DEFAULT_ACCOUNT_ID),
)


@dataclass
class Calls:
    """What was asked of AWS, in order, and what is answered by an error instead."""

    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    failing: dict[str, BaseException] = field(default_factory=dict)

    @property
    def made(self) -> list[str]:
        return [operation for operation, _ in self.asked]

    @property
    def writes(self) -> list[str]:
        return [operation for operation in self.made if not operation.startswith(READS)]


@dataclass
class Account:
    """An empty AWS account, the stack's file, and the script."""

    root: Path
    calls: Calls

    def run(self, *options: str) -> tuple[int, str, str]:
        """The exit code, what is told, and what is told of errors."""
        self.calls.asked.clear()
        told, errors = io.StringIO(), io.StringIO()
        arguments = ["--stack", "staging", "--account", DEFAULT_ACCOUNT_ID, *options]
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(errors):
            code = main(arguments, self.root)
        # Whatever a test is about: the script takes nothing away.
        assert not [name for name in self.calls.made if name.startswith(TAKING)]
        return code, told.getvalue(), errors.getvalue()

    def client(self, service: str) -> Any:
        return boto3.session.Session(region_name=REGION).client(service)

    def key(self) -> dict[str, Any]:
        found = self.client("kms").describe_key(KeyId=TARGET.key_alias)
        return dict(found["KeyMetadata"])


@contextlib.contextmanager
def fresh_account(root: Path) -> Iterator[Account]:
    """An account that lives as long as the context."""
    text = (ROOT / "Pulumi.staging.yaml").read_text()
    text = text.replace('id: "444455556666"', f'id: "{DEFAULT_ACCOUNT_ID}"')
    (root / "Pulumi.staging.yaml").write_text(text)
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setattr("botocore.session.create_loader", LOADER)
        yield Account(root=root, calls=_recorded(patch))


def _recorded(patch: pytest.MonkeyPatch) -> Calls:
    calls = Calls()
    make: Callable[..., Any] = vars(BaseClient)["_make_api_call"]

    def recording(self: BaseClient, operation: str, parameters: Any) -> Any:
        calls.asked.append((operation, parameters))
        if operation in calls.failing:
            raise calls.failing[operation]
        return make(self, operation, parameters)

    patch.setattr(BaseClient, "_make_api_call", recording)
    return calls


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    with fresh_account(tmp_path) as empty:
        yield empty
