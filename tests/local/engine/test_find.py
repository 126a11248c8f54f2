from __future__ import annotations

from pathlib import Path

import pytest
from semver import VersionInfo

from local.engine.engine import PINNED, Engine, UnavailableError
from local.engine.find import find_engine, on_path
from local.errors import LocalError
from tests.local.engine.conftest import Tool

THIS = Engine(path=Path("/there/pulumi"), version=VersionInfo.parse("3.250.0"))


def leads_nowhere() -> Engine:
    raise UnavailableError("the bridge is out")


def test_the_first_way_that_leads_to_an_engine_is_taken_and_no_later_one_is_tried() -> None:
    def never() -> Engine:
        raise AssertionError("tried a way behind the one that works")

    ways = [("PATH", leads_nowhere), ("cache", lambda: THIS), ("download", never)]

    assert find_engine(ways) == THIS


def test_without_any_engine_one_message_lists_what_was_tried_why_it_failed_and_what_helps() -> None:
    with pytest.raises(LocalError) as raised:
        find_engine([("PATH", leads_nowhere), ("build", leads_nowhere)])

    message = str(raised.value)
    assert "  PATH:     the bridge is out\n  build:    the bridge is out\n" in message
    for way_out in ("install pulumi >=3.241.0 <4", "PULUMI_BIN", "get.pulumi.com", "install Go"):
        assert way_out in message


def test_the_pulumi_on_path_is_taken_when_its_version_is_accepted(tool: Tool) -> None:
    path = tool("pulumi", "echo v3.260.1")

    assert on_path() == Engine(path=path, version=VersionInfo.parse("3.260.1"))


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("echo v3.240.9", "is version 3.240.9, needed is >=3.241.0 <4"),
        ("echo v4.0.0", "is version 4.0.0, needed is >=3.241.0 <4"),
        ("echo hello", "printed 'hello', which is no version"),
        ("exit 3", "ended with code 3"),
    ],
)
def test_a_pulumi_that_does_not_fit_is_passed_over_with_the_reason(
    tool: Tool, script: str, why: str
) -> None:
    tool("pulumi", script)

    with pytest.raises(UnavailableError, match=why):
        on_path()


def test_an_engine_that_was_asked_for_by_name_is_the_only_one(
    tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for = tool("another", "echo v3.245.0")
    monkeypatch.setenv("PULUMI_BIN", str(asked_for))
    assert find_engine([("PATH", lambda: THIS)]).path == asked_for

    asked_for.unlink()
    with pytest.raises(LocalError, match=r"PULUMI_BIN: .*another does not run"):
        find_engine([("PATH", lambda: THIS)])


def test_the_version_of_the_modules_is_the_version_that_is_looked_for() -> None:
    modules = Path(__file__).parents[3] / "local" / "engine" / "build" / "go.mod"

    assert f"github.com/pulumi/pulumi/pkg/v3 v{PINNED} " in modules.read_text()
