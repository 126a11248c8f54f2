"""Which group a package belongs to, and what may come of it."""

from __future__ import annotations

import pytest

from local.account.codeartifact.groups import (
    Group,
    allows,
    group_of,
    is_pattern,
    matches,
    package_path,
    parent_of,
)

PATTERNS = ("/*", "/pypi/*", "/pypi//turnstay~", "/pypi//turnstay-common$", "/npm/*")


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("turnstay-common", "/pypi//turnstay-common$"),
        ("Turnstay_Common", "/pypi//turnstay-common$"),
        ("turnstay.common", "/pypi//turnstay-common$"),
        ("turnstay-common-x", "/pypi//turnstay~"),
        ("turnstay", "/pypi//turnstay~"),
        ("turnstayed", "/pypi/*"),
        ("requests", "/pypi/*"),
    ],
)
def test_a_package_belongs_to_the_most_particular_group(name: str, pattern: str) -> None:
    assert group_of(PATTERNS, package_path(name)) == pattern


def test_a_package_of_another_format_belongs_to_another_group() -> None:
    assert group_of(PATTERNS, "/npm//turnstay-common") == "/npm/*"
    assert group_of(PATTERNS, "/cargo//turnstay-common") == "/*"
    assert not matches("/pypi//turnstay~", "/npm//turnstay-common")


@pytest.mark.parametrize(
    ("pattern", "parent"),
    [
        ("/pypi//turnstay-common$", "/pypi//turnstay~"),
        ("/pypi//turnstay~", "/pypi/*"),
        ("/npm/*", "/*"),
        ("/*", None),
    ],
)
def test_a_group_inherits_from_the_next_more_general_one(pattern: str, parent: str | None) -> None:
    assert parent_of(PATTERNS, pattern) == parent


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("/*", True),
        ("/pypi/*", True),
        ("/pypi//*", True),
        ("/pypi//turnstay~", True),
        ("/pypi//turnstay-common$", True),
        ("/maven/com.example~", True),
        ("/python//turnstay~", False),
        ("/pypi//turnstay-*", False),
        ("/pypi//turnstay", False),
        ("turnstay~", False),
        ("/pypi//turn*stay$", False),
    ],
)
def test_what_aws_would_take_for_a_definition(text: str, right: bool) -> None:
    assert is_pattern(text) is right


def test_an_origin_is_decided_by_the_first_group_that_does_not_inherit() -> None:
    groups = {each: Group(each, f"arn:{each}") for each in PATTERNS}
    groups["/*"].modes = {
        "PUBLISH": "BLOCK",
        "EXTERNAL_UPSTREAM": "ALLOW",
        "INTERNAL_UPSTREAM": "ALLOW",
    }
    groups["/pypi//turnstay~"].modes["EXTERNAL_UPSTREAM"] = "BLOCK"
    common = groups["/pypi//turnstay-common$"]
    common.modes["PUBLISH"], common.allowed["PUBLISH"] = "ALLOW_SPECIFIC_REPOSITORIES", ["internal"]

    assert allows(groups, "requests", "EXTERNAL_UPSTREAM", "store")
    assert not allows(groups, "requests", "PUBLISH", "internal")
    assert not allows(groups, "turnstay-common", "EXTERNAL_UPSTREAM", "store")
    assert not allows(groups, "turnstay-new", "EXTERNAL_UPSTREAM", "store")
    assert allows(groups, "turnstay-common", "PUBLISH", "internal")
    assert not allows(groups, "turnstay-common", "PUBLISH", "store")
    assert not allows(groups, "turnstay-new", "PUBLISH", "internal")
