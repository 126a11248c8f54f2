"""The public image `postgres`: its psql and shell are those of this machine."""

from __future__ import annotations

import re
from typing import Final

from moto.ecr.models import ecr_backends

from local.account.ecs.refusal import TaskError
from local.account.gaps.ecr import caches
from local.account.postgres.programs import Programs, installed

# …/docker/library/postgres:17, with a minor version, a flavour or a digest behind it or not
NAME: Final = re.compile(r"(?:^|/)(?:docker/)?(?:library/)?postgres:(\d+)(?:[.@-].*)?$")
PRIVATE: Final = re.compile(r"^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/([^:@]+)")


def postgres_path(image: str) -> str | None:
    """Return the PATH of containers of an image `postgres`; None for any other image.

    From a private registry it is pulled only when that has it, or caches the registry which has it.
    """
    found = NAME.search(image)
    if not found:
        return None
    private = PRIVATE.match(image)
    if private and not _is_pulled(*private.groups()):
        raise TaskError(
            f"CannotPullContainerError: failed to resolve ref {image}: not found: the registry has no such repository,"
            " and no pull through cache rule covers it"
        )
    chosen = _client(int(found[1]))
    if not chosen:
        raise TaskError(
            f"CannotPullContainerError: failed to resolve ref {image}: no PostgreSQL is on this machine"
        )
    return f"{chosen.folder}:/usr/bin:/bin"


def _is_pulled(account_id: str, region: str, repository: str) -> bool:
    known = ecr_backends[account_id][region].repositories
    return repository in known or caches(account_id, region, repository)


def _client(major: int) -> Programs | None:
    """Choose programs whose psql speaks TLS: of that version, else of the next one that is here, else of the newest."""
    speaking = [each for each in installed() if each.tls] or installed()
    same_or_later = [each for each in speaking if each.major >= major]
    if same_or_later:
        return min(same_or_later, key=lambda each: each.major)
    return max(speaking, key=lambda each: each.major, default=None)
