"""The package domain as it is registered, and its gate as the engine calls it."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.packages.names import index_url
from components.packages.origin_controls import origin_controls
from components.packages.package_domain import PackageDomain
from components.packages.package_groups import deviations
from components.packages.package_policies import domain_policy, internal_policy, store_policy
from tests.components.packages.samples import (
    ACCOUNT,
    INSTALL,
    KEY,
    PUBLISHERS,
    REGION,
    domain_args,
)
from tests.engine.recording import Recording, record

DOMAIN = "aws:codeartifact/domain:Domain"
DOMAIN_POLICY = "aws:codeartifact/domainPermissions:DomainPermissions"
REPOSITORY = "aws:codeartifact/repository:Repository"
POLICY = "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy"
STASH = "pulumi:index:Stash"
HOOK, GATE = "packages-groups", "packages-groups-done"


def recorded(*, preview: bool = False, **changes: Any) -> Recording:
    def program() -> None:
        made = PackageDomain("packages", domain_args(**changes))
        pulumi.export("internal", made.internal_arn)

    return record(program, preview=preview)


def test_the_store_alone_is_open_to_the_outside_and_stands_behind_the_internal_one() -> None:
    recording = recorded()
    internal = recording.one(REPOSITORY, "packages-internal").inputs
    store = recording.one(REPOSITORY, "packages-store").inputs
    assert recording.one(DOMAIN, "packages-domain").inputs == {
        "domain": "turnstay",
        "encryptionKey": KEY,
    }
    assert store["externalConnections"] == {"externalConnectionName": "public:pypi"}
    assert "upstreams" not in store
    assert internal["upstreams"] == [{"repositoryName": "pypi-store"}]
    assert "externalConnections" not in internal


def test_policies_are_those_of_the_documents_and_come_when_the_groups_hold() -> None:
    recording = recorded()
    gate = recording.one(STASH, GATE).urn
    written = {
        "packages-internal-policy": internal_policy(
            [INSTALL], PUBLISHERS, account_id=ACCOUNT, region=REGION
        ),
        "packages-store-policy": store_policy(),
    }
    assert {each.name: each.json("policyDocument") for each in recording.all(POLICY)} == written
    policy = recording.one(DOMAIN_POLICY, "packages-domain-policy")
    assert policy.json("policyDocument") == domain_policy([INSTALL], PUBLISHERS)
    for each in (policy, *recording.all(POLICY)):
        assert gate in each.property_dependencies["domain"]


@pytest.mark.parametrize("protect", [True, False])
def test_what_holds_packages_is_protected_where_the_settings_say_so(
    protect: bool,
) -> None:
    recording = recorded(protect=protect)
    assert {each.protect for each in recording.all(DOMAIN) + recording.all(REPOSITORY)} == {protect}


def test_the_gate_holds_every_group_and_waits_for_what_the_groups_name() -> None:
    gate = recorded().one(STASH, GATE)
    held = gate.inputs["input"]
    assert held["groups"] == origin_controls(sorted(PUBLISHERS))
    assert [each.rpartition("/")[2] for each in held["repositories"]] == ["internal", "pypi-store"]
    assert gate.hooks == {"before_create": (HOOK,), "before_update": (HOOK,)}


def held(*packages: str, region: str = REGION) -> dict[str, Any]:
    arn = f"arn:aws:codeartifact:{region}:{ACCOUNT}:domain/turnstay"
    return {"input": {"domain": arn, "repositories": [], "groups": origin_controls(packages)}}


def test_the_hook_brings_the_groups_about_and_removes_those_of_before(client: Any) -> None:
    recording = recorded()
    both, one = ["turnstay-a", "turnstay-b"], ["turnstay-a"]
    assert recording.run_hook(HOOK, new_inputs=held(*both)) == ""
    assert deviations("turnstay", origin_controls(both), client) == []
    assert recording.run_hook(HOOK, new_inputs=held(*one), old_inputs=held(*both)) == ""
    assert deviations("turnstay", origin_controls(one), client) == []


def test_in_another_account_or_region_the_hook_does_nothing(client: Any) -> None:
    elsewhere = recorded(account_id="999988887777")
    assert "the settings name 999988887777" in elsewhere.run_hook(
        HOOK, new_inputs=held("turnstay-a")
    )
    other = held("turnstay-a", region="us-east-1")
    assert "nothing was done" in recorded().run_hook(HOOK, new_inputs=other)
    assert len(client.list_package_groups(domain="turnstay")["packageGroups"]) == 1


def test_a_preview_writes_nothing(client: Any) -> None:
    recorded(preview=True)
    assert len(client.list_package_groups(domain="turnstay")["packageGroups"]) == 1


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(
        ValueError, match=r"package domain: .*got 'x'; at least one role may install"
    ) as error:
        domain_args(readers=[], publishers={"x": []})
    assert "at least one role publishes x" in str(error.value)


def test_the_index_is_that_of_the_internal_repository() -> None:
    assert index_url(account_id=ACCOUNT, region=REGION) == (
        "https://turnstay-123456789012.d.codeartifact.eu-west-1.amazonaws.com/pypi/internal/simple/"
    )
    assert recorded().exports["internal"].endswith("repository/turnstay/internal")
