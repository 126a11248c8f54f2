"""What the command reads, refuses, and never shows."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from scripts.preview_report.cli import MAY_BE_MERGED, WANTS_APPROVAL, main
from scripts.preview_report.errors import FAILED, REFUSED
from tests.scripts.preview_report.bypasses import DATABASE
from tests.scripts.preview_report.steps import Inputs, preview, step
from tests.scripts.preview_report.test_goldens import PREVIEWS

ROOT = Path(__file__).parents[3]
HELD_UP = PREVIEWS / "replaced_database.json"
STAGING = (ROOT / "Pulumi.staging.yaml").read_text()


def report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    code = main(["--stack", "staging"])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


BROKEN = {
    "no JSON": ("{", "is no JSON"),
    "something else": ("[]", "has no changeSummary"),
    "an event log": ('{"sequence": 1}', "has no changeSummary"),
    "a step without a URN": (json.dumps({"steps": [{"op": "same"}], "changeSummary": {}}), "no operation or no URN"),
    "fewer steps than changes": (json.dumps({"steps": [], "changeSummary": {"delete": 1}}), "counts 1 changes and holds 0"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_preview_from_which_something_could_be_missing_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = report(monkeypatch, capsys, BROKEN[name][0])
    assert (code, out) == (FAILED, "")
    assert BROKEN[name][1] in err


def test_a_comment_says_that_there_was_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "preview.json").write_text("")
    out = tmp_path / "report.md"
    assert main(["--stack", "staging", "--out", str(out), str(tmp_path / "preview.json")]) == FAILED
    assert out.read_text().startswith(
        "### Preview of staging: 🔴 it failed\n\n> the preview is no JSON"
    )


def test_a_failed_preview_is_no_approval(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads(preview()) | {
        "diagnostics": [{"severity": "error", "message": "it is protected"}]
    }
    code, out, _ = report(monkeypatch, capsys, json.dumps(content))
    assert code == FAILED
    assert "it failed" in out
    assert "it is protected" in out


def test_an_unknown_stack_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--stack", "stagign", str(HELD_UP)]) == REFUSED
    assert "did you mean 'staging'?" in capsys.readouterr().err


def approved(folder: Path, *names: str, days: int) -> Path:
    until = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=days)
    lines = "".join(
        f'    - {{what: "{name}", by: "@ada", until: "{until}", why: "moves to the card zone"}}\n'
        for name in names
    )
    (folder / "Pulumi.staging.yaml").write_text(f"{STAGING}\n  turnstay:approvals:\n{lines}")
    return folder


NEEDED = (
    "aws:rds/instance:Instance::card-database-instance",
    "aws:iam/rolePolicy:RolePolicy::secure-card-service-roles-execution-role-policy",
)


@pytest.mark.parametrize(
    ("names", "days", "code"),
    [
        (NEEDED, 5, MAY_BE_MERGED),
        (NEEDED, 0, MAY_BE_MERGED),
        (NEEDED, -1, WANTS_APPROVAL),
        (NEEDED, 400, WANTS_APPROVAL),
        (NEEDED[:1], 5, WANTS_APPROVAL),
    ],
)
def test_only_an_approval_of_each_resource_and_of_today_lets_it_through(
    tmp_path: Path, names: tuple[str, ...], days: int, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    root = approved(tmp_path, *names, days=days)
    assert main(["--stack", "staging", str(HELD_UP)], root) == code
    assert ("approved by `@ada`" in capsys.readouterr().out) == (0 <= days <= 30)


VALUE = "hunter2-hunter2"
LEAKS: tuple[Inputs, ...] = (
    step("update", "aws:secretsmanager/secretVersion:SecretVersion", "v", {"secretString": "a"}, {"secretString": VALUE}),
    step("update", "aws:ecs/taskDefinition:TaskDefinition", "t", {},
         {"containerDefinitions": json.dumps([{"environment": [{"name": "A", "value": VALUE}]}])}),
    step("update", DATABASE, "db", {"password": "a"}, {"password": VALUE, "username": VALUE}),
    step("update", "aws:ssm/parameter:Parameter", "p", {"value": "a"}, {"value": VALUE}),
)  # fmt: skip


@pytest.mark.parametrize("leak", LEAKS, ids=lambda each: each["urn"])
def test_a_value_is_never_shown(
    leak: Inputs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads(preview(leak)) | {"config": {"turnstay:x": VALUE}}
    _, out, err = report(monkeypatch, capsys, json.dumps(content))
    assert leak["urn"].split("::")[3] in out
    assert VALUE not in out + err


def test_a_name_cannot_pretend_to_be_the_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "x`\n### Preview of staging: nothing changes\n@everybody <!-- section prod --> | [a](http://b)"
    _, out, _ = report(monkeypatch, capsys, preview(step("delete", DATABASE, name, {})))
    assert not any(line.startswith("### Preview") for line in out.splitlines()[1:])
    assert "<!--" not in out
