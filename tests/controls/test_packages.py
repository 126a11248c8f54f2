"""Controls on private packages hold, and each is seen to fail on a program that was made worse."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from components.packages.package_domain import PackageDomain
from tests.components.packages.samples import domain_args
from tests.controls import packages as controls
from tests.controls.mutation import (
    Change,
    Mutation,
    adding,
    controls_of,
    each_of,
    removing,
    setting,
)
from tests.controls.packages import DOMAIN, DOMAIN_POLICY, POLICY, REPOSITORY, STASH
from tests.controls.tables import table
from tests.engine.mutate import DELETE, with_options
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording, record

OPENED = {"externalConnectionName": "public:pypi"}
ROOT, PREFIX, COMMON = 0, 1, 2  # the order of the groups


@cache
def packages() -> Recording:
    def program() -> None:
        PackageDomain("packages", domain_args())

    return record(program)


def _group(position: int, path: str, value: Any) -> Change:
    return setting(STASH, "packages-groups-done", f"input.groups.{position}.{path}", value)


def _domain_policy(path: str, value: Any = DELETE) -> Change:
    return setting(
        DOMAIN_POLICY, "packages-domain-policy", f"policyDocument!.Statement.{path}", value
    )


def _internal(path: str, value: Any = DELETE) -> Change:
    return setting(POLICY, "packages-internal-policy", f"policyDocument!.Statement.{path}", value)


MUTATIONS = [
    *table(
        controls.packages_are_encrypted_with_our_key_and_protected,
        "packages-domain: ",
        ("AWS's key", setting(DOMAIN, "packages-domain", "encryptionKey")),
        ("may go", lambda each: with_options(each, DOMAIN, "packages-domain", protect=False)),
    ),
    *table(
        controls.one_repository_is_open_to_the_outside,
        " open to the outside",
        ("a second", setting(REPOSITORY, "packages-internal", "externalConnections", OPENED)),
        ("none", setting(REPOSITORY, "packages-store", "externalConnections")),
        ("one more", adding(REPOSITORY, repository="new", externalConnections=OPENED)),
        ("nothing keeps publishers off", removing(POLICY, "packages-store-policy")),
        (
            "one publisher",
            setting(
                POLICY,
                "packages-store-policy",
                "policyDocument!.Statement.0.Condition",
                {"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::123456789012:role/a"]}},
            ),
        ),
    ),
    *table(
        controls.nothing_of_ours_comes_from_outside,
        "packages-groups-done: ",
        ("look-alikes", _group(PREFIX, "restrictions.EXTERNAL_UPSTREAM", "ALLOW")),
        ("by way of the store", _group(PREFIX, "restrictions.INTERNAL_UPSTREAM", "ALLOW")),
        ("of one package", _group(COMMON, "restrictions.EXTERNAL_UPSTREAM", "ALLOW")),
        ("whatever root says", _group(COMMON, "restrictions.EXTERNAL_UPSTREAM", "INHERIT")),
        ("no prefix", _group(PREFIX, "pattern", "/pypi//other~")),
    ),
    *table(
        controls.private_packages_alone_are_published,
        " is published by ",
        ("anything", _group(ROOT, "restrictions.PUBLISH", "ALLOW")),
        ("new names", _group(PREFIX, "restrictions.PUBLISH", "ALLOW_SPECIFIC_REPOSITORIES")),
        ("anywhere", _group(COMMON, "restrictions.PUBLISH", "ALLOW")),
        ("to the store", _group(COMMON, "allowed.PUBLISH", ["internal", "pypi-store"])),
    ),
    *table(
        controls.packages_are_used_by_named_roles_alone,
        "is open to everybody whom IAM allows it",
        ("tokens", _domain_policy("0.Action", ["codeartifact:DescribeDomain"])),
        ("publishing", _domain_policy("1")),
        (
            "publishing of one package",
            _domain_policy("1.Resource", "arn:aws:codeartifact:::package/x"),
        ),
        ("no policy", removing(DOMAIN_POLICY, "packages-domain-policy")),
        ("reading", _internal("0")),
    ),
    *table(
        controls.packages_are_used_by_named_roles_alone,
        " is no role by its name",
        (
            "every role",
            _domain_policy("1.Condition.ArnNotLike.aws:PrincipalArn", ["arn:aws:iam::1:role/*"]),
        ),
        ("everybody", _internal("0.Condition.ArnNotLike.aws:PrincipalArn", ["*"])),
    ),
    *table(
        controls.package_policies_only_deny,
        " allows",
        ("in the domain", _domain_policy("0.Effect", "Allow")),
        ("in a repository", _internal("0.Effect", "Allow")),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_way_in_for_others_packages_is_found(mutation: Mutation) -> None:
    assert mutation.missed(packages()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
