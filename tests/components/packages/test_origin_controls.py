"""The table of package groups, and what it comes to for a package."""

from __future__ import annotations

import re

import pytest

from components.packages.origin_controls import origin_controls
from local.account.codeartifact.groups import Group, allows, is_pattern

NAMES = ("turnstay-recon-client", "turnstay-common")


def account_groups() -> dict[str, Group]:
    """The groups in an account that has taken the table as it is."""
    return {
        each["pattern"]: Group(
            each["pattern"], arn="", modes=each["restrictions"], allowed=each["allowed"]
        )
        for each in origin_controls(NAMES)
    }


def test_the_table_is_root_then_ours_then_each_private_package() -> None:
    through = {"EXTERNAL_UPSTREAM": "ALLOW", "INTERNAL_UPSTREAM": "ALLOW", "PUBLISH": "BLOCK"}
    closed = dict.fromkeys(through, "BLOCK")
    published = {**closed, "PUBLISH": "ALLOW_SPECIFIC_REPOSITORIES"}
    nowhere: dict[str, list[str]] = {origin: [] for origin in through}
    internal = {**nowhere, "PUBLISH": ["internal"]}
    assert origin_controls(NAMES) == [
        {"pattern": "/*", "restrictions": through, "allowed": nowhere},
        {"pattern": "/pypi//turnstay~", "restrictions": closed, "allowed": nowhere},
        {"pattern": "/pypi//turnstay-common$", "restrictions": published, "allowed": internal},
        {"pattern": "/pypi//turnstay-recon-client$", "restrictions": published, "allowed": internal},
    ]  # fmt: skip


def test_aws_takes_every_pattern() -> None:
    assert all(is_pattern(each) for each in account_groups())


@pytest.mark.parametrize(
    ("package", "origins"),
    [
        ("turnstay-common", {("PUBLISH", "internal")}),
        ("Turnstay_Common", {("PUBLISH", "internal")}),
        ("turnstay-common-x", set()),
        ("turnstay-next", set()),
        ("turnstay", set()),
        (
            "requests",
            {
                ("EXTERNAL_UPSTREAM", "pypi-store"),
                ("EXTERNAL_UPSTREAM", "internal"),
                ("INTERNAL_UPSTREAM", "pypi-store"),
                ("INTERNAL_UPSTREAM", "internal"),
            },
        ),
    ],
)
def test_where_versions_of_a_package_may_come_from(
    package: str, origins: set[tuple[str, str]]
) -> None:
    groups = account_groups()
    assert {
        (origin, repository)
        for origin in ("PUBLISH", "EXTERNAL_UPSTREAM", "INTERNAL_UPSTREAM")
        for repository in ("internal", "pypi-store")
        if allows(groups, package, origin, repository)
    } == origins


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["common"], "a private package is called turnstay-… in lower case with single hyphens, got 'common'"),
        (["turnstay_common"], "got 'turnstay_common'"),
        (["turnstay"], "got 'turnstay'"),
        (["turnstay-a", "turnstay-a"], "a private package is named once"),
        ([], "there is at least one private package, got none"),
        (["A", "b", "b"], "got 'A'; a private package is called turnstay-… in lower case with single hyphens, got 'b'"),
    ],
)  # fmt: skip
def test_a_name_that_no_group_would_protect_is_refused(names: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        origin_controls(names)
