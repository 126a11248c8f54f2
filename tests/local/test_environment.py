from __future__ import annotations

import os
from pathlib import Path

import boto3
import pytest

from local.environment import enter, forget_logins
from local.state import state_of


@pytest.fixture(autouse=True)
def _restored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", os.environ.copy())


def entered(tmp_path: Path, *, checkpoints: bool = False) -> dict[str, str]:
    state = state_of(tmp_path, "prod")
    state.prepare()
    forget_logins()
    enter(state, endpoint="http://127.0.0.1:5", region="eu-west-1", checkpoints=checkpoints)
    return dict(os.environ)


def test_what_the_shell_is_logged_in_to_is_forgotten(tmp_path: Path) -> None:
    os.environ |= {
        "AWS_PROFILE": "production",
        "AWS_SESSION_TOKEN": "real",
        "AWS_ENDPOINT_URL_ECS": "https://ecs.eu-west-1.amazonaws.com",
        "AWS_ACCESS_KEY_ID": "AKIAREAL",
        "PULUMI_ACCESS_TOKEN": "real",
        "PULUMI_STACK": "prod",
        "PULUMI_BIN": "/opt/pulumi",
    }

    after = entered(tmp_path)

    gone = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_ECS", "PULUMI_ACCESS_TOKEN")
    assert not set(gone) & set(after)
    assert "PULUMI_STACK" not in after
    assert after["AWS_ACCESS_KEY_ID"] == after["AWS_SECRET_ACCESS_KEY"] == "local"
    assert after["PULUMI_BIN"] == "/opt/pulumi"


def test_clients_reach_the_local_account_whatever_the_persons_profiles_say(tmp_path: Path) -> None:
    profile = tmp_path / ".aws" / "config"
    profile.parent.mkdir()
    profile.write_text("[default]\nregion = us-east-1\nca_bundle = /company/ca.pem\n")
    os.environ["HOME"] = str(tmp_path)

    entered(tmp_path)
    session = boto3.Session()
    client = session.client("ecs")

    assert session.available_profiles == []
    assert client.meta.endpoint_url == "http://127.0.0.1:5"
    assert client.meta.region_name == "eu-west-1"


def test_a_proxy_is_not_asked_for_this_machine(tmp_path: Path) -> None:
    os.environ |= {"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "intern.example"}

    after = entered(tmp_path)

    assert after["NO_PROXY"] == "intern.example,127.0.0.1,localhost"
    assert after["no_proxy"].endswith("127.0.0.1,localhost")


def test_the_engine_keeps_to_the_state_folder_and_saves_once_or_after_each_step(
    tmp_path: Path,
) -> None:
    after = entered(tmp_path)
    assert after["PULUMI_BACKEND_URL"] == f"file://{tmp_path}/.local/prod/backend?metadata=skip"
    assert after["PULUMI_HOME"].startswith(str(tmp_path))
    assert after["PULUMI_SKIP_CHECKPOINTS"] == after["PULUMI_EXPERIMENTAL"] == "true"

    assert "PULUMI_SKIP_CHECKPOINTS" not in entered(tmp_path, checkpoints=True)
