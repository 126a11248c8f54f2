"""What a service's and a package's own repository may do in the real stacks, as IAM would judge it."""

from __future__ import annotations

import pytest

from tests.engine.outputs import arn
from tests.engine.platform import STACKS
from tests.infra.owners import SLUGS
from tests.infra.places import account
from tests.infra.roles_of import role


@pytest.mark.parametrize("stack", STACKS)
def test_a_release_pushes_to_its_own_images_alone(stack: str) -> None:
    for slug in SLUGS:
        found = role(stack, f"turnstay-{stack}-release-{slug}")
        images = arn("ecr", f"repository/turnstay-{stack}/{slug}")
        for action in ("PutImage", "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload"):
            assert found.may(f"ecr:{action}", images)
            for other in set(SLUGS) - {slug}:
                assert not found.may(
                    f"ecr:{action}", arn("ecr", f"repository/turnstay-{stack}/{other}")
                )
        assert found.may("ecr:GetAuthorizationToken")
        for action in ("ecr:BatchDeleteImage", "ecr:SetRepositoryPolicy", "ecr:DeleteRepository"):
            assert not found.may(action, images)
        for action in (
            "ecs:UpdateService",
            "ecs:RegisterTaskDefinition",
            "s3:GetObject",
            "iam:PassRole",
        ):
            assert not found.may(action, "arn:aws:x:::y")


def test_a_package_is_published_by_its_own_repository_and_read_by_builds() -> None:
    def package(name: str) -> str:
        return f"arn:aws:codeartifact:eu-west-1:{account('prod')}:package/turnstay/internal/pypi//{name}"

    bearer = {"sts__AWSServiceName": "codeartifact.amazonaws.com"}
    publish, install = role("prod", "turnstay-publish-turnstay-common"), role(
        "prod", "turnstay-install"
    )
    assert publish.may("codeartifact:PublishPackageVersion", package("turnstay-common"))
    assert not publish.may("codeartifact:PublishPackageVersion", package("turnstay-common-x"))
    assert not publish.may("codeartifact:PublishPackageVersion", package("turnstay-ledger-client"))
    assert not install.may("codeartifact:PublishPackageVersion", package("turnstay-common"))
    repository = f"arn:aws:codeartifact:eu-west-1:{account('prod')}:repository/turnstay/internal"
    for each in (publish, install):
        assert each.may("codeartifact:ReadFromRepository", repository)
        assert each.may("sts:GetServiceBearerToken", **bearer)
        assert not each.may("sts:GetServiceBearerToken")
        assert not each.may("codeartifact:DeletePackageVersions", package("turnstay-common"))
        assert not each.may(
            "codeartifact:PutPackageOriginConfiguration", package("turnstay-common")
        )
