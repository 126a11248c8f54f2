"""`python -m stacks.check`: all stack files together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stacks.check import ROOT, main
from tests.stacks.example import EXAMPLE, edited

# The same platform in another network, under another domain and without the image of the first one's registry.
OTHER = edited(
    "10.20.0.0/16", "10.21.0.0/16", EXAMPLE.replace("pay.example.com", "test.example.com")
)
OTHER = OTHER.replace("turnstay-demo/ledger", "turnstay-other/ledger").replace(
    "state-demo", "state-other"
)


def _folder(path: Path, **files: str) -> Path:
    for stack, text in files.items():
        (path / f"Pulumi.{stack}.yaml").write_text(text)
    (path / "Pulumi.yaml").write_text("name: turnstay\n")
    return path


def test_the_committed_files_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ROOT) == 0
    printed = capsys.readouterr()
    assert printed.out == (
        "prod: ok, 7 services in 3 zones of eu-west-1, at most 50 of 64 Fargate vCPU\n"
        "staging: ok, 7 services in 2 zones of eu-west-1, at most 14 of 16 Fargate vCPU\n"
    )
    assert printed.err == ""


def test_a_wrong_file_does_not_hide_a_right_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _folder(tmp_path, demo=edited("cpu: 1024", "cpu: 300"), other=OTHER)
    assert main(folder) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("other: ok, 7 services")
    assert printed.err.splitlines() == [
        "Pulumi.demo.yaml: 1 mistake",
        (
            "  line 33: services.ledger.cpu: 300 is no task size of Fargate;"
            " allowed are 512, 1024, 2048, 4096, 8192, 16384"
        ),
    ]


def test_stacks_may_not_share_addresses_or_hosts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    third = OTHER.replace("10.21.0.0/16", "10.20.240.0/20").replace("-other", "-third")
    folder = _folder(tmp_path, demo=EXAMPLE, other=OTHER, third=third)
    assert main(folder) == 1
    printed = capsys.readouterr()
    assert [line.split(":")[0] for line in printed.out.splitlines()] == ["demo", "other"]
    assert printed.err.splitlines() == [
        "Pulumi.third.yaml: 4 mistakes",
        '  network.cidr: "10.20.240.0/20" overlaps "10.20.0.0/16" of stack demo',
        '  services.turnstay_api.host: "api.test.example.com" is a host of stack other already',
        '  services.webhook-service.host: "webhooks.test.example.com" is a host of stack other already',
        '  services.secure_card_service.host: "cards.test.example.com" is a host of stack other already',
    ]


def test_a_project_without_stack_files_is_not_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(tmp_path) == 1
    assert capsys.readouterr().err == f"{tmp_path}: no stack file Pulumi.STACK.yaml\n"


def test_it_is_a_command_and_needs_no_pulumi() -> None:
    command = "import runpy, sys; sys.modules['pulumi'] = None; runpy.run_module('stacks.check', run_name='__main__')"
    ran = subprocess.run(  # noqa: S603 - this project's own module
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count(": ok, ") == 2
