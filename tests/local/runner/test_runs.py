from __future__ import annotations

import pytest

from tests.local.runner.conftest import Tiny

pytestmark = pytest.mark.engine


def test_a_preview_counts_what_an_update_would_make_and_makes_nothing(tiny: Tiny) -> None:
    for _ in range(2):
        code, output = tiny.run("preview")

        assert code == 0
        assert "8 to create" in output


def test_a_second_update_changes_nothing_and_one_value_changes_what_has_it(tiny: Tiny) -> None:
    tiny.run("up")

    again, third = tiny.run("up"), tiny.run("up", TINY_VALUE="2")

    assert again[0] == third[0] == 0
    assert "counts={'same': 8}" in again[1]
    assert "counts={'same': 1, 'update': 7}" in third[1]


def test_a_refused_resource_fails_the_run_is_named_and_holds_up_only_its_dependents(
    tiny: Tiny,
) -> None:
    code, output = tiny.run("up", TINY_REFUSES="exit code 3\nlast line of the log")

    assert code == 1
    assert (
        'failed   gate: before hook "wait" failed: exit code 3\n         last line of the log\n'
        in output
    )
    assert "failed=['gate (Stash)']" in output
    # The gate and what depends on it are missing, what stands beside it is made.
    assert "6 created" in output


def test_a_failed_update_is_tried_again_by_the_next_one(tiny: Tiny) -> None:
    tiny.run("up", TINY_REFUSES="no")

    code, output = tiny.run("up")

    assert code == 0
    assert "2 created, 6 unchanged" in output


def test_a_mistake_that_the_program_reports_is_printed_once(tiny: Tiny) -> None:
    code, output = tiny.run("preview", TINY_MISTAKE="2 mistakes\n  cpu: 3\n  memory: 4")

    assert code == 1
    assert output.count("failed   2 mistakes\n           cpu: 3\n           memory: 4\n") == 1
    assert output.count("cpu: 3") == 1


def test_a_defect_of_the_program_is_one_line_with_its_place_and_a_log_with_all(tiny: Tiny) -> None:
    code, output = tiny.run("preview", TINY_DEFECT="no such zone")

    assert code == 1
    assert output.count("failed   ValueError: no such zone (infra/__main__.py:") == 1
    assert "Traceback" not in output
    assert "Traceback" in (tiny.state / "logs" / "preview.log").read_text()


def test_an_error_of_the_engine_before_it_starts_is_shown_in_its_own_words(tiny: Tiny) -> None:
    with (tiny.root / "Pulumi.yaml").open("a") as file:
        file.write('requiredPulumiVersion: ">=99.0.0"\n')

    code, output = tiny.run("preview")

    assert code == 1
    assert "failed   Pulumi CLI version 3.259.0 does not satisfy" in output


def test_what_is_protected_refuses_to_be_destroyed_and_the_rest_of_the_stack_can_be(
    tiny: Tiny,
) -> None:
    tiny.run("up", TINY_VALUE="protected")

    refused = tiny.run("destroy")
    tiny.run("up", TINY_VALUE="free")
    accepted = tiny.run("destroy")

    assert refused[0] == 1
    assert "aside" in refused[1]
    assert "protect" in refused[1]
    assert accepted[0] == 0
    assert "deleted" in accepted[1]
