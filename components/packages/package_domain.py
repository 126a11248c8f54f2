"""Where private Python packages are published, and from where everything is installed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.packages.names import DOMAIN, INTERNAL, PUBLIC, STORE
from components.packages.origin_controls import private_package_problems
from components.packages.origin_controls_gate import OriginControlsGate, OriginControlsGateArgs
from components.packages.package_policies import (
    Document,
    domain_policy,
    internal_policy,
    role_problems,
    store_policy,
)


@dataclass(frozen=True, kw_only=True)
class PackageDomainArgs:
    """Inputs of PackageDomain."""

    account_id: str
    region: str
    """The provider's."""
    key_arn: pulumi.Input[str]
    """Of a symmetric key. Another one would be another domain."""
    readers: Sequence[str]
    """ARNs of the roles that install packages."""
    publishers: Mapping[str, Sequence[str]]
    """Private package -> ARNs of the roles that publish it."""
    protect: bool
    groups_timeout_seconds: float = 120.0
    """Until AWS has to show the package groups that were written; new ones are there with a delay."""

    def __post_init__(self) -> None:
        problems = private_package_problems(sorted(self.publishers))
        problems += role_problems(self.readers, self.publishers)
        if problems:
            raise ValueError(f"package domain: {'; '.join(problems)}")


class PackageDomain(pulumi.ComponentResource):
    """One repository to install from, whose own packages nobody outside can shadow.

    `internal` takes private packages, and public ones by way of `pypi-store`, which has the only connection to PyPI. Who
    may install is let in once the package groups hold. No VPC endpoint leads here: packages are installed while an image
    is built, outside the VPC, and no task installs any.
    """

    domain_arn: pulumi.Output[str]
    internal_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: PackageDomainArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:packages:PackageDomain", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        kept = pulumi.ResourceOptions(parent=self, protect=args.protect)

        domain = aws.codeartifact.Domain(
            f"{name}-domain", domain=DOMAIN, encryption_key=args.key_arn, opts=kept
        )
        store = aws.codeartifact.Repository(
            f"{name}-store",
            domain=domain.domain,
            repository=STORE,
            description="public packages, as they were when they were first asked for",
            external_connections=aws.codeartifact.RepositoryExternalConnectionsArgs(
                external_connection_name=PUBLIC
            ),
            opts=kept,
        )
        internal = aws.codeartifact.Repository(
            f"{name}-internal",
            domain=domain.domain,
            repository=INTERNAL,
            description="private packages, and public ones by way of the store",
            upstreams=[aws.codeartifact.RepositoryUpstreamArgs(repository_name=store.repository)],
            opts=kept,
        )
        gate = OriginControlsGate(
            f"{name}-groups",
            OriginControlsGateArgs(
                account_id=args.account_id,
                region=args.region,
                domain=DOMAIN,
                domain_arn=domain.arn,
                repository_arns=[internal.arn, store.arn],
                private_packages=sorted(args.publishers),
                timeout_seconds=args.groups_timeout_seconds,
            ),
            opts=child,
        )
        aws.codeartifact.DomainPermissions(
            f"{name}-domain-policy",
            domain=gate.domain,
            policy_document=_text(domain_policy(args.readers, args.publishers)),
            opts=child,
        )
        policies = {
            "internal": (
                internal,
                internal_policy(
                    args.readers,
                    args.publishers,
                    account_id=args.account_id,
                    region=args.region,
                ),
            ),
            "store": (store, store_policy()),
        }
        for each, (repository, document) in policies.items():
            aws.codeartifact.RepositoryPermissionsPolicy(
                f"{name}-{each}-policy",
                domain=gate.domain,
                repository=repository.repository,
                policy_document=_text(document),
                opts=child,
            )

        self.domain_arn = domain.arn
        self.internal_arn = internal.arn
        self.register_outputs({"domain_arn": self.domain_arn, "internal_arn": self.internal_arn})


def _text(document: Document) -> str:
    return json.dumps(document, sort_keys=True)
