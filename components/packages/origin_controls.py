"""Where versions of a package may come from: the package groups of a domain, and the origin controls of each.

AWS decides by the most specific group that matches a package. Root, `/*`, exists in every domain, can be neither created
nor deleted, and allows everything until it is told otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias, TypedDict

from components.packages.names import DOMAIN, INTERNAL

Origin: TypeAlias = Literal["PUBLISH", "EXTERNAL_UPSTREAM", "INTERNAL_UPSTREAM"]
Mode: TypeAlias = Literal["ALLOW", "ALLOW_SPECIFIC_REPOSITORIES", "BLOCK"]

ROOT: Final = "/*"
ORIGINS: Final[tuple[Origin, ...]] = ("EXTERNAL_UPSTREAM", "INTERNAL_UPSTREAM", "PUBLISH")
OURS: Final = f"/pypi//{DOMAIN}~"
"""Every name of which `turnstay` is the first word, those that nobody has published yet included."""
# PyPI's normal form: what CodeArtifact matches groups with. Anything else would match no package at all.
_PRIVATE: Final = re.compile(rf"{DOMAIN}(-[a-z0-9]+)+")


class GroupControls(TypedDict):
    """One package group as it has to be. Plain JSON, for it is kept in the state."""

    pattern: str
    restrictions: dict[str, str]
    """By origin: how it is restricted."""
    allowed: dict[str, list[str]]
    """By origin: the repositories that it is restricted to; sorted, empty unless the mode names some."""


def origin_controls(private_packages: Sequence[str]) -> list[GroupControls]:
    """Every group of the domain: root first, then from the general to the particular.

    A private package is published to `internal`, and comes from nowhere else. Whatever else is called after the company
    comes from nowhere: neither a look-alike on PyPI nor a name that nobody has declared. All other packages come from
    PyPI, and nobody publishes them here. `INHERIT` is used nowhere: what holds for a group stands in it.
    """
    if problems := private_package_problems(private_packages):
        raise ValueError("; ".join(problems))
    return [
        _group(ROOT, publish="BLOCK", upstream="ALLOW"),
        _group(OURS, publish="BLOCK", upstream="BLOCK"),
        *(
            _group(f"/pypi//{name}$", publish="ALLOW_SPECIFIC_REPOSITORIES", upstream="BLOCK")
            for name in sorted(private_packages)
        ),
    ]


def private_package_problems(private_packages: Sequence[str]) -> list[str]:
    """Names that no group could protect, or that stand there twice; empty when all are right."""
    problems = [
        f"a private package is called {DOMAIN}-… in lower case with single hyphens, got {each!r}"
        for each in private_packages
        if not _PRIVATE.fullmatch(each)
    ]
    if len(set(private_packages)) < len(private_packages):
        problems.append("a private package is named once")
    if not private_packages:
        problems.append("there is at least one private package, got none")
    return problems


def _group(pattern: str, *, publish: Mode, upstream: Mode) -> GroupControls:
    return {
        "pattern": pattern,
        "restrictions": {
            "EXTERNAL_UPSTREAM": upstream,
            "INTERNAL_UPSTREAM": upstream,
            "PUBLISH": publish,
        },
        "allowed": {
            "EXTERNAL_UPSTREAM": [],
            "INTERNAL_UPSTREAM": [],
            "PUBLISH": [INTERNAL] if publish == "ALLOW_SPECIFIC_REPOSITORIES" else [],
        },
    }
