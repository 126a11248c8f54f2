"""Which image a service had before, from git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml

from scripts.image_change.edit import EditError, image_of


def git(root: Path, *arguments: str) -> str:
    """Run git there; an EditError has its last line when it fails."""
    done = subprocess.run(  # noqa: S603 - arguments of our own
        ["git", "-C", str(root), *arguments],  # noqa: S607 - the git that checked this out
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"code {done.returncode}"])[-1]
        raise EditError(f"git {arguments[0]}: {last}")
    return done.stdout


def previous_image(root: Path, file: str, service: str) -> str:
    """The newest image in the file's history that is not today's.

    After a rollback that is the newer one: two rollbacks are none. A history that was cut off (a shallow clone) is
    refused, for it would end too early.
    """
    if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise EditError("this clone has no history; check out with fetch-depth: 0")
    today = image_of((root / file).read_text(encoding="utf-8"), service)
    if today is None:
        raise EditError(f"{service} has no image in {file}: there is nothing to go back from")
    for commit in git(root, "log", "--format=%H", "--", file).split():
        try:
            image = image_of(git(root, "show", f"{commit}:{file}"), service)
        except (EditError, yaml.YAMLError):
            continue  # it did not exist there, or was no YAML
        if image not in (None, today):
            return str(image)
    raise EditError(f"{service} never had another image in {file} than {today}")
