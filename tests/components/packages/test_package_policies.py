"""Who may install and publish, decided as AWS decides: a statement that denies is stronger than any that allows."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import pytest

from components.packages.package_policies import (
    domain_policy,
    internal_policy,
    role_problems,
    store_policy,
)
from tests.components.packages.samples import (
    ACCOUNT,
    ADMIN,
    COMMON,
    INSTALL,
    LEDGER,
    PUBLISHERS,
    REGION,
)

PACKAGE = f"arn:aws:codeartifact:{REGION}:{ACCOUNT}:package/turnstay/internal/pypi//"
REPOSITORY = f"arn:aws:codeartifact:{REGION}:{ACCOUNT}:repository/turnstay/internal"
DOMAIN: Any = domain_policy([INSTALL], PUBLISHERS)
INTERNAL: Any = internal_policy([INSTALL], PUBLISHERS, account_id=ACCOUNT, region=REGION)
STORE: Any = store_policy()
PUBLISH, READ = "codeartifact:PublishPackageVersion", "codeartifact:ReadFromRepository"
TOKEN = "codeartifact:GetAuthorizationToken"


def denied(policy: Any, role: str, action: str, resource: str = REPOSITORY) -> bool:
    """Whether a role to which IAM allows everything is refused."""
    return any(_applies(each, role, action, resource) for each in policy["Statement"])


def _applies(statement: Any, role: str, action: str, resource: str) -> bool:
    assert (statement["Effect"], statement["Principal"]) == ("Deny", "*")
    condition = dict(statement.get("Condition", {}))
    spared = condition.pop("ArnNotLike", {}).get("aws:PrincipalArn", [])
    assert not condition
    return (
        action in statement["Action"]
        and fnmatchcase(resource, statement["Resource"])
        and not any(fnmatchcase(role, each) for each in spared)
    )


@pytest.mark.parametrize(
    ("role", "token", "publish_common", "publish_ledger", "read"),
    [
        (INSTALL, True, False, False, True),
        (COMMON, True, True, False, True),
        (LEDGER, True, False, True, True),
        (ADMIN, False, False, False, False),
        ("arn:aws:iam::999988887777:role/install", False, False, False, False),
        (f"{INSTALL}-2", False, False, False, False),
        (f"arn:aws:iam::{ACCOUNT}:root", False, False, False, False),
    ],
)
def test_a_role_may_do_what_it_is_named_for(
    role: str, token: bool, publish_common: bool, publish_ledger: bool, read: bool
) -> None:
    def may(action: str, resource: str = REPOSITORY) -> bool:
        return not any(denied(each, role, action, resource) for each in (DOMAIN, INTERNAL))

    assert may(TOKEN) is token
    assert may(READ) is read
    assert may(PUBLISH, f"{PACKAGE}turnstay-common") is publish_common
    assert may(PUBLISH, f"{PACKAGE}turnstay-ledger-client") is publish_ledger
    assert may("codeartifact:CopyPackageVersions", f"{PACKAGE}turnstay-common") is publish_common


@pytest.mark.parametrize("role", [INSTALL, COMMON, LEDGER, ADMIN])
def test_nobody_publishes_beside_the_internal_repository(role: str) -> None:
    place = PACKAGE.replace("internal", "pypi-store")
    assert denied(STORE, role, PUBLISH, f"{place}turnstay-common")
    assert denied(STORE, role, "codeartifact:CopyPackageVersions", f"{place}requests")


@pytest.mark.parametrize("role", [INSTALL, COMMON, ADMIN])
def test_nobody_undoes_what_a_group_says_and_no_version_comes_twice(role: str) -> None:
    assert denied(DOMAIN, role, "codeartifact:PutPackageOriginConfiguration")
    assert denied(INTERNAL, role, "codeartifact:DeletePackageVersions", f"{PACKAGE}turnstay-common")
    assert denied(INTERNAL, role, "codeartifact:DeletePackage", f"{PACKAGE}turnstay-common")


def test_the_policies_lock_nobody_out_of_domain_and_repositories() -> None:
    for policy in (DOMAIN, INTERNAL, STORE):
        for statement in policy["Statement"]:
            for action in statement["Action"]:
                assert not action.endswith("*")
                assert "PermissionsPolicy" not in action
                assert "PackageGroup" not in action


def test_the_same_roles_in_another_order_are_the_same_policy() -> None:
    other = internal_policy(
        [INSTALL], dict(reversed(PUBLISHERS.items())), account_id=ACCOUNT, region=REGION
    )
    assert other == INTERNAL


@pytest.mark.parametrize(
    ("readers", "publishers", "problem"),
    [
        ([], PUBLISHERS, "at least one role may install packages, got none"),
        (
            [INSTALL],
            {"turnstay-common": []},
            "at least one role publishes turnstay-common, got none",
        ),
        (["*"], PUBLISHERS, "a reader or publisher is the ARN of a role by its whole name, got *"),
        ([f"arn:aws:iam::{ACCOUNT}:root"], PUBLISHERS, f"got arn:aws:iam::{ACCOUNT}:root"),
        ([INSTALL], {"turnstay-common": [f"arn:aws:iam::{ACCOUNT}:role/*"]}, "role/*"),
        ([f"arn:aws:iam::{ACCOUNT}:user/a"], PUBLISHERS, "user/a"),
    ],
)
def test_a_reader_or_publisher_that_is_no_role_is_told(
    readers: list[str], publishers: dict[str, list[str]], problem: str
) -> None:
    (told,) = role_problems(readers, publishers)
    assert told.endswith(problem)
