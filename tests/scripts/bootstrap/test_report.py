from __future__ import annotations

import pytest

from scripts.bootstrap.report import finding_lines, heading, summary
from scripts.bootstrap.requirement import Finding
from scripts.bootstrap.target import Target
from stacks.files import stack_names
from stacks.stack_text import read_stack_text
from tests.scripts.bootstrap.conftest import ROOT

TARGET = Target(
    stack="staging", account_id="444455556666", region="eu-west-1", state_bucket="the-state"
)


def test_a_long_value_has_a_line_for_each_item() -> None:
    policy = {"Version": "1", "Statement": [{"Sid": "A" * 50, "Action": ["b" * 50]}, {"Sid": "C"}]}
    finding = Finding(place="bucket", name="policy", found=None, wanted=policy)

    assert finding_lines(finding, applied=False) == [
        "  missing  policy",
        "           wanted  {",
        '                     "Statement": [',
        "                       {",
        f'                         "Action": ["{"b" * 50}"],',
        f'                         "Sid": "{"A" * 50}"',
        "                       },",
        '                       {"Sid": "C"}',
        "                     ],",
        '                     "Version": "1"',
        "                   }",
    ]


def test_a_long_value_that_is_in_place_is_one_line() -> None:
    rules = [{"ID": "x" * 100}]
    finding = Finding(place="bucket", name="lifecycle", found=rules, wanted=rules)

    assert finding_lines(finding, applied=True) == ["  ok       lifecycle"]


def test_the_heading_says_whether_the_run_acts() -> None:
    where = "stack staging, account 444455556666, region eu-west-1; "

    assert heading(TARGET, apply=False) == f"{where}a dry run: nothing is changed"
    assert heading(TARGET, apply=True) == f"{where}what is missing is made"


@pytest.mark.parametrize(
    ("verdicts", "applied", "expected"),
    [
        ({"ok": 3}, True, "all 3 are in place; nothing was changed. Next, in this folder:"),
        (
            {"ok": 1, "missing": 2},
            True,
            "2 of 3 made or mended, all 3 are in place. Next, in this folder:",
        ),
        (
            {"ok": 1, "differs": 1, "missing": 1},
            False,
            (
                "2 of 3 are not in place; nothing was changed. The same command with --apply makes"
                " them so.\nAfter that, in this folder:"
            ),
        ),
    ],
    ids=["nothing to do", "done", "to do"],
)
def test_the_summary_says_how_it_stands_and_what_follows(
    verdicts: dict[str, int], applied: bool, expected: str
) -> None:
    assert summary(verdicts, TARGET, applied=applied) == (  # type: ignore[arg-type]
        f"\n{expected}\n"
        "  pulumi login 's3://the-state?region=eu-west-1'\n"
        "  pulumi stack init staging"
        " --secrets-provider 'awskms:///alias/turnstay-state-staging?region=eu-west-1'"
    )


@pytest.mark.parametrize("stack", stack_names(ROOT))
def test_the_command_names_the_key_that_the_stack_file_names(stack: str) -> None:
    # Another one would replace the file's, and encrypt the stack's secrets with a key that is not its own.
    text = read_stack_text((ROOT / f"Pulumi.{stack}.yaml").read_text())
    target = Target(
        stack=stack, account_id="444455556666", region="eu-west-1", state_bucket="the-state"
    )

    assert f"--secrets-provider '{text.secrets_provider}'" in target.next_commands[1]
