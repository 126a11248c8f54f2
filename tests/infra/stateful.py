"""The resources that a rename must not replace, and the URNs under which the engine would still find each."""

from __future__ import annotations

from typing import Final

from tests.engine.recording import Recording
from tests.engine.registration import Registration

STACK: Final = "pulumi:pulumi:Stack"
PROTECTED: Final = frozenset(
    {
        "aws:backup/vault:Vault",
        "aws:cloudwatch/logGroup:LogGroup",  # a year of logs
        "aws:codeartifact/domain:Domain",
        "aws:codeartifact/repository:Repository",
        "aws:ec2/subnet:Subnet",
        "aws:ec2/vpc:Vpc",
        "aws:ecr/repository:Repository",
        "aws:kms/key:Key",
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:rds/instance:Instance",
        "aws:s3/bucket:Bucket",
        "aws:secretsmanager/secret:Secret",
    }
)
"""What holds data, or what everything else stands on."""

STATEFUL: Final = PROTECTED | {
    "aws:ec2/eip:Eip",  # banks and payment partners let these addresses in
    "random:index/randomPassword:RandomPassword",  # another one locks out who has the old
}


def stateful(recording: Recording) -> set[str]:
    """The URNs of today."""
    return {each.urn for each in recording.registrations.values() if each.type in STATEFUL}


def former(recording: Recording) -> set[str]:
    """The URNs that aliases give to stateful resources besides."""
    return {
        urn
        for each in recording.registrations.values()
        if each.type in STATEFUL
        for urn in _aliases(recording, each)
    }


def _aliases(recording: Recording, each: Registration) -> set[str]:
    """Its own aliases, under its parent of today or under an alias of that, and those its parent's aliases imply.

    As the engine does: a child whose name begins with its parent's follows the parent to its former name.
    """
    if not each.parent:
        return set()
    written = {alias for alias in each.aliases if alias.startswith("urn:")}
    names = {each.name, *(alias for alias in each.aliases if not alias.startswith("urn:"))}
    found = written | {_urn(each.parent, each.type, name) for name in names}
    parent = recording.registrations[each.parent]
    for urn in _aliases(recording, parent):
        found |= {_urn(urn, each.type, _renamed(name, parent.name, urn)) for name in names}
    return found - {each.urn}


def _renamed(name: str, parent: str, alias: str) -> str:
    return f"{alias.split('::')[3]}{name.removeprefix(parent)}" if name.startswith(parent) else name


def _urn(parent: str, kind: str, name: str) -> str:
    start, project, above, _ = parent.split("::", 3)
    kinds = kind if above == STACK else f"{above}${kind}"
    return f"{start}::{project}::{kinds}::{name}"
