"""CodeArtifact: domains and repositories."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.tags import pairs
from local.provider.values import Props, picked


class Domain(Handler):
    """aws.codeartifact.Domain. Its id is its ARN, as that of everything here."""

    type = "aws:codeartifact/domain:Domain"
    inputs = words("domain encryptionKey tags")
    replace = words("domain encryptionKey")
    computed = (
        *("arn", "assetSizeBytes", "createdTime", "encryptionKey", "owner"),
        *("repositoryCount", "s3BucketArn"),
    )
    tagging = "codeartifact"

    def create(self, aws: Aws, new: Props) -> str:
        key = {"encryptionKey": new["encryptionKey"]} if new.get("encryptionKey") else {}
        tags = pairs(new["tagsAll"], "key", "value")
        made = aws("codeartifact").create_domain(domain=new["domain"], tags=tags, **key)
        return str(made["domain"]["arn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("codeartifact").describe_domain(domain=names_in(identity)[0])["domain"]
        return {
            **picked(
                found,
                arn="arn",
                domain="name",
                encryptionKey="encryptionKey",
                owner="owner",
                repositoryCount="repositoryCount",
                s3BucketArn="s3BucketArn",
            ),
            "assetSizeBytes": str(found["assetSizeBytes"]),
            "createdTime": found["createdTime"].isoformat(),
        }

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("codeartifact").delete_domain(domain=names_in(identity)[0])


class Repository(Handler):
    """aws.codeartifact.Repository, with at most one external connection."""

    type = "aws:codeartifact/repository:Repository"
    inputs = words("description domain domainOwner externalConnections repository tags upstreams")
    replace = words("domain domainOwner repository")
    computed = ("administratorAccount", "arn", "domainOwner")
    filled = words("externalConnections")
    tagging = "codeartifact"

    def create(self, aws: Aws, new: Props) -> str:
        made = aws("codeartifact").create_repository(
            domain=new["domain"],
            repository=new["repository"],
            description=new.get("description") or "",
            upstreams=new.get("upstreams") or [],
            tags=pairs(new["tagsAll"], "key", "value"),
        )["repository"]
        with existing(made["arn"]):
            self._connect(aws, {}, new)
        return str(made["arn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        domain, name = names_in(identity)
        found = aws("codeartifact").describe_repository(domain=domain, repository=name)
        return {
            **picked(
                found["repository"],
                administratorAccount="administratorAccount",
                arn="arn",
                description="description",
                domain="domainName",
                domainOwner="domainOwner",
                repository="name",
                upstreams="upstreams",
            ),
            "externalConnections": next(iter(found["repository"]["externalConnections"]), None),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        self._connect(aws, old, {})
        aws("codeartifact").update_repository(
            domain=new["domain"],
            repository=new["repository"],
            description=new.get("description") or "",
            upstreams=new.get("upstreams") or [],
        )
        self._connect(aws, {}, new)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        domain, name = names_in(identity)
        aws("codeartifact").delete_repository(domain=domain, repository=name)

    def _connect(self, aws: Aws, before: Props, after: Props) -> None:
        client = aws("codeartifact")
        for each, operation in (
            (before, client.disassociate_external_connection),
            (after, client.associate_external_connection),
        ):
            if connection := each.get("externalConnections"):
                operation(
                    domain=each["domain"],
                    repository=each["repository"],
                    externalConnection=connection["externalConnectionName"],
                )


def names_in(arn: str) -> list[str]:
    """The domain, and the repository if it is of one."""
    # …:domain/DOMAIN, …:repository/DOMAIN/REPOSITORY
    return arn.split(":", 5)[5].split("/")[1:]


HANDLERS: Final = (Domain(), Repository())
