"""The script that compares the package groups with the stack's file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from components.packages.group_client import read_groups
from local.account.codeartifact.api import serve
from scripts.package_groups import main
from tests.components.packages.samples import ACCOUNT, REGION, make_domain

ROOT = Path(__file__).parents[2]
OURS = "/pypi//turnstay~"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The stack files, for the account in memory."""
    for stack, account in (("prod", "111122223333"), ("staging", "444455556666")):
        text = (ROOT / f"Pulumi.{stack}.yaml").read_text()
        (tmp_path / f"Pulumi.{stack}.yaml").write_text(text.replace(account, ACCOUNT))
    return tmp_path


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    serve()
    monkeypatch.setattr("scripts.package_groups.TIMEOUT_SECONDS", 0.01)
    with mock_aws():
        client = boto3.session.Session().client("codeartifact", REGION)
        make_domain(client)
        yield client


def test_what_is_different_is_told_and_put_right_when_it_is_asked_for(
    root: Path, client: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--stack", "prod", "--repair"], root) == 0
    capsys.readouterr()
    client.update_package_group_origin_configuration(
        domain="turnstay", packageGroup=OURS, restrictions={"EXTERNAL_UPSTREAM": "ALLOW"}
    )

    assert main(["--stack", "prod"], root) == 3
    told = capsys.readouterr()
    assert told.out == f"{OURS}: EXTERNAL_UPSTREAM is ALLOW, must be BLOCK\n"
    assert "to put it right: .venv/bin/python -m scripts.package_groups --stack prod --repair" in told.err  # fmt: skip
    assert read_groups(client, "turnstay")[OURS]["restrictions"]["EXTERNAL_UPSTREAM"] == "ALLOW"

    assert main(["--stack", "prod", "--repair"], root) == 0
    assert capsys.readouterr().out == f"turnstay: {OURS} put right\n"
    assert main(["--stack", "prod"], root) == 0
    assert capsys.readouterr().out == "turnstay: 5 package groups, each as wanted\n"


def test_a_group_of_somebody_else_is_told_and_stays(
    root: Path, client: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    client.create_package_group(domain="turnstay", packageGroup="/npm/*")
    assert main(["--stack", "prod", "--repair"], root) == 1
    assert (
        "/npm/*: is not of this program; to remove it: aws codeartifact" in capsys.readouterr().err
    )


def test_without_the_domain_it_is_aws_s_own_word(
    root: Path, client: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    for repository in ("internal", "pypi-store"):
        client.delete_repository(domain="turnstay", repository=repository)
    client.delete_domain(domain="turnstay")
    assert main(["--stack", "prod"], root) == 1
    assert "Domain not found: turnstay" in capsys.readouterr().err


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(
    ("stack", "of", "message"),
    [
        ("staging", "", "stack staging does not manage the packages"),
        (
            "prod",
            str(ROOT),
            f"the credentials are of account {ACCOUNT}, the settings name 111122223333",
        ),
        ("prdo", "", "did you mean 'prod'?"),
    ],
)
def test_the_wrong_stack_or_account_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], stack: str, of: str, message: str
) -> None:
    assert main(["--stack", stack], Path(of) if of else root) == 2
    assert message in capsys.readouterr().err
