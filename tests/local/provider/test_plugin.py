"""The plugins as processes: they start when asked properly, say one line, and end with whoever started them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2_grpc

from local.provider.plugin import require_local_account

ROOT = Path(__file__).parents[3]
MODULES = {
    "local.provider": "7.51.1",
    "local.provider.awsx": "3.11.0",
    "local.provider.random": "4.21.4",
}
PATIENCE_SECONDS = 30.0
# Starts a plugin as the engine does, hands on the one line it says and its process id, and waits to be killed.
PARENT = """
import subprocess, sys, time
command = [sys.executable, "-m", "local.provider.start", sys.argv[1]]
plugin = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
print(plugin.stdout.readline().strip(), plugin.pid, flush=True)
time.sleep(600)
"""


def environment(endpoint: str | None) -> dict[str, str]:
    found = {key: value for key, value in os.environ.items() if key != "AWS_ENDPOINT_URL"}
    return found if endpoint is None else {**found, "AWS_ENDPOINT_URL": endpoint}


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("module", MODULES)
def test_a_plugin_says_its_port_answers_and_ends_with_its_parent(module: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, module],
        cwd=ROOT,
        env=environment("http://127.0.0.1:9"),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert parent.stdout is not None
        port, pid = map(int, parent.stdout.readline().split())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            stub = provider_pb2_grpc.ResourceProviderStub(channel)
            assert stub.GetPluginInfo(empty_pb2.Empty()).version == MODULES[module]
    finally:
        parent.kill()
        parent.communicate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while is_alive(pid):
        assert time.monotonic() < deadline, f"{module} outlives its parent"
        time.sleep(0.05)


@pytest.mark.parametrize("module", MODULES)
def test_a_plugin_does_not_start_without_an_account(module: str) -> None:
    started = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=environment(None),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert started.returncode == 1
    assert started.stdout == ""
    assert "AWS_ENDPOINT_URL is '', and must name a local account" in started.stderr


@pytest.mark.parametrize(
    "endpoint",
    ["", "https://sts.eu-west-1.amazonaws.com", "http://127.0.0.1.example:80", "127.0.0.1:5000"],
)
def test_only_an_account_on_this_machine_will_do(
    endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    with pytest.raises(
        SystemExit, match=r"must name a local account such as http://127\.0\.0\.1:5000"
    ):
        require_local_account()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:5000")
    require_local_account()
