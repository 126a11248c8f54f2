"""The types of CodeArtifact."""

from __future__ import annotations

import json

from tests.local.provider.case import Case, fresh
from tests.local.provider.driver import Resource


def _nobody(action: str) -> str:
    statement = {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _place(repository: Resource) -> dict[str, str]:
    return {each: repository.outputs[each] for each in ("domain", "repository")}


PACKAGES: dict[str, Case] = {
    "package domain": Case(
        type="aws:codeartifact/domain:Domain",
        inputs=lambda need: {
            "domain": fresh("domain-#"),
            "encryptionKey": need("key").outputs["arn"],
            "tags": {"service": "all"},
        },
        updates=({"tags": None},),
        replaces=({"domain": "other"},),
    ),
    "package store": Case(
        type="aws:codeartifact/repository:Repository",
        inputs=lambda need: {
            "domain": need("package domain").outputs["domain"],
            "repository": fresh("store-#"),
            "description": "public packages",
            "externalConnections": {"externalConnectionName": "public:pypi"},
        },
        updates=(
            {"externalConnections": None},
            {"externalConnections": {"externalConnectionName": "public:npmjs"}},
            {"description": "other"},
        ),
        replaces=({"repository": "other"},),
        drift=lambda aws, store: aws("codeartifact").disassociate_external_connection(
            **_place(store), externalConnection="public:pypi"
        ),
        drifted="externalConnections",
    ),
    "package repository": Case(
        type="aws:codeartifact/repository:Repository",
        inputs=lambda need: {
            "domain": need("package domain").outputs["domain"],
            "repository": fresh("internal-#"),
            "upstreams": [{"repositoryName": need("package store").outputs["repository"]}],
        },
        updates=({"upstreams": None},),
        drift=lambda aws, repository: aws("codeartifact").update_repository(
            **_place(repository), upstreams=[]
        ),
        drifted="upstreams",
    ),
    "package domain policy": Case(
        type="aws:codeartifact/domainPermissions:DomainPermissions",
        inputs=lambda need: {
            "domain": need("package domain of policy").outputs["domain"],
            "policyDocument": _nobody("codeartifact:GetAuthorizationToken"),
        },
        updates=({"policyDocument": _nobody("codeartifact:*")},),
        drift=lambda aws, policy: aws("codeartifact").put_domain_permissions_policy(
            domain=policy.outputs["domain"], policyDocument=_nobody("codeartifact:List*")
        ),
        drifted="policyDocument",
    ),
    "package repository policy": Case(
        type="aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy",
        inputs=lambda need: {
            **_place(need("package store of policy")),
            "policyDocument": _nobody("codeartifact:PublishPackageVersion"),
        },
        updates=({"policyDocument": _nobody("codeartifact:*")},),
        drift=lambda aws, policy: aws("codeartifact").put_repository_permissions_policy(
            **_place(policy), policyDocument=_nobody("codeartifact:ReadFromRepository")
        ),
        drifted="policyDocument",
    ),
}
