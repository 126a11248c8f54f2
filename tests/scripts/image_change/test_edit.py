"""The image line of a stack file: set, kept apart from everything else, and found again in history."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scripts.image_change.__main__ import main
from scripts.image_change.edit import EditError, image_of, image_reference, with_image
from scripts.image_change.history import previous_image
from stacks.catalogue import CATALOGUE
from stacks.files import check_stack_file

ROOT = Path(__file__).parents[3]
STAGING = (ROOT / "Pulumi.staging.yaml").read_text()
FILES = sorted(ROOT.glob("Pulumi.*.yaml"))
A, B, C = (f"sha256:{letter * 64}" for letter in "abc")


def image(digest: str, service: str = "ledger") -> str:
    return image_reference(
        check_stack_file(ROOT / "Pulumi.staging.yaml", "staging"), service, digest
    )


@pytest.mark.parametrize("service", CATALOGUE)
@pytest.mark.parametrize("file", FILES, ids=lambda each: each.name)
def test_exactly_one_line_changes(file: Path, service: str) -> None:
    text = file.read_text()
    once = with_image(text, service, image(A, service))
    added = [line for line in once.splitlines() if line not in text.splitlines()]
    assert added == [f"      image: {image(A, service)}"]
    twice = with_image(once, service, image(B, service))
    assert twice == once.replace(A, B)
    assert image_of(twice, service) == image(B, service)


def test_a_comment_behind_the_image_stays() -> None:
    text = with_image(STAGING, "ledger", image(A)).replace(image(A), f"{image(A)}  # why")
    assert f"{image(B)}  # why\n" in with_image(text, "ledger", image(B))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            STAGING.replace("    ledger:\n", "    ledger: {cpu: 512}\n    other:\n"),
            "write the service as a block",
        ),
        (
            STAGING.replace(
                "      min_tasks: 1\n", "      min_tasks: 1\n      ? image\n      : x\n"
            ),
            "write it by hand",
        ),
        (
            STAGING.replace("turnstay:services:", "turnstay:servcies:"),
            "write the service as a block",
        ),
    ],
)
def test_what_the_edit_does_not_know_is_refused(text: str, message: str) -> None:
    with pytest.raises(EditError, match=message):
        with_image(text, "ledger", image(A))


@pytest.mark.parametrize(
    "digest", ["latest", "sha256:abc", f"{A}\n", f"{A.upper()}", f"{A} # x", "$(id)"]
)
def test_nothing_but_a_digest_is_written(digest: str) -> None:
    with pytest.raises(EditError, match="is no digest"):
        image(digest)


def test_an_unknown_service_is_refused() -> None:
    with pytest.raises(EditError, match="no service 'legder'; there are turnstay_api, ledger"):
        image(A, "legder")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, STAGING)
    return tmp_path


def git(root: Path, *arguments: str) -> None:
    identity = [
        "-c",
        "user.name=ada",
        "-c",
        "user.email=ada@example.com",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run(  # noqa: S603 - a repository of this test
        ["git", "-C", str(root), *identity, *arguments],  # noqa: S607
        check=True,
        capture_output=True,
    )


def commit(root: Path, text: str) -> None:
    (root / "Pulumi.staging.yaml").write_text(text)
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "change")


def test_the_previous_image_is_the_last_other_one(project: Path) -> None:
    for digest in (C, A, B):
        commit(project, with_image(STAGING, "ledger", image(digest)))
    # Another service's release, and an edit of something else, are no releases of this one.
    other = with_image(with_image(STAGING, "ledger", image(B)), "recon", image(C, "recon"))
    commit(project, other)
    commit(project, other.replace("images_kept: 30", "images_kept: 31"))
    assert previous_image(project, "Pulumi.staging.yaml", "ledger") == image(A)
    assert main(["write", "--stack", "staging", "--service", "ledger", "--previous"], project) == 0
    assert image_of((project / "Pulumi.staging.yaml").read_text(), "ledger") == image(A)


def test_without_another_image_there_is_no_way_back(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rollback = ["write", "--stack", "staging", "--service", "ledger", "--previous"]
    assert main(rollback, project) == 2
    assert "there is nothing to go back from" in capsys.readouterr().err
    commit(project, with_image(STAGING, "ledger", image(A)))
    assert main(rollback, project) == 2
    assert "never had another image" in capsys.readouterr().err


def test_a_cut_history_is_refused(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    commit(project, with_image(STAGING, "ledger", image(A)))
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "-q", "--depth", "1", f"file://{project}", ".")
    with pytest.raises(EditError, match="fetch-depth: 0"):
        previous_image(clone, "Pulumi.staging.yaml", "ledger")
