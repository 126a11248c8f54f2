"""The package domain on the engine: made, left alone, opened by hand, protected, and gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.scenarios.small_stack import SmallStack

pytestmark = pytest.mark.engine

DOMAIN = {"domain": "turnstay"}
OURS = "/pypi//turnstay~"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStack]:
    """A protected domain with one private package. The tests of this file follow one another."""
    with SmallStack(tmp_path_factory.mktemp("packages") / "packages", project="packages") as stack:
        stack.values |= {"protect": True, "private": ["turnstay-common"]}
        yield stack


def client(packages: SmallStack) -> Any:
    return packages.view.client("codeartifact")


def modes(packages: SmallStack) -> dict[str, dict[str, str]]:
    """By group: the effective mode of each origin."""
    groups = client(packages).list_package_groups(**DOMAIN)["packageGroups"]
    found = {}
    for pattern in [each["pattern"] for each in groups]:
        group = client(packages).describe_package_group(**DOMAIN, packageGroup=pattern)
        restrictions = group["packageGroup"]["originConfiguration"]["restrictions"]
        found[pattern] = {origin: each["effectiveMode"] for origin, each in restrictions.items()}
    return found


def test_an_up_makes_domain_repositories_groups_and_policies(packages: SmallStack) -> None:
    made = packages.up()

    assert (
        "turnstay: /* put right, /pypi//turnstay~ made, /pypi//turnstay-common$ made" in made.output
    )
    closed = dict.fromkeys(("EXTERNAL_UPSTREAM", "INTERNAL_UPSTREAM", "PUBLISH"), "BLOCK")
    assert modes(packages) == {
        "/*": {"EXTERNAL_UPSTREAM": "ALLOW", "INTERNAL_UPSTREAM": "ALLOW", "PUBLISH": "BLOCK"},
        OURS: closed,
        "/pypi//turnstay-common$": {**closed, "PUBLISH": "ALLOW_SPECIFIC_REPOSITORIES"},
    }
    policy = client(packages).get_domain_permissions_policy(**DOMAIN)["policy"]["document"]
    assert "role/publish" in policy


def test_a_second_up_changes_nothing(packages: SmallStack) -> None:
    again = packages.up()
    assert set(again.counts) == {"same"}


def test_what_is_opened_by_hand_is_closed_by_an_up_that_refreshes(packages: SmallStack) -> None:
    place = {**DOMAIN, "repository": "internal"}
    before = client(packages).get_repository_permissions_policy(**place)["policy"]["document"]
    client(packages).put_repository_permissions_policy(
        **place, policyDocument=before.replace("role/publish", "role/anybody")
    )
    client(packages).update_repository(**place, upstreams=[])

    repaired = packages.run("repair")

    assert repaired.code == 0, repaired.output
    after = client(packages).get_repository_permissions_policy(**place)["policy"]["document"]
    assert json.loads(after) == json.loads(before)
    upstreams = client(packages).describe_repository(**place)["repository"]["upstreams"]
    assert upstreams == [{"repositoryName": "pypi-store"}]


def test_a_group_that_somebody_added_fails_the_next_change_of_the_groups(
    packages: SmallStack,
) -> None:
    hole = "/pypi//turnstay-next$"
    client(packages).create_package_group(**DOMAIN, packageGroup=hole)
    packages.values |= {"private": ["turnstay-recon-client"], "timeout": 0.1}

    refused = packages.run("up")
    client(packages).delete_package_group(**DOMAIN, packageGroup=hole)
    mended = packages.up()

    assert refused.code == 1
    assert f"{hole}: is not of this program" in refused.output
    assert refused.failed == ["packages-groups-done (Stash)"]
    # Nobody may publish the new package before its group holds.
    assert mended.changes == [
        "update RepositoryPermissionsPolicy packages-internal-policy",
        "update Stash packages-groups-done",
    ]
    assert set(modes(packages)) == {"/*", OURS, "/pypi//turnstay-recon-client$"}


def test_what_is_protected_stays_with_all_its_groups(packages: SmallStack) -> None:
    before = modes(packages)

    refused = packages.run("destroy")

    assert refused.code == 1
    assert "cannot be deleted\n         because it is protected" in refused.output
    assert modes(packages) == before


def test_without_protection_it_all_goes(packages: SmallStack) -> None:
    packages.values["protect"] = False
    packages.up()

    gone = packages.run("destroy")

    assert gone.code == 0, gone.output
    assert client(packages).list_domains()["domains"] == []
