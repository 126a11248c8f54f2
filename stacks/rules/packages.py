"""The private packages: declared where they are managed, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stacks.codeartifact_regions import REGIONS
from stacks.draft import Draft
from stacks.errors import Place, Problem
from stacks.names import PROJECT
from stacks.package_settings import PackagesSettings
from stacks.wording import listed, shown

# PyPI's normal form: origin controls match no package under any other.
_PRIVATE: Final = re.compile(rf"{PROJECT}(-[a-z0-9]+)+")


def check_packages(draft: Draft) -> Iterator[Problem]:
    """Who manages the packages says all of it; who does not says none."""
    packages = draft.packages
    if packages is None:
        return
    if not packages.manage:
        yield from _idle(packages)
        return
    yield from _region(draft, packages)
    if not packages.readers:
        yield _problem(
            "readers", "is missing: without a role that installs them packages are of no use"
        )
    if not packages.publishers:
        yield _problem(
            "publishers", "is missing: name each private package, with the roles that publish it"
        )
    for name, roles in packages.publishers.items():
        if not _PRIVATE.fullmatch(name):
            text = f"is no private package: {PROJECT}-… in lower case, single hyphens between words"
            yield _problem("publishers", text, name)
        elif not roles:
            yield _problem(
                "publishers", "is empty; name a role that publishes it, or remove the key", name
            )


def _idle(packages: PackagesSettings) -> Iterator[Problem]:
    for key in ("region", "readers", "publishers"):
        if getattr(packages, key):
            text = "is used by nothing: this stack does not manage the packages; remove it, or write manage: true"
            yield _problem(key, text)


def _region(draft: Draft, packages: PackagesSettings) -> Iterator[Problem]:
    offered = f"it is offered in {listed(REGIONS)}"
    if packages.region is not None:
        if packages.region not in REGIONS:
            value = shown(("packages", "region"), packages.region)
            yield _problem("region", f"{value} has no CodeArtifact; {offered}")
    elif draft.account is not None and draft.account.region not in REGIONS:
        text = f"is missing: account.region {draft.account.region} has no CodeArtifact; {offered}"
        yield _problem("region", text)


def _problem(key: str, text: str, *more: str) -> Problem:
    place: Place = ("packages", key, *more)
    return Problem(place=place, text=text)
