from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from local.engine.find import find_engine
from local.project import load_project
from local.state import state_of
from local.working_copy import alerts_to, local_values, write_working_copy

IMAGE = "444455556666.dkr.ecr.eu-west-1.amazonaws.com/turnstay-sample@sha256:00"
STACK_FILE = """\
secretsprovider: awskms:///alias/turnstay-state-staging
encryptedkey: AQICAHh
config:
  turnstay:account: {id: "044455556666", region: eu-west-1}
  turnstay:token: {secure: AAABAK}
  turnstay:services:
    ledger: {cpu: 256, image: "registry/ledger@sha256:11"}
    recon: {cpu: 256}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text(
        "name: turnstay\nmain: infra\nruntime: {name: python, options: {toolchain: poetry}}\n"
        'requiredPulumiVersion: ">=3.241.0"\nbackend: {url: "s3://state"}\n'
    )
    (tmp_path / "Pulumi.staging.yaml").write_text(STACK_FILE)
    return tmp_path


def written(root: Path) -> tuple[dict[str, object], dict[str, object]]:
    state = state_of(root, "staging")
    state.prepare()
    plugins = {"aws": Path("/plugins/aws")}
    write_working_copy(load_project(root), state, image=IMAGE, plugins=plugins)
    return tuple(
        yaml.safe_load((state.work / name).read_text())
        for name in ("Pulumi.yaml", "Pulumi.staging.yaml")
    )


def test_the_copy_of_the_project_names_the_providers_and_no_real_backend(project: Path) -> None:
    assert written(project)[0] == {
        "name": "turnstay",
        "runtime": "python",
        "requiredPulumiVersion": ">=3.241.0",
        "plugins": {"providers": [{"name": "aws", "path": "/plugins/aws"}]},
    }


def test_the_copy_of_a_stack_has_no_key_of_a_real_account_and_an_image_for_every_service(
    project: Path,
) -> None:
    copy = written(project)[1]
    config = copy.pop("config")

    assert isinstance(config, dict)
    token = config.pop("turnstay:token")
    salt = copy.pop("encryptionsalt")
    assert copy == {}
    assert config == {
        "turnstay:account": {"id": "044455556666", "region": "eu-west-1"},
        "turnstay:services": {
            "ledger": {"cpu": 256, "image": "registry/ledger@sha256:11"},
            "recon": {"cpu": 256, "image": IMAGE},
        },
    }
    passphrase = state_of(project, "staging").passphrase
    assert decrypted(token["secure"], str(salt), passphrase).startswith("local-")
    probe = str(salt).split(":", 2)[2]
    assert decrypted(probe, str(salt), passphrase) == "pulumi"


def decrypted(text: str, salt: str, passphrase: str) -> str:
    """By the engine's rules."""
    parts = [base64.b64decode(each) for each in (salt.split(":")[1], *text.split(":")[1:])]
    key = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), parts[0], 1_000_000, 32)
    return AESGCM(key).decrypt(parts[1], parts[2], None).decode()


def test_a_stack_without_an_encrypted_value_needs_no_salt(project: Path) -> None:
    file = project / "Pulumi.staging.yaml"
    file.write_text(STACK_FILE.replace("  turnstay:token: {secure: AAABAK}\n", ""))
    assert set(written(project)[1]) == {"config"}


@pytest.mark.engine
def test_the_engine_takes_the_copy_for_its_own_and_the_value_for_a_secret(project: Path) -> None:
    (project / "Pulumi.staging.yaml").write_text(
        "config: {turnstay:supplied: {webhook-service: {SECRET_KEY: {secure: AAABAK}}}}\n"
    )
    written(project)
    state = state_of(project, "staging")
    environment = {
        "PATH": os.environ["PATH"],
        "PULUMI_BACKEND_URL": f"file://{state.backend}",
        "PULUMI_HOME": str(state.home),
        "PULUMI_CONFIG_PASSPHRASE": state.passphrase,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }

    def engine(*arguments: str) -> str:
        command = [str(find_engine().path), *arguments, "--cwd", str(state.work)]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True
        ).stdout

    engine("stack", "init", "staging")
    shown = json.loads(engine("config", "--json", "--stack", "staging"))
    assert shown["turnstay:supplied"]["secret"] is True
    path = "turnstay:supplied.webhook-service.SECRET_KEY"
    assert engine("config", "get", "--stack", "staging", "--path", path).startswith("local-")


def test_the_projects_own_files_stay_as_they_are(project: Path) -> None:
    written(project)

    assert (project / "Pulumi.staging.yaml").read_text() == STACK_FILE


def test_a_made_up_secret_stays_the_same_and_differs_by_place_and_clone() -> None:
    values = {"p:a": {"secure": "x"}, "p:b": {"deep": [{"secure": "x"}, "plain"]}}

    one, again, other = (
        local_values(values, project="p", image=IMAGE, key=key) for key in (b"1", b"1", b"2")
    )

    assert one == again
    assert one["p:b"]["deep"][1] == "plain"
    made = {each["p:a"]["secure"] for each in (one, other)} | {
        each["p:b"]["deep"][0]["secure"] for each in (one, other)
    }
    assert len(made) == 4


def test_text_that_looks_like_a_number_stays_text(project: Path) -> None:
    written(project)
    copy = state_of(project, "staging").work / "Pulumi.staging.yaml"

    assert json.loads(copy.read_text())["config"]["turnstay:account"]["id"] == "044455556666"


def test_alerts_go_to_the_accounts_own_slack_and_honeybadger_whatever_the_stack_says() -> None:
    said = {
        "turnstay:alert_delivery": {"honeybadger_url": "https://api.honeybadger.io"},
        "turnstay:supplied": {"ledger": {"SECRET_KEY": {"secure": "AAA"}}},
    }
    assert alerts_to("http://127.0.0.1:9", said, project="turnstay") == {
        "turnstay:alert_delivery": {
            "honeybadger_url": "http://127.0.0.1:9",
            "slack_check_in": "slack",
            "honeybadger_check_in": "honeybadger",
        },
        "turnstay:supplied": {
            "ledger": {"SECRET_KEY": {"secure": "AAA"}},
            "platform": {"HONEYBADGER_API_KEY": {"secure": ""}},
        },
    }
