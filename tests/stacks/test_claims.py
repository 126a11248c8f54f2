"""What one stack alone may manage."""

from __future__ import annotations

from pathlib import Path

import pytest

from stacks.check import main
from tests.stacks.example import EXAMPLE, edited
from tests.stacks.test_packages import RIGHT, settings, text


def test_a_second_stack_that_claims_the_packages_is_refused_with_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = EXAMPLE.replace("pay.example.com", "test.example.com").replace("-demo", "-other")
    other = edited("10.20.0.0/16", "10.21.0.0/16", other)
    (tmp_path / "Pulumi.demo.yaml").write_text(text(RIGHT))
    (tmp_path / "Pulumi.other.yaml").write_text(text(RIGHT, other))
    assert main(tmp_path) == 1
    told = "packages.manage: true, and stack {} manages the packages already; exactly one may: write false here or there"
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[2] for line in lines if "manage" in line] == [
        told.format("other"),
        told.format("demo"),
    ]
    (tmp_path / "Pulumi.other.yaml").write_text(text({"manage": False}, other))
    assert main(tmp_path) == 0


def test_another_file_that_cannot_be_read_claims_nothing(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.broken.yaml").write_bytes(b"config: \xff")
    (tmp_path / "Pulumi.empty.yaml").write_text("")
    assert settings(tmp_path, RIGHT).packages.manage
