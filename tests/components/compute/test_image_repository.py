from __future__ import annotations

import pytest

from components.compute.image_repository import ImageRepository, ImageRepositoryArgs
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn
from tests.engine.recording import Recording, record

KEY = arn("kms", "key/images")


def args(images_kept: int = 30, *, protect: bool = True) -> ImageRepositoryArgs:
    return ImageRepositoryArgs(
        repository_name="turnstay-staging/ledger",
        key_arn=KEY,
        images_kept=images_kept,
        protect=protect,
        tags={"service": "ledger"},
    )


def recorded(*, protect: bool = True) -> Recording:
    def program() -> None:
        ImageRepository("ledger", args(protect=protect))

    return record(program)


def test_tags_never_move_images_are_scanned_and_encrypted_with_our_key() -> None:
    repository = recorded().one("aws:ecr/repository:Repository", "ledger-repository")
    assert repository.inputs == {
        "name": "turnstay-staging/ledger",
        "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}],
        "imageScanningConfiguration": {"scanOnPush": True},
        "forceDelete": False,
        "imageTagMutability": "IMMUTABLE",
        "tags": {"service": "ledger"},
    }


@pytest.mark.parametrize("protect", [True, False])
def test_the_repository_is_protected_as_the_settings_say(protect: bool) -> None:
    repository = recorded(protect=protect).one("aws:ecr/repository:Repository", "ledger-repository")
    assert repository.protect is protect
    assert repository.inputs["forceDelete"] is not protect


def test_no_number_of_builds_expires_what_was_deployed() -> None:
    policy = recorded().one("aws:ecr/lifecyclePolicy:LifecyclePolicy", "ledger-lifecycle")
    assert policy.inputs["repository"] == "turnstay-staging/ledger"
    rules = [
        (each["rulePriority"], each["selection"], each["action"])
        for each in policy.json("policy")["rules"]
    ]
    expire = {"type": "expire"}
    assert rules == [
        (
            1,
            {
                "tagStatus": "tagged",
                "tagPatternList": ["deployed-*"],
                "countType": "imageCountMoreThan",
                "countNumber": 1000,
            },
            expire,
        ),
        (
            2,
            {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 30,
            },
            expire,
        ),
        (
            3,
            {
                "tagStatus": "tagged",
                "tagPatternList": ["*"],
                "countType": "imageCountMoreThan",
                "countNumber": 30,
            },
            expire,
        ),
    ]


def test_with_one_image_there_would_be_nothing_to_go_back_to() -> None:
    with pytest.raises(ValueError, match="images_kept is at least 2, got 1"):
        args(1)


def test_no_input_is_misspelt() -> None:
    assert [x for each in recorded().registrations.values() for x in unknown_properties(each)] == []
