"""The major versions of PostgreSQL that a database may have."""

from __future__ import annotations

from typing import Final

VERSIONS: Final = ("14", "15", "16", "17", "18")
# Minor versions disappear: RDS upgrades by force, and refuses new instances on them. The major one alone means its
# newest minor one at creation, and RDS's own minor upgrades afterwards.
OUT_OF_SUPPORT: Final = {
    "14": "PostgreSQL 14 has no community support since 2026-11-12, and its schema public may belong to a superuser"
    " that is not the master: the roles gate then refuses it. Upgrade to 17"
}


def version_problems(engine_version: str) -> list[str]:
    """Why a database of that version is not built; empty when it is."""
    if engine_version in VERSIONS:
        return []
    return [
        f"engine_version is a major version, one of {', '.join(VERSIONS)}, got {engine_version!r}"
    ]


def version_warning(engine_version: str) -> str | None:
    """What whoever runs that version must know, if anything."""
    return OUT_OF_SUPPORT.get(engine_version)


def parameter_family(engine_version: str) -> str:
    """The family whose parameters a server of that version takes: another one is refused."""
    return f"postgres{engine_version}"
