"""The account's image table: which folder stands in for an image."""

from __future__ import annotations

import hashlib
import re
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from local.account.ecs.postgres_image import postgres_path
from local.account.ecs.refusal import TaskError
from local.account.errors import AccountError

PATH: Final = f"{sysconfig.get_path('scripts')}:/usr/bin:/bin"


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """Where the containers of an image run, and where they find programs."""

    folder: Path
    path: str


class Images:
    """Regular expressions of image names and the folders that stand in for such images; `postgres` is known too.

    A folder is an image's working directory: commands of its containers run there, with the programs of
    this project's Python environment. User, capabilities, a read-only root file system and tmpfs are not
    enforced here: a container is a plain process of whoever runs the account.
    """

    def __init__(self, table: Mapping[str, Path]) -> None:
        self._table: list[tuple[re.Pattern[str], Path]] = []
        for expression, folder in table.items():
            try:
                pattern = re.compile(expression)
            except re.error as error:
                raise AccountError(
                    f"image {expression!r} is no regular expression: {error}"
                ) from error
            if not folder.is_dir():
                raise AccountError(f"image {expression!r}: {folder} is not a folder")
            self._table.append((pattern, folder.resolve()))

    def runtime(self, image: str) -> Runtime:
        """Say how an image runs; TaskError, as ECS puts it, when it does not."""
        for pattern, folder in self._table:
            if pattern.search(image):
                return Runtime(folder=folder, path=PATH)
        if path := postgres_path(image):
            return Runtime(folder=Path("/"), path=path)
        raise TaskError(f"CannotPullContainerError: failed to resolve ref {image}: not found")


def digest(image: str) -> str:
    """Return the digest an image is named by; for a tag one that is made up from it, always the same."""
    _, _, named = image.partition("@")
    return named or f"sha256:{hashlib.sha256(image.encode()).hexdigest()}"
