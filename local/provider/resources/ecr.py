"""Image repositories."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.tags import pairs
from local.provider.values import Props, picked


class Repository(Handler):
    """aws.ecr.Repository."""

    type = "aws:ecr/repository:Repository"
    inputs = words(
        "encryptionConfigurations forceDelete imageScanningConfiguration imageTagMutability"
        " imageTagMutabilityExclusionFilters name tags"
    )
    replace = words("encryptionConfigurations name")
    computed = ("arn", "registryId", "repositoryUrl")
    unread = words("forceDelete")
    filled = words("encryptionConfigurations")
    autoname = Autoname(longest=256, lower=True)
    tagging = "ecr"

    def create(self, aws: Aws, new: Props) -> str:
        optional = {
            "encryptionConfiguration": (new.get("encryptionConfigurations") or [None])[0],
            "imageScanningConfiguration": new.get("imageScanningConfiguration"),
            "imageTagMutabilityExclusionFilters": new.get("imageTagMutabilityExclusionFilters"),
        }
        aws("ecr").create_repository(
            repositoryName=new["name"],
            imageTagMutability=new.get("imageTagMutability", "MUTABLE"),
            tags=pairs(new["tagsAll"]),
            **{key: value for key, value in optional.items() if value},
        )
        return str(new["name"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("ecr").describe_repositories(repositoryNames=[identity])["repositories"][0]
        encryption = found.get("encryptionConfiguration")
        return {
            **picked(
                found,
                arn="repositoryArn",
                imageScanningConfiguration="imageScanningConfiguration",
                imageTagMutability="imageTagMutability",
                imageTagMutabilityExclusionFilters="imageTagMutabilityExclusionFilters",
                name="repositoryName",
                registryId="registryId",
                repositoryUrl="repositoryUri",
            ),
            "encryptionConfigurations": [encryption] if encryption else [],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        filters = new.get("imageTagMutabilityExclusionFilters")
        aws("ecr").put_image_tag_mutability(
            repositoryName=identity,
            imageTagMutability=new.get("imageTagMutability", "MUTABLE"),
            **({"imageTagMutabilityExclusionFilters": filters} if filters else {}),
        )
        aws("ecr").put_image_scanning_configuration(
            repositoryName=identity,
            imageScanningConfiguration=new.get("imageScanningConfiguration")
            or {"scanOnPush": False},
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ecr").delete_repository(repositoryName=identity, force=state.get("forceDelete", False))


class RepositoryDocument(Handler):
    """What the two JSON documents of a repository have in common."""

    inputs = words("policy repository")
    replace = words("repository")
    computed = ("registryId",)

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["repository"], {}, new)
        return str(new["repository"])


class LifecyclePolicy(RepositoryDocument):
    """aws.ecr.LifecyclePolicy: which images a repository forgets."""

    type = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
    # The API cannot change it, and the provider's schema agrees: another policy is another resource.
    replace = RepositoryDocument.inputs

    def create(self, aws: Aws, new: Props) -> str:
        aws("ecr").put_lifecycle_policy(
            repositoryName=new["repository"], lifecyclePolicyText=new["policy"]
        )
        return str(new["repository"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        return picked(
            aws("ecr").get_lifecycle_policy(repositoryName=identity),
            policy="lifecyclePolicyText",
            registryId="registryId",
            repository="repositoryName",
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ecr").delete_lifecycle_policy(repositoryName=identity)


class RepositoryPolicy(RepositoryDocument):
    """aws.ecr.RepositoryPolicy: who else may use a repository."""

    type = "aws:ecr/repositoryPolicy:RepositoryPolicy"

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        return picked(
            aws("ecr").get_repository_policy(repositoryName=identity),
            policy="policyText",
            registryId="registryId",
            repository="repositoryName",
        )

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("ecr").set_repository_policy(repositoryName=identity, policyText=new["policy"])

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ecr").delete_repository_policy(repositoryName=identity)


HANDLERS: Final = (Repository(), LifecyclePolicy(), RepositoryPolicy())
