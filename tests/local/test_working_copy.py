from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from local.project import load_project
from local.state import state_of
from local.working_copy import local_values, write_working_copy

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

    assert copy == {}
    assert isinstance(config, dict)
    token = config.pop("turnstay:token")
    assert config == {
        "turnstay:account": {"id": "044455556666", "region": "eu-west-1"},
        "turnstay:services": {
            "ledger": {"cpu": 256, "image": "registry/ledger@sha256:11"},
            "recon": {"cpu": 256, "image": IMAGE},
        },
    }
    assert token.startswith("local-")


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
    made = {each["p:a"] for each in (one, other)} | {
        each["p:b"]["deep"][0] for each in (one, other)
    }
    assert len(made) == 4


def test_text_that_looks_like_a_number_stays_text(project: Path) -> None:
    written(project)
    copy = state_of(project, "staging").work / "Pulumi.staging.yaml"

    assert json.loads(copy.read_text())["config"]["turnstay:account"]["id"] == "044455556666"
