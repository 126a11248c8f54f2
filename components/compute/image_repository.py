"""Where a service's images are pushed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws

from components.compute.image_lifecycle import lifecycle_policy

FEWEST_IMAGES: Final = 2


@dataclass(frozen=True, kw_only=True)
class ImageRepositoryArgs:
    """Inputs of ImageRepository."""

    repository_name: str
    key_arn: pulumi.Input[str]
    images_kept: int
    protect: bool
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.images_kept < FEWEST_IMAGES:
            raise ValueError(
                f"images_kept is at least {FEWEST_IMAGES}, got {self.images_kept}:"
                " with fewer there is nothing to roll back to"
            )


class ImageRepository(pulumi.ComponentResource):
    """A repository whose tags never move, whose images are scanned, and that keeps what is deployed."""

    arn: pulumi.Output[str]
    url: pulumi.Output[str]

    def __init__(
        self, name: str, args: ImageRepositoryArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:ImageRepository", name, {}, opts)

        repository = aws.ecr.Repository(
            f"{name}-repository",
            name=args.repository_name,
            encryption_configurations=[
                aws.ecr.RepositoryEncryptionConfigurationArgs(
                    encryption_type="KMS", kms_key=args.key_arn
                )
            ],
            image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(
                scan_on_push=True
            ),
            image_tag_mutability="IMMUTABLE",
            # ECR deletes no repository that holds images: a stack that may be taken down could not be.
            force_delete=not args.protect,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        aws.ecr.LifecyclePolicy(
            f"{name}-lifecycle",
            repository=repository.name,
            policy=json.dumps(lifecycle_policy(args.images_kept), sort_keys=True),
            opts=pulumi.ResourceOptions(parent=self),
        )

        self.arn = repository.arn
        self.url = repository.repository_url
        self.register_outputs({"arn": self.arn, "url": self.url})
