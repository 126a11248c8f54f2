"""A mistake in one value hides no mistake in its neighbours, and brings none that nobody made."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from stacks.catalogue import CATALOGUE
from stacks.validation import examine
from tests.stacks.example import EXAMPLE


def told(changed: dict[str, Any]) -> list[str]:
    _, problems = examine(changed, stack="staging", catalogue=CATALOGUE)
    return sorted(str(each) for each in problems)


def changed(place: str, value: object, *more: tuple[str, object]) -> dict[str, Any]:
    config = yaml.safe_load(EXAMPLE)["config"]
    result: dict[str, Any] = {key.removeprefix("turnstay:"): each for key, each in config.items()}
    for path, new in ((place, value), *more):
        *holders, last = path.split("/")
        holder: Any = result
        for key in holders:
            holder = holder[key]
        if new is None:
            del holder[last]
        else:
            holder[last] = new
    return result


def test_two_mistakes_in_one_service_are_both_told() -> None:
    found = told(
        changed(
            "services/turnstay_api/memory_mib", "1024", ("services/turnstay_api/host", "a.b.com")
        )
    )
    assert len(found) == 2
    assert "is not under edge.domain" in found[0]
    assert "is text; write the number without quotes" in found[1]


def test_a_wrong_count_beside_a_wrong_zone_is_told() -> None:
    found = told(
        changed(
            "network/nat_gateways",
            "none",
            ("network/availability_zones", ["us-east-1a", "us-east-1b"]),
        )
    )
    assert len(found) == 3


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("services/turnstay_api/memory_mib", "1024"),
        ("services/turnstay_api/cpu", None),
        ("services/turnstay_api/host", 7),
        ("services/turnstay_api/max_tasks", "4"),
        ("services/recon/capacity", 1),
        ("services/ledger/environment", []),
        ("edge/domain", 7),
        ("edge/hosted_zone", 7),
        ("edge/deletion_protection", "true"),
        ("network/availability_zones", "eu-west-1a"),
        ("network/cidr", 10),
        ("compute/fargate_vcpu_quota", "64"),
        ("compute/rollout_timeout_seconds", None),
        ("account/region", 7),
    ],
    ids=str,
)
def test_one_mistake_is_told_as_one(place: str, value: object) -> None:
    found = told(changed(place, value))
    assert len(found) == 1
    assert found[0].startswith(place.replace("/", "."))
