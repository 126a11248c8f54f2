"""Controls on private packages: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.engine.recording import Recording
from tests.engine.registration import Registration

DOMAIN: Final = "aws:codeartifact/domain:Domain"
DOMAIN_POLICY: Final = "aws:codeartifact/domainPermissions:DomainPermissions"
REPOSITORY: Final = "aws:codeartifact/repository:Repository"
POLICY: Final = "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy"
STASH: Final = "pulumi:index:Stash"
PUBLISH: Final = "codeartifact:PublishPackageVersion"
TOKEN: Final = "codeartifact:GetAuthorizationToken"
READ: Final = "codeartifact:ReadFromRepository"
OURS: Final = "/pypi//turnstay"
UPSTREAMS: Final = ("EXTERNAL_UPSTREAM", "INTERNAL_UPSTREAM")


def packages_are_encrypted_with_our_key_and_protected(recording: Recording) -> list[str]:
    """CodeArtifact's own key cannot be audited or withdrawn; a domain that goes takes every private package with it."""
    return [
        f"{each.name}: encrypted with AWS's key"
        for each in recording.all(DOMAIN)
        if not each.inputs.get("encryptionKey")
    ] + [
        f"{each.name}: not protected"
        for each in (*recording.all(DOMAIN), *recording.all(REPOSITORY))
        if not each.protect
    ]


def one_repository_is_open_to_the_outside(recording: Recording) -> list[str]:
    """And nobody publishes there: what it has is public."""
    repositories = recording.all(REPOSITORY)
    opened = [each for each in repositories if each.inputs.get("externalConnections")]
    several = repositories and len(opened) != 1
    return [f"{len(opened)} repositories are open to the outside"] * bool(several) + [
        f"{each.name}: open to the outside, and published to"
        for each in opened
        if not any(_refuses(policy, PUBLISH, all_of=True) for policy in _policies(recording, each))
    ]


def nothing_of_ours_comes_from_outside(recording: Recording) -> list[str]:
    """Whatever is called after the company, published or not: no upstream, inner or outer."""
    findings = []
    for name, groups in _groups(recording):
        ours = {pattern: each for pattern, each in groups.items() if pattern.startswith(OURS)}
        if f"{OURS}~" not in ours:
            findings.append(f"{name}: names that are not published yet belong to nobody")
        findings += [
            f"{name}: {pattern} takes versions from {origin}"
            for pattern, each in ours.items()
            for origin in UPSTREAMS
            if each["restrictions"].get(origin) != "BLOCK"
        ]
    return findings


def private_packages_alone_are_published(recording: Recording) -> list[str]:
    """Each to a repository that is not open to the outside, and nothing else anywhere."""
    outside = {
        each.inputs["repository"]
        for each in recording.all(REPOSITORY)
        if each.inputs.get("externalConnections")
    }
    findings = []
    for name, groups in _groups(recording):
        for pattern, each in groups.items():
            mode = each["restrictions"].get("PUBLISH")
            if mode == "BLOCK":
                continue
            private = pattern.startswith(OURS) and pattern.endswith("$")
            named = set(each["allowed"].get("PUBLISH", ()))
            if not private or mode != "ALLOW_SPECIFIC_REPOSITORIES" or named & outside or not named:
                findings.append(f"{name}: {pattern} is published by {mode} {sorted(named)}")
    return findings


def packages_are_used_by_named_roles_alone(recording: Recording) -> list[str]:
    """Whatever IAM allows: tokens, publishing, and reading what is private."""
    findings = []
    for domain in recording.all(DOMAIN):
        policies = recording.all(DOMAIN_POLICY)
        findings += [
            f"{domain.name}: {action} is open to everybody whom IAM allows it"
            for action in (TOKEN, PUBLISH)
            if not any(_refuses(each, action) for each in policies)
        ]
    for each in recording.all(REPOSITORY):
        policies = list(_policies(recording, each))
        private = not each.inputs.get("externalConnections")
        if private and not any(_refuses(policy, READ) for policy in policies):
            findings.append(f"{each.name}: {READ} is open to everybody whom IAM allows it")
    return findings + [
        f"{policy.name}: {role} is no role by its name"
        for policy in (*recording.all(DOMAIN_POLICY), *recording.all(POLICY))
        for statement in _statements(policy)
        for role in _spared(statement)
        if ":role/" not in role or (role.endswith("*") and "AWSReservedSSO_" not in role)
    ]


def package_policies_only_deny(recording: Recording) -> list[str]:
    """A right that one gave would hold for accounts that no IAM policy of ours reaches."""
    return [
        f"{policy.name}: {statement['Sid']} allows"
        for policy in (*recording.all(DOMAIN_POLICY), *recording.all(POLICY))
        for statement in _statements(policy)
        if statement["Effect"] != "Deny"
    ]


def _groups(recording: Recording) -> Iterator[tuple[str, dict[str, Any]]]:
    for each in recording.all(STASH):
        held = each.inputs["input"]
        if isinstance(held, dict) and "groups" in held:
            yield each.name, {group["pattern"]: group for group in held["groups"]}


def _policies(recording: Recording, repository: Registration) -> list[Registration]:
    name = repository.inputs["repository"]
    return [each for each in recording.all(POLICY) if each.inputs["repository"] == name]


def _refuses(policy: Registration, action: str, *, all_of: bool = False) -> bool:
    """Whether it denies an action, to everybody or (without `all_of`) to everybody but some."""
    return any(
        (each["Effect"], each["Principal"], each["Resource"]) == ("Deny", "*", "*")
        and action in each["Action"]
        and not (all_of and _spared(each))
        for each in _statements(policy)
    )


def _spared(statement: dict[str, Any]) -> list[str]:
    return list(statement.get("Condition", {}).get("ArnNotLike", {}).get("aws:PrincipalArn", []))


def _statements(policy: Registration) -> list[dict[str, Any]]:
    return list(policy.json("policyDocument")["Statement"])
