"""Whatever ends a run, the next one works."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path

import pytest

from local.account.identity import is_alive
from tests.local.runner.conftest import Tiny, until

pytestmark = pytest.mark.engine


def engine_of(tiny: Tiny) -> dict[str, str | int]:
    noted: dict[str, str | int] = json.loads((tiny.state / "engine.lock").read_text())
    return noted


def locks(tiny: Tiny) -> list[Path]:
    return list((tiny.state / "backend" / ".pulumi" / "locks").rglob("*.json"))


def assert_the_next_run_completes(tiny: Tiny) -> str:
    code, output = tiny.run("up")
    assert code == 0, output
    assert locks(tiny) == []
    # Nothing is written in place: a kill in the middle would leave a file that the engine cannot read.
    assert list((tiny.state / "backend").rglob("*.attrs")) == []
    return output


def test_one_signal_stops_a_waiting_hook_and_keeps_what_was_made(tiny: Tiny) -> None:
    run = tiny.in_hook()
    run.send_signal(signal.SIGTERM)

    code, output = tiny.end(run)

    assert code == 130
    assert (tiny.marks / "hook-cancelled").exists()
    assert "up       interrupted: " in output
    # Neither the cancelled hook nor the cancelled program is an error that a person must read.
    assert "failed  " not in output
    assert "Traceback" not in output
    assert "lost=False" in (after := assert_the_next_run_completes(tiny))
    assert "2 created, 6 unchanged" in after


def test_the_terminals_signal_to_the_whole_process_group_reaches_the_engine_only_through_the_runner(
    tiny: Tiny,
) -> None:
    run = tiny.in_hook()
    os.killpg(run.pid, signal.SIGINT)

    code, _ = tiny.end(run)

    assert code == 130
    log = (tiny.state / "logs" / "up.log").read_text()
    assert log.count("^C received") == 1
    assert "2 created, 6 unchanged" in assert_the_next_run_completes(tiny)


def test_a_hook_that_waits_in_a_thread_does_not_keep_the_process(tiny: Tiny) -> None:
    run = tiny.in_hook(TINY_BLOCKS="1")
    run.send_signal(signal.SIGINT)

    code, _ = tiny.end(run)

    assert code == 130
    assert_the_next_run_completes(tiny)


def test_a_run_over_its_time_stops_by_itself(tiny: Tiny) -> None:
    code, output = tiny.end(tiny.start("up", TINY_WAIT="300", DRIVE_LIMIT="3"))

    assert code == 2
    assert "up       timed out: " in output
    assert "lost=False" in assert_the_next_run_completes(tiny)


def test_a_program_that_hangs_is_left_behind(tiny: Tiny) -> None:
    run = tiny.start("up", TINY_HANGS="1")
    until((tiny.marks / "hang-began").exists, "the program hangs")
    run.send_signal(signal.SIGINT)

    code, _ = tiny.end(run)

    assert code == 130
    assert_the_next_run_completes(tiny)


def test_a_second_signal_kills_the_engine_and_the_next_run_knows_that_the_state_is_lost(
    tiny: Tiny,
) -> None:
    run = tiny.in_hook()
    os.kill(int(engine_of(tiny)["pid"]), signal.SIGSTOP)  # an engine that no longer answers
    run.send_signal(signal.SIGINT)
    until(lambda: "stopping" in (run.stdout.readline() if run.stdout else ""), "the run stops")
    run.send_signal(signal.SIGINT)

    code, output = tiny.end(run)

    assert code == 130
    assert "saved=False" in output
    assert "lost=True" in assert_the_next_run_completes(tiny)


def test_a_killed_runner_leaves_an_engine_that_ends_by_itself_with_its_state_written(
    tiny: Tiny,
) -> None:
    tiny.in_hook().kill()

    output = assert_the_next_run_completes(tiny)

    assert "lost=False" in output
    # Whether what stood beside the gate was made before the kill is a matter of moments.
    assert re.search(r"[23] created, [56] unchanged", output)


def test_an_engine_that_outlives_its_runner_is_ended_by_the_next_run(tiny: Tiny) -> None:
    run = tiny.in_hook()
    engine = engine_of(tiny)
    os.kill(int(engine["pid"]), signal.SIGSTOP)
    run.kill()

    output = assert_the_next_run_completes(tiny)

    assert "lost=True" in output
    assert not is_alive(int(engine["pid"]), str(engine["mark"]))


@pytest.mark.parametrize(
    ("variables", "lost"), [({}, "lost=True"), ({"DRIVE_CHECKPOINTS": "1"}, "lost=False")]
)
def test_a_killed_engine_has_lost_its_state_unless_it_saves_after_each_step(
    tiny: Tiny, variables: dict[str, str], lost: str
) -> None:
    run = tiny.in_hook(**variables)
    os.kill(int(engine_of(tiny)["pid"]), signal.SIGKILL)
    failed = tiny.end(run)

    output = assert_the_next_run_completes(tiny)

    assert failed[0] == 1
    assert lost in output
    # Whether what stood beside the gate was saved before the kill is a matter of moments.
    assert re.search(r"[23] created, [56] unchanged" if variables else "8 created", output)


def test_a_second_run_at_the_same_time_says_who_runs_and_ends_at_once(tiny: Tiny) -> None:
    run = tiny.in_hook()

    second = tiny.run("up")

    assert second[0] == 1
    assert f"tiny is in use by up, process {run.pid}, since " in second[1]
    assert run.poll() is None


def test_a_reader_that_goes_away_does_not_stop_the_run(tiny: Tiny) -> None:
    run = tiny.start("up")
    assert run.stdout is not None
    run.stdout.close()

    assert run.wait() == 0
    assert "8 unchanged" in tiny.run("up")[1]
