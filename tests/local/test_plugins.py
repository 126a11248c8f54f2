"""The engine finds every stand-in where it looks for it, and what it starts there is this project's."""

from __future__ import annotations

import os
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

from local import plugins
from local.provider import awsx, random, server
from local.state import State

VERSIONS = {"aws": server.VERSION, "awsx": awsx.VERSION, "random": random.VERSION}


@pytest.fixture
def state(tmp_path: Path) -> State:
    made = State(tmp_path, "small")
    made.prepare()
    return made


def test_each_provider_has_a_folder_with_an_executable_that_is_replaced_by_it(state: State) -> None:
    folders = plugins.write_plugins(state)
    assert sorted(folders) == ["aws", "awsx", "random"]
    for name, folder in folders.items():
        executable = folder / f"pulumi-resource-{name}"
        assert os.access(executable, os.X_OK)
        command = executable.read_text().splitlines()[1]
        assert f" -m local.provider.start {plugins.MODULES[name]} " in command
        assert " exec " in command


def test_writing_them_again_is_no_error(state: State) -> None:
    assert plugins.write_plugins(state) == plugins.write_plugins(state)


@pytest.mark.parametrize("name", sorted(plugins.MODULES))
def test_a_provider_is_there_and_speaks_for_the_version_of_the_sdk(name: str) -> None:
    assert find_spec(plugins.MODULES[name])
    assert VERSIONS[name] == version(f"pulumi-{name}")
