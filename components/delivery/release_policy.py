"""What a service's own repository may do: bring a new image into the service's repository of images, and look it up."""

from __future__ import annotations

from typing import Final

from components.delivery.statements import Arn, Place, Statement, allow

PUSHES: Final = (
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:CompleteLayerUpload",
    "ecr:DescribeImages",
    "ecr:DescribeImageScanFindings",
    "ecr:GetDownloadUrlForLayer",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
)
"""A push asks which layers are there, and a build takes layers of the image before; nothing is deleted or tagged anew."""


def release_statements(place: Place, *, repository_arn: Arn) -> list[Statement]:
    """Push to one repository. The digest reaches the stack by its file: nothing here touches ECS."""
    return [
        # The token names no repository: IAM knows this action only on "*".
        allow("RegistryToken", ["ecr:GetAuthorizationToken"], ["*"], place.in_region),
        allow("Images", PUSHES, [repository_arn]),
    ]
