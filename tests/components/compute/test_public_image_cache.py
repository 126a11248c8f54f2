"""Public images come through the account's own registry."""

from __future__ import annotations

import pulumi

from components.compute.public_image_cache import PublicImageCache, PublicImageCacheArgs
from tests.engine.lint import unknown_properties
from tests.engine.recording import Recording, record

POSTGRES = "docker/library/postgres"


def recorded(*, preview: bool = False) -> Recording:
    def program() -> None:
        args = PublicImageCacheArgs(
            account_id="111122223333", region="eu-west-1", prefix="ecr-public"
        )
        cache = PublicImageCache("images", args)
        pulumi.export("image", cache.image(POSTGRES, "17"))
        pulumi.export("arn", cache.repository_arn(POSTGRES))

    return record(program, preview=preview)


def test_the_rule_leads_to_amazons_public_registry() -> None:
    recording = recorded()
    rule = recording.one("aws:ecr/pullThroughCacheRule:PullThroughCacheRule", "images-rule")
    assert rule.inputs == {
        "ecrRepositoryPrefix": "ecr-public",
        "upstreamRegistryUrl": "public.ecr.aws",
    }
    assert rule.protect is False
    assert [
        each for own in recording.registrations.values() for each in unknown_properties(own)
    ] == []


def test_an_image_and_its_repository_are_named_by_the_rule() -> None:
    for preview in (False, True):
        assert recorded(preview=preview).exports == {
            "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/docker/library/postgres:17",
            "arn": "arn:aws:ecr:eu-west-1:111122223333:repository/ecr-public/docker/library/postgres",
        }
