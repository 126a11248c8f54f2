"""The resource policies of the package domain and its repositories: who may install, and who may publish what.

They deny to everybody whom they do not name. IAM still has to allow: the policies take rights away and give none, so they
can make no package public, and an administrator's `codeartifact:*` neither reads nor publishes. They lock nobody out:
AWS ignores a resource policy when it decides who may replace it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from components.packages.names import DOMAIN, INTERNAL
from components.secrets.reader_policy import ROLE

Document: TypeAlias = dict[str, object]

TOKEN: Final = ("codeartifact:GetAuthorizationToken",)
READING: Final = ("codeartifact:GetPackageVersionAsset", "codeartifact:ReadFromRepository")
# Copying is publishing without a file.
PUBLISHING: Final = (
    "codeartifact:CopyPackageVersions",
    "codeartifact:PublishPackageVersion",
    "codeartifact:PutPackageMetadata",
)
# A version that was deleted can be published anew with other content. `DisposePackageVersions` takes the content away and
# keeps the number taken, so a leaked file can still be withdrawn.
DELETING: Final = ("codeartifact:DeletePackage", "codeartifact:DeletePackageVersions")
# On one package it would undo what its group says.
ORIGINS: Final = ("codeartifact:PutPackageOriginConfiguration",)


def domain_policy(readers: Sequence[str], publishers: Mapping[str, Sequence[str]]) -> Document:
    """Of the domain, and so of every repository in it, those that somebody adds by hand included.

    `readers` are ARNs of roles, `publishers` those of each private package.
    """
    everyone_who_publishes = _all(publishers)
    return _document(
        _deny("TokensForReadersAndPublishers", TOKEN, {*readers, *everyone_who_publishes}),
        _deny("PublishersOnly", PUBLISHING, everyone_who_publishes),
        _deny("GroupsDecideOnOrigins", ORIGINS),
    )


def internal_policy(
    readers: Sequence[str],
    publishers: Mapping[str, Sequence[str]],
    *,
    account_id: str,
    region: str,
) -> Document:
    """Of the repository to which private packages are published, each by its own publishers."""
    place = f"arn:aws:codeartifact:{region}:{account_id}:package/{DOMAIN}/{INTERNAL}/pypi//"
    return _document(
        # Whoever publishes asks first what is there.
        _deny("ReadersOnly", READING, {*readers, *_all(publishers)}),
        _deny("VersionsStay", DELETING),
        *(
            _deny(f"Publish{_sid(name)}", PUBLISHING, set(roles), f"{place}{name}")
            for name, roles in sorted(publishers.items())
        ),
    )


def store_policy() -> Document:
    """Of the repository that keeps public packages: nobody publishes there."""
    return _document(_deny("NobodyPublishes", PUBLISHING))


def role_problems(readers: Sequence[str], publishers: Mapping[str, Sequence[str]]) -> list[str]:
    """Readers and publishers that are none; empty when each is a role by its whole name."""
    problems = [] if readers else ["at least one role may install packages, got none"]
    problems += [
        f"at least one role publishes {name}, got none"
        for name, roles in publishers.items()
        if not roles
    ]
    return problems + [
        f"a reader or publisher is the ARN of a role by its whole name, got {each}"
        for each in sorted({*readers, *_all(publishers)})
        if not ROLE.fullmatch(each)
    ]


def _deny(
    sid: str, actions: Sequence[str], but: set[str] | None = None, resource: str = "*"
) -> Document:
    # Of a session, the key holds the ARN of its role.
    unless = {"Condition": {"ArnNotLike": {"aws:PrincipalArn": sorted(but)}}} if but else {}
    return {
        "Sid": sid,
        "Effect": "Deny",
        "Principal": "*",
        "Action": sorted(actions),
        "Resource": resource,  # "*": what carries the policy, and all that is in it
        **unless,
    }


def _document(*statements: Document) -> Document:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _all(publishers: Mapping[str, Sequence[str]]) -> set[str]:
    return {role for roles in publishers.values() for role in roles}


def _sid(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
