"""The image that stands in for each service that has none yet: the sample service of this project."""

from __future__ import annotations

import hashlib
from pathlib import Path

from stacks.settings import AccountSettings

FOLDER = Path(__file__).parent / "sample"
REPOSITORY = "turnstay-sample"
PATTERN = (
    f"/{REPOSITORY}@sha256:"  # whatever the digest: the account runs each of them as the sample
)


def sample_image(account: AccountSettings) -> str:
    """Name the sample service as an image is named, by a digest of its files."""
    registry = f"{account.id}.dkr.ecr.{account.region}.amazonaws.com"
    return f"{registry}/{REPOSITORY}@sha256:{digest(FOLDER)}"


def digest(folder: Path) -> str:
    """Compute a digest of the files of a folder: names and content, no times."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return total.hexdigest()
