"""The identities of the pipeline fit the rest of the stack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from stacks.delivery_settings import UNKNOWN_ID, DeliverySettings, RepositorySettings
from stacks.draft import Draft
from stacks.errors import Place, Problem
from stacks.names import deploy_role_name
from stacks.wording import unknown_key


def check_delivery(draft: Draft) -> Iterator[Problem]:
    """Known services and packages, ids that are not somebody else's, and a deploy role that may read what it sets."""
    delivery = draft.delivery
    if delivery is None:
        return
    for name in delivery.services:
        if name not in draft.catalogue:
            yield unknown_key(("delivery", "services", name), draft.catalogue, delivery.services)
    for name in delivery.packages:
        if not re.fullmatch("(?=.{1,40}$)turnstay(-[a-z0-9]+)+", name):  # a role is called so
            text = "is no private package: turnstay-… in lower case, at most 40 characters"
            yield Problem(place=("delivery", "packages", name), text=text)
    yield from _ids(delivery)
    yield from _deploys(draft)


def _ids(delivery: DeliverySettings) -> Iterator[Problem]:
    """One number is one repository: a copied line would let another repository in."""
    github = delivery.github
    own = RepositorySettings(repository=github.repository, repository_id=github.repository_id)
    names: dict[int, str] = {}
    numbers: dict[str, int] = {}
    for place, each in _repositories(delivery, own):
        number = each.repository_id
        if number == UNKNOWN_ID:
            continue
        if (other := names.setdefault(number, each.repository)) != each.repository:
            text = f"{number} is already the number of {other}; gh api repos/{github.organisation}/{each.repository}"
            yield Problem(place=place, text=f"{text} --jq .id tells this one's")
        elif (known := numbers.setdefault(each.repository, number)) != number:
            yield Problem(
                place=place, text=f"{number} is not the number {known} that {each.repository} has elsewhere"
            )  # fmt: skip


def _repositories(
    delivery: DeliverySettings, own: RepositorySettings
) -> Iterator[tuple[Place, RepositorySettings]]:
    yield ("delivery", "github", "repository_id"), own
    groups: Mapping[str, Mapping[str, RepositorySettings]] = {
        "services": delivery.services,
        "packages": delivery.packages,
    }
    for group, repositories in groups.items():
        for name, each in repositories.items():
            yield ("delivery", group, name, "repository_id"), each


def _deploys(draft: Draft) -> Iterator[Problem]:
    """A secret's policy denies its value to all but the readers, and an update reads what it has set."""
    if draft.account is None or draft.stack is None or not draft.account.secret_readers:
        return
    role = deploy_role_name(draft.stack)
    if role not in draft.account.secret_readers:
        text = f"lacks {role}: the pipeline's own updates would be denied the values that they set"
        yield Problem(place=("account", "secret_readers"), text=text)
