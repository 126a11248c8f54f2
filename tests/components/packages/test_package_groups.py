"""Package groups brought about, in an account in memory."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from botocore.exceptions import ClientError

from components.packages.group_client import read_groups
from components.packages.origin_controls import origin_controls
from components.packages.package_groups import (
    GroupChange,
    OriginControlsError,
    apply_groups,
    deviations,
)

NAMES = ["turnstay-common", "turnstay-recon-client"]
WANTED = origin_controls(NAMES)
OURS, COMMON = "/pypi//turnstay~", "/pypi//turnstay-common$"


def apply(
    client: Any, wanted: Any = WANTED, dropped: tuple[str, ...] = (), seconds: float = 0.01
) -> list[str]:
    """What is reported."""
    said: list[str] = []
    change = GroupChange(domain="turnstay", wanted=wanted, dropped=dropped)
    asyncio.run(apply_groups(change, client, said.append, timeout_seconds=seconds))
    return said


def test_a_new_domain_gets_every_group_and_a_second_time_nothing_is_written(client: Any) -> None:
    first = apply(client)
    written: list[str] = []
    client.meta.events.register(
        "before-call.codeartifact", lambda model, **_: written.append(model.name)
    )
    second = apply(client)
    assert first == [
        (
            "turnstay: /* put right, /pypi//turnstay~ made, /pypi//turnstay-common$ made,"
            " /pypi//turnstay-recon-client$ made"
        )
    ]
    assert second == ["turnstay: every package group was as wanted"]
    assert {each.split("Package")[0] for each in written} == {"List", "Describe", "ListAllowedRepositoriesForGroup"}  # fmt: skip
    assert read_groups(client, "turnstay") == {each["pattern"]: each for each in WANTED}


DRIFTS: list[tuple[str, dict[str, Any], str]] = [
    ("look-alikes are let in", {"packageGroup": OURS, "restrictions": {"EXTERNAL_UPSTREAM": "ALLOW"}},
     f"{OURS}: EXTERNAL_UPSTREAM is ALLOW, must be BLOCK"),
    ("the upstream is opened", {"packageGroup": COMMON, "restrictions": {"INTERNAL_UPSTREAM": "INHERIT"}},
     f"{COMMON}: INTERNAL_UPSTREAM is INHERIT, must be BLOCK"),
    ("anybody's package is published", {"packageGroup": "/*", "restrictions": {"PUBLISH": "ALLOW"}},
     "/*: PUBLISH is ALLOW, must be BLOCK"),
    ("it is published elsewhere", {"packageGroup": COMMON, "addAllowedRepositories":
      [{"repositoryName": "pypi-store", "originRestrictionType": "PUBLISH"}]},
     (f"{COMMON}: PUBLISH is ALLOW_SPECIFIC_REPOSITORIES (internal, pypi-store),"
     " must be ALLOW_SPECIFIC_REPOSITORIES (internal)")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "told"), [each[1:] for each in DRIFTS], ids=[each[0] for each in DRIFTS])  # fmt: skip
def test_what_was_changed_by_hand_is_told_and_put_right(
    client: Any, change: dict[str, Any], told: str
) -> None:
    apply(client)
    client.update_package_group_origin_configuration(domain="turnstay", **change)
    assert deviations("turnstay", WANTED, client) == [told]
    assert apply(client) == [f"turnstay: {change['packageGroup']} put right"]
    assert deviations("turnstay", WANTED, client) == []


def test_a_group_that_is_missing_is_told_and_made(client: Any) -> None:
    apply(client)
    client.delete_package_group(domain="turnstay", packageGroup=OURS)
    assert deviations("turnstay", WANTED, client) == [f"{OURS}: is missing"]
    assert apply(client) == [f"turnstay: {OURS} made"]


def test_a_group_of_somebody_else_is_refused_by_its_name_and_not_touched(client: Any) -> None:
    hole = "/pypi//turnstay-next$"
    client.create_package_group(domain="turnstay", packageGroup=hole)
    with pytest.raises(OriginControlsError) as error:
        apply(client)
    assert str(error.value).splitlines() == [
        "turnstay: 1 package group is not as wanted, so packages might come from where they must not",
        (
            f"  {hole}: is not of this program; to remove it: aws codeartifact delete-package-group"
            f" --domain turnstay --package-group '{hole}'"
        ),
        "  remove what is not of this program, then run the update again",
    ]
    assert hole in read_groups(client, "turnstay")


def test_a_package_that_is_no_longer_private_loses_its_group(client: Any) -> None:
    apply(client)
    fewer = origin_controls(NAMES[:1])
    gone = "/pypi//turnstay-recon-client$"
    assert apply(client, fewer, (gone,)) == [f"turnstay: {gone} removed"]
    assert apply(client, fewer, (gone,)) == ["turnstay: every package group was as wanted"]


def test_what_aws_has_not_taken_over_fails_the_update(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply(client)
    client.update_package_group_origin_configuration(
        domain="turnstay", packageGroup=OURS, restrictions={"EXTERNAL_UPSTREAM": "ALLOW"}
    )
    monkeypatch.setattr(client, "update_package_group_origin_configuration", lambda **_: {})
    with pytest.raises(OriginControlsError, match="EXTERNAL_UPSTREAM is ALLOW, must be BLOCK"):
        apply(client)


def test_a_repository_that_is_not_there_is_aws_s_own_refusal(client: Any) -> None:
    client.delete_repository(domain="turnstay", repository="internal")
    with pytest.raises(ClientError, match="Repository not found: internal"):
        apply(client)
