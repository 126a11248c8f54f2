"""Download and build, with programs that stand in for what takes minutes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from local.account.identity import started
from local.engine import child, download
from local.engine.cache import cache_folder, cached, install
from local.engine.engine import PINNED, UnavailableError
from local.engine.go_build import build
from tests.local.engine.conftest import Tool
from tests.local.runner.conftest import until

ROOT = Path(__file__).parents[3]
# A `go` that writes an engine to what stands behind -o.
GO = f"""
while [ "$1" != "-o" ]; do shift; done
[ -f go.mod ] && [ -f go.sum ] || exit 9
echo "$CGO_ENABLED $GOWORK" >> {{folder}}/built
sleep {{seconds}}
printf '#!/bin/sh\\necho v{PINNED}\\n' > "$2"; chmod +x "$2"
"""


def go(tool: Tool, folder: Path, seconds: str = "0") -> None:
    tool("go", GO.format(folder=folder, seconds=seconds))


def test_a_built_engine_is_kept_for_all_later_runs(tool: Tool, tmp_path: Path) -> None:
    go(tool, tmp_path)
    with pytest.raises(UnavailableError, match="does not exist yet"):
        cached()

    made = build()

    assert made == cached() == build()
    assert made.path == tmp_path / f"cache/turnstay-platform/engine/v{PINNED}/pulumi"
    assert (tmp_path / "built").read_text() == "0 off\n"


def test_two_runs_at_the_same_time_build_once(tool: Tool, tmp_path: Path) -> None:
    go(tool, tmp_path, seconds="1")
    command = [sys.executable, "-c", "from local.engine.go_build import build; build()"]
    runs = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    outputs = [run.communicate()[0] for run in runs]

    assert [run.returncode for run in runs] == [0, 0]
    assert (tmp_path / "built").read_text().count("\n") == 1
    assert sum("another run is fetching it" in output for output in outputs) == 1


# A program in the background ignores the signal from its start, and so does what it starts.
IN_THE_FOREGROUND = (
    f"import signal; signal.signal({int(signal.SIGINT)}, signal.default_int_handler)\n"
)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_broken_off_leaves_nothing_that_the_next_one_stumbles_over(
    tool: Tool, tmp_path: Path, number: signal.Signals
) -> None:
    go(tool, tmp_path, seconds="30")
    run = subprocess.Popen(
        [
            sys.executable,
            "-c",
            IN_THE_FOREGROUND + "from local.engine.go_build import build; build()",
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until((tmp_path / "built").exists, "the build has begun")
    os.kill(run.pid, number)
    run.wait()
    with pytest.raises(UnavailableError, match="does not exist yet"):
        cached()

    go(tool, tmp_path)
    build()

    assert sorted(each.name for each in cache_folder().iterdir()) == ["lock", "pulumi"]


def test_a_build_that_fails_gives_its_last_line_as_the_reason(tool: Tool) -> None:
    tool("go", "echo fetching; echo 'go: proxy.example: no route to host'; exit 1")

    with pytest.raises(UnavailableError, match=r"building pulumi .*: go: proxy.example: no route"):
        build()


def test_a_build_without_go_is_not_tried(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tool("nothing", "").parent))

    with pytest.raises(UnavailableError, match="no go on PATH"):
        build()


def test_a_broken_engine_in_the_cache_is_made_anew(tool: Tool, tmp_path: Path) -> None:
    go(tool, tmp_path)
    build().path.write_text("#!/bin/sh\nexit 1\n")

    assert build() == cached()


def test_a_cache_that_cannot_be_written_is_a_reason_and_no_traceback(
    tool: Tool, tmp_path: Path
) -> None:
    go(tool, tmp_path)
    (tmp_path / "cache").write_text("a file, no folder")

    with pytest.raises(UnavailableError, match=r"cannot be written: .*Not a directory"):
        build()


def test_a_server_out_of_reach_is_known_within_seconds(
    tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    del tool
    monkeypatch.setattr(download, "INSTALLER", "http://127.0.0.1:9/install.sh")

    with pytest.raises(UnavailableError, match=r"is not reached: .*refused"):
        download.download()


def test_long_work_says_from_time_to_time_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(child, "PROGRESS_SECONDS", 0.05)
    program = ["sleep", "0.5"]

    child.run(program, doing="sleeping", cwd=tmp_path, environment=os.environ, limit_seconds=60)

    assert capsys.readouterr().out.count("sleeping, 0 s so far") > 1


def test_work_over_its_limit_is_ended_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(child, "PROGRESS_SECONDS", 0.05)
    program = ["sh", "-c", "sleep 90 & echo $! > child; wait"]

    with pytest.raises(UnavailableError, match="not done after 1 s"):
        child.run(program, doing="it", cwd=tmp_path, environment=os.environ, limit_seconds=1)

    grandchild = int((tmp_path / "child").read_text())
    until(lambda: started(grandchild) is None, "what the program started has ended")


def test_what_was_made_is_tried_before_it_is_kept(tool: Tool) -> None:
    del tool

    def make(scratch: Path) -> Path:
        (scratch / "pulumi").write_text("no program")
        return scratch / "pulumi"

    with pytest.raises(UnavailableError, match="does not run"):
        install(make)
    assert not (cache_folder() / "pulumi").exists()
