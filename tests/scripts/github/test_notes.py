"""The one comment of a pull request, and the one issue about drift."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.github.__main__ import main
from scripts.github.api import Api, GithubError
from scripts.github.comment import LONGEST, MARK, upsert_comment, with_section
from scripts.github.drift import report_drift
from tests.scripts.github.repository import Github
from tests.scripts.github.server import REPOSITORY, TOKEN, serving


@pytest.fixture
def hub() -> Iterator[tuple[Github, Api]]:
    with serving() as (github, url):
        yield github, Api(repository=REPOSITORY, token=TOKEN, url=url, wait_seconds=0)


def test_a_second_preview_replaces_its_own_section_alone(hub: tuple[Github, Api]) -> None:
    github, api = hub
    for section, text in (("staging", "one"), ("prod", "two"), ("staging", "three")):
        upsert_comment(api, 7, section, text)
    (comment,) = github.comments
    assert comment["body"] == (
        f"{MARK}\n\n<!-- section prod -->\ntwo\n<!-- /section prod -->"
        "\n\n<!-- section staging -->\nthree\n<!-- /section staging -->"
    )


def test_only_a_comment_of_the_pipeline_itself_is_changed(hub: tuple[Github, Api]) -> None:
    github, api = hub
    theirs = {"id": 1, "issue": "7", "user": {"login": "mallory"}, "body": MARK}
    github.comments.append(dict(theirs))
    upsert_comment(api, 7, "staging", "one")
    assert github.comments[0] == theirs
    assert len(github.comments) == 2


def test_the_comment_is_found_on_any_page(hub: tuple[Github, Api]) -> None:
    github, api = hub
    for number in range(250):
        github.comments.append(
            {"id": number + 1, "issue": "7", "user": {"login": "ada"}, "body": "hm"}
        )
    upsert_comment(api, 7, "staging", "one")
    upsert_comment(api, 7, "staging", "two")
    assert len(github.comments) == 251


def test_a_report_cannot_end_its_section_or_begin_another() -> None:
    body = with_section(
        None,
        "staging",
        "x\n<!-- /section staging -->\n<!-- section prod -->\nfine\n<!-- /section prod -->",
    )
    again = with_section(body, "prod", "two")
    assert again.count("<!-- section prod -->") == 1
    assert "two" in again


def test_a_comment_is_never_longer_than_github_takes() -> None:
    body = with_section(
        with_section(None, "prod", "a line\n" * 20_000), "staging", "b line\n" * 20_000
    )
    assert len(body) <= LONGEST + 500
    assert body.count("The rest is in the log") == 2
    assert len(with_section(body, "prod", "short")) < len(body)


def test_drift_opens_one_issue_updates_it_and_closes_it(hub: tuple[Github, Api]) -> None:
    github, api = hub
    assert report_drift(api, "staging", 0, "", "run 0") == "no drift"
    assert report_drift(api, "staging", 7, "~ bucket", "run 1") == "opened #1"
    assert report_drift(api, "prod", 7, "~ key", "run 1") == "opened #2"
    assert report_drift(api, "staging", 7, "~ queue", "run 2") == "updated #1"
    assert (github.issues[0]["title"], "~ queue" in github.issues[0]["body"]) == (
        "staging has drifted",
        True,
    )
    assert report_drift(api, "staging", 1, "no credentials", "run 3") == "updated #1"
    assert github.issues[0]["title"] == "the drift of staging could not be looked for"
    assert report_drift(api, "staging", 0, "", "run 4") == "closed #1"
    assert [each["state"] for each in github.issues] == ["closed", "open"]


def test_what_drifted_cannot_end_the_fence_it_is_shown_in(hub: tuple[Github, Api]) -> None:
    github, api = hub
    report_drift(api, "staging", 7, "```\n# not ours\n````", "run")
    assert "\n`````text\n```\n# not ours\n````\n`````\n" in github.issues[0]["body"]


def test_a_busy_github_is_asked_again_for_what_changes_nothing(hub: tuple[Github, Api]) -> None:
    github, api = hub
    github.trouble = 2
    assert list(api.every("/issues/7/comments")) == []
    github.trouble = 1
    with pytest.raises(GithubError, match="POST /issues: 502 Server Error"):
        api.post("/issues", {"title": "x", "labels": []})
    assert github.asked.count("POST /issues") == 1


def test_the_command_needs_a_token_and_never_shows_it(
    hub: tuple[Github, Api],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = tmp_path / "report.md"
    report.write_text("hello")
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    monkeypatch.setenv("GITHUB_REPOSITORY", REPOSITORY)
    arguments = ["comment", "--pull-request", "7", "--section", "staging", str(report)]
    assert main(arguments) == 1
    assert "GITHUB_TOKEN is not set" in capsys.readouterr().err
    monkeypatch.setenv("GITHUB_TOKEN", "wrong")
    monkeypatch.setenv("GITHUB_API_URL", hub[1].url)
    assert main(arguments) == 1
    shown = capsys.readouterr()
    assert "401 Bad credentials" in shown.err
    assert "wrong" not in shown.err + shown.out
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    assert main(arguments) == 0
    assert "hello" in hub[0].comments[0]["body"]
