"""An account in memory, the stack's file, and the script."""

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

from scripts.service_secrets.cli import main
from scripts.service_secrets.inventory import inventory
from stacks.files import check_stack_file
from stacks.settings import StackSettings

ROOT = Path(__file__).parents[3]
REGION = "eu-west-1"
VALUE = "hunter2"
LOADER = functools.cache(create_loader)


@dataclass
class Script:
    """The script in an account, and what it asked of AWS."""

    root: Path
    asked: list[str] = field(default_factory=list)

    def run(
        self, *arguments: str, value: str | bytes = VALUE, stack: str = "staging"
    ) -> tuple[int, str, str]:
        """The exit code, what is told, and what is told of errors; `value` is at standard input."""
        self.asked.clear()
        told, errors = io.StringIO(), io.StringIO()
        content = value.encode() if isinstance(value, str) else value
        given = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
        command, *rest = arguments
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stdin", given)
            with contextlib.redirect_stdout(told), contextlib.redirect_stderr(errors):
                code = main([command, "--stack", stack, *rest], self.root)
        # Whatever a test is about: no value is ever shown.
        assert VALUE not in told.getvalue() + errors.getvalue()
        return code, told.getvalue(), errors.getvalue()

    @functools.cached_property
    def manager(self) -> Any:
        return boto3.session.Session(region_name=REGION).client("secretsmanager")

    @functools.cached_property
    def settings(self) -> StackSettings:
        return check_stack_file(self.root / "Pulumi.staging.yaml", "staging")

    def make(self, *, values: bool = False) -> None:
        """What `pulumi up` makes: every secret, and the values that are not an operator's."""
        for each in inventory(self.settings):
            given = {"SecretString": VALUE} if values or each.source != "external" else {}
            self.manager.create_secret(Name=each.name, **given)

    def value(self, name: str) -> str:
        return str(self.manager.get_secret_value(SecretId=name)["SecretString"])


@contextlib.contextmanager
def account(root: Path) -> Iterator[Script]:
    """A new account, and a stack whose ledger has an optional secret and two that are the program's."""
    text = (ROOT / "Pulumi.staging.yaml").read_text()
    text = text.replace('id: "444455556666"', f'id: "{DEFAULT_ACCOUNT_ID}"')
    secrets = "      secrets: {SLACK_WEBHOOK_URL: {}, DESCOPE_PROJECT_ID: {source: supplied}}\n"
    place = "    ledger:\n"
    assert text.count(place) == 1
    text = text.replace(place, place + secrets)
    text += "\n  turnstay:supplied: {ledger: {DESCOPE_PROJECT_ID: {secure: AAABAOaNTi4p}}}\n"
    (root / "Pulumi.staging.yaml").write_text(text)
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setattr("botocore.session.create_loader", LOADER)
        script = Script(root=root)
        make: Callable[..., Any] = vars(BaseClient)["_make_api_call"]

        def recording(self: BaseClient, operation: str, parameters: Any) -> Any:
            script.asked.append(operation)
            return make(self, operation, parameters)

        patch.setattr(BaseClient, "_make_api_call", recording)
        yield script


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Script]:
    with account(tmp_path) as found:
        yield found
