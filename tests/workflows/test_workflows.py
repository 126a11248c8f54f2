"""The workflows hold to every control, and each control notices when one does not."""

from __future__ import annotations

import importlib
import re
import subprocess

import pytest

from tests.workflows.conduct import CONTROLS
from tests.workflows.reading import ROOT, commands, files, replaced

CHECKOUT = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0"
OWN = "github.event.pull_request.head.repo.full_name == github.repository"
UPDATE, PREVIEW = "workflows/update.yml", "workflows/preview.yml"
# file, text, what stands there instead, the control, and a part of what it says
MUTATIONS = [
    ("workflows/checks.yml", "permissions: {}\n", "permissions: write-all\n", "permissions", "not {} at the top"),
    (UPDATE, "      contents: read\n", "      contents: write\n", "permissions", "may write contents"),
    (PREVIEW, "      contents: read\n      id-token: write\n", "      id-token: write\n      issues: write\n", "permissions", "may write issues"),
    ("workflows/checks.yml", CHECKOUT, "actions/checkout@v5", "pins", "not pinned"),
    ("workflows/checks.yml", CHECKOUT, CHECKOUT.partition(" ")[0], "pins", "not pinned"),
    ("actions/project/action.yml", "a26af69be951a213d495a4c3e4e4022e16d87065", "0" * 40, "pins", "in two versions"),
    (UPDATE, "cancel-in-progress: false", "cancel-in-progress: true", "locks", "not alone"),
    (UPDATE, "group: stack-${{ inputs.stack }}", "group: update-${{ github.run_id }}", "locks", "not alone"),
    (UPDATE, "if: cancelled()", "if: always()", "locks", "give back"),
    (UPDATE, "    environment: ${{ inputs.stack }}\n", "", "locks", "no environment"),
    (PREVIEW, f"github.event_name == 'pull_request' && {OWN}", "github.event_name == 'pull_request'", "forks", "staging: runs for a fork"),
    (PREVIEW, f"&& {OWN}", f"|| {OWN}", "forks", "runs for more than branches"),
    (PREVIEW, "    environment: prod-preview\n", "", "forks", "waits for nobody"),
    (PREVIEW, "  pull_request:\n", "  pull_request_target:\n", "forks", "pull_request_target"),
    ("workflows/comment.yml", "          ref: main\n", "", "checkouts", "the branch's code"),
    (UPDATE, "persist-credentials: false", "persist-credentials: true", "checkouts", "leaves the token"),
    (UPDATE, 'up --stack "$STACK"', "up --stack ${{ inputs.stack }}", "injections", "an expression"),
    (UPDATE, " --continue-on-error", "", "updates", "stops the others"),
    (UPDATE, "scripts.preview_report", "scripts.preview", "updates", "nobody has looked at"),
    ("workflows/drift.yml", "scripts/drift.sh", "scripts/pulumi.sh refresh --stack", "updates", "changes something"),
    ("workflows/checks.yml", "needs: lint", "needs: bootstrap", "order", "does not wait for lint"),
    ("workflows/deploy.yml", "    needs: staging\n", "", "order", "does not wait for staging"),
    (UPDATE, "    timeout-minutes: 230\n", "", "time_limits", "no timeout"),
    (UPDATE, "scripts.stack_lock", "scripts.unlock", "scripts", "nobody calls scripts.stack_lock"),
]  # fmt: skip


@pytest.mark.parametrize("control", CONTROLS, ids=lambda each: each.__name__)
def test_the_workflows_hold_to_it(control: object) -> None:
    assert callable(control)
    assert control(files()) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: f"{each[3]}: {each[4]}")
def test_a_change_for_the_worse_is_noticed(mutation: tuple[str, str, str, str, str]) -> None:
    file, old, new, control, said = mutation
    named = {each.__name__: each for each in CONTROLS}
    assert [each for each in named[control](replaced(files(), file, old, new)) if said in each]


def test_every_control_has_a_mutation() -> None:
    assert {each[3] for each in MUTATIONS} == {each.__name__ for each in CONTROLS}


PYTHON = sorted({tuple(each) for _, each in commands(files()) if each[0].startswith("scripts.")})
SHELL = sorted({each[0] for _, each in commands(files()) if each[0].endswith(".sh")})


@pytest.mark.parametrize("command", PYTHON, ids=" ".join)
def test_a_script_takes_what_a_workflow_gives_it(command: tuple[str, ...]) -> None:
    """The script's own parser reads the arguments, with something that fits for each variable."""
    values = {
        "STACK": "staging",
        "SERVICE": "ledger",
        "NUMBER": "7",
        "CODE": "0",
        "BEGAN": "2026-11-25T10:00:00Z",
    }
    given = [
        re.sub(r"\$\{?(\w+)\}?", lambda found: values.get(found[1], "x"), each.strip('"'))
        for each in command[1:]
    ]
    module = importlib.import_module(
        f"{command[0]}.arguments"
        if (ROOT / command[0].replace(".", "/") / "arguments.py").is_file()
        else (
            f"{command[0]}.__main__"
            if (ROOT / command[0].replace(".", "/")).is_dir()
            else command[0]
        )
    )
    module._parser().parse_args(given)


@pytest.mark.parametrize("script", SHELL)
def test_a_shell_script_is_there_and_reads(script: str) -> None:
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    checked = subprocess.run(  # noqa: S603 - reads, runs nothing
        ["bash", "-n", str(path)],  # noqa: S607
        check=False,
    )
    assert checked.returncode == 0


def test_a_token_of_a_build_reaches_no_argument() -> None:
    text = (ROOT / "scripts/build_image.sh").read_text()
    build = next(line for line in text.splitlines() if line.startswith("docker build"))
    assert "--secret id=codeartifact_token,env=CODEARTIFACT_TOKEN" in build
    assert "$CODEARTIFACT_TOKEN" not in build
    assert "--build-arg" not in text
