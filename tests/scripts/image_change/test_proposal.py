"""From a digest to a pull request, to a merge, to a deployment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.image_change import proposal
from scripts.image_change.__main__ import main
from scripts.image_change.edit import image_of
from tests.scripts.github.repository import Github
from tests.scripts.github.server import REPOSITORY, TOKEN, serving
from tests.scripts.image_change.test_edit import STAGING, A, image

FILE = "Pulumi.staging.yaml"
BRANCH = f"image/staging/ledger-{A[7:19]}"
PROPOSE = ["propose", "--stack", "staging", "--service", "ledger", "--digest", A]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Github]:
    monkeypatch.setattr(proposal, "POLL_SECONDS", 0.0)
    with serving() as (github, url):
        github.files["main", FILE] = STAGING
        for name, value in {"REPOSITORY": REPOSITORY, "TOKEN": TOKEN, "API_URL": url}.items():
            monkeypatch.setenv(f"GITHUB_{name}", value)
        yield github


def project(folder: Path, *, automatic: bool) -> Path:
    line = "turnstay:automatic_releases: true"
    assert line in STAGING
    (folder / FILE).write_text(
        STAGING if automatic else STAGING.replace(line, line.replace("true", "false"))
    )
    return folder


def test_a_person_merges_where_the_setting_does_not_say_otherwise(
    hub: Github, tmp_path: Path
) -> None:
    assert main(PROPOSE, project(tmp_path, automatic=False)) == 0
    (pull,) = hub.pulls
    assert (pull["state"], pull["title"]) == (
        "open",
        "Release ledger in staging: sha256:aaaaaaaaaaaa",
    )
    assert image_of(hub.files[BRANCH, FILE], "ledger") == image(A)
    assert hub.files["main", FILE] == STAGING
    assert hub.dispatched == [("checks.yml", BRANCH)]


def test_an_automatic_release_waits_for_its_checks_then_merges_and_deploys(
    hub: Github, tmp_path: Path
) -> None:
    hub.conclusions = [None, None, "success"]
    assert main(PROPOSE, project(tmp_path, automatic=True)) == 0
    assert hub.pulls[0]["state"] == "merged"
    assert hub.dispatched == [("checks.yml", BRANCH), ("deploy.yml", "main")]


@pytest.mark.parametrize("conclusion", ["failure", "cancelled", "timed_out", "skipped"])
def test_without_green_checks_nothing_is_merged_or_deployed(
    hub: Github, tmp_path: Path, conclusion: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.conclusions = [conclusion]
    assert main(PROPOSE, project(tmp_path, automatic=True)) == 1
    assert conclusion in capsys.readouterr().err
    assert hub.pulls[0]["state"] == "open"
    assert ("deploy.yml", "main") not in hub.dispatched


def test_only_the_commit_that_was_checked_is_merged(
    hub: Github, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = proposal._wait

    def push_after(*arguments: object) -> str:
        found = checked(*arguments)  # type: ignore[arg-type]
        hub.pulls[0]["head"]["sha"] = "another"
        return found

    monkeypatch.setattr(proposal, "_wait", push_after)
    assert main(PROPOSE, project(tmp_path, automatic=True)) == 1
    assert hub.pulls[0]["state"] == "open"


def test_the_same_release_twice_is_one_pull_request(hub: Github, tmp_path: Path) -> None:
    root = project(tmp_path, automatic=False)
    assert [main(PROPOSE, root), main(PROPOSE, root)] == [0, 0]
    assert len(hub.pulls) == 1


def test_a_closed_one_begins_anew_from_main(hub: Github, tmp_path: Path) -> None:
    root = project(tmp_path, automatic=False)
    main(PROPOSE, root)
    hub.pulls[0]["state"] = "closed"
    hub.files.pop((BRANCH, FILE))
    assert main(PROPOSE, root) == 0
    assert [each["state"] for each in hub.pulls] == ["closed", "open"]


def test_what_runs_already_is_not_proposed(hub: Github, tmp_path: Path) -> None:
    root = project(tmp_path, automatic=True)
    main(["write", *PROPOSE[1:]], root)
    assert main(PROPOSE, root) == 0
    assert hub.pulls == []
