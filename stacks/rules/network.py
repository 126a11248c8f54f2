"""The network against the account."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.draft import Draft
from stacks.errors import Problem
from stacks.wording import shown


def check_network(draft: Draft) -> Iterator[Problem]:
    """Every zone is one of the region."""
    if draft.account is None or draft.network is None:
        return
    region = draft.account.region
    for position, zone in enumerate(draft.network.availability_zones):
        if zone[:-1] != region:
            place = ("network", "availability_zones", position)
            yield Problem(
                place=place, text=f"{shown(place, zone)} is no zone of account.region {region}"
            )
