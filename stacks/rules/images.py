"""Which image a service may run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stacks.catalogue import Service
from stacks.draft import Draft
from stacks.errors import Problem
from stacks.names import repository_name
from stacks.wording import shown

# An image in the private registry of some account.
_PRIVATE: Final = re.compile(r"(?P<registry>[0-9]+\.dkr\.ecr\.[^/]+)/(?P<repository>[^:@]+)")


def check_images(draft: Draft) -> Iterator[Problem]:
    """An image is pinned where it must be, and neither another account's nor another service's."""
    for service, settings in draft.each_service():
        image, place = settings.image, ("services", service.name, "image")
        if image is None:
            continue
        if draft.image_digest_required and "@sha256:" not in image:
            text = f"{shown(place, image)} has no digest, and a tag may move; write …@sha256:…"
            yield Problem(place=place, text=text)
        whose = _foreign(draft, service, image)
        if whose is not None:
            yield Problem(place=place, text=f"{shown(place, image)} {whose}")


def _foreign(draft: Draft, service: Service, image: str) -> str | None:
    private = _PRIVATE.match(image)
    if private is None or draft.account is None or draft.stack is None:
        return None
    registry = f"{draft.account.id}.dkr.ecr.{draft.account.region}.amazonaws.com"
    if private["registry"] != registry:
        return f"is in the registry of another account or region than {registry}"
    owners = {repository_name(draft.stack, name): name for name in draft.catalogue}
    owner = owners.get(private["repository"], service.name)
    return None if owner == service.name else f"is an image of {owner}"
