"""CodeArtifact: who may use a domain and a repository."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import ClassVar, Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.resources.codeartifact import names_in
from local.provider.values import Props, picked


class DomainPolicy(Handler):
    """aws.codeartifact.DomainPermissions."""

    type = "aws:codeartifact/domainPermissions:DomainPermissions"
    inputs = words("domain policyDocument")
    replace = words("domain")
    computed = ("domainOwner", "policyRevision", "resourceArn")
    kind: ClassVar = "domain"

    def create(self, aws: Aws, new: Props) -> str:
        return str(self._put(aws, new)["resourceArn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        read = getattr(aws("codeartifact"), f"get_{self.kind}_permissions_policy")
        policy = read(**self._place(identity))["policy"]
        return {
            **self._place(identity),
            **picked(
                policy,
                policyDocument="document",
                policyRevision="revision",
                resourceArn="resourceArn",
            ),
            "domainOwner": aws.account_id,
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        self._put(aws, new)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        drop = getattr(aws("codeartifact"), f"delete_{self.kind}_permissions_policy")
        drop(**self._place(identity))

    def _put(self, aws: Aws, new: Props) -> Props:
        put = getattr(aws("codeartifact"), f"put_{self.kind}_permissions_policy")
        place = {key: new[key] for key in self.replace}
        return dict(put(**place, policyDocument=new["policyDocument"])["policy"])

    def _place(self, identity: str) -> Props:
        return {"domain": names_in(identity)[0]}


class RepositoryPolicy(DomainPolicy):
    """aws.codeartifact.RepositoryPermissionsPolicy."""

    type = "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy"
    inputs = words("domain policyDocument repository")
    replace = words("domain repository")
    kind = "repository"

    def _place(self, identity: str) -> Props:
        domain, repository = names_in(identity)
        return {"domain": domain, "repository": repository}


HANDLERS: Final = (DomainPolicy(), RepositoryPolicy())
