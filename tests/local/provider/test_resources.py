"""Every resource type goes through its whole life against the account: what is recorded is what the account says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from local.provider.checking import DEFAULTS
from local.provider.handler import Handler
from local.provider.registry import HANDLERS
from local.provider.sameness import restricted, same
from local.provider.values import UNKNOWN
from tests.local.provider.case import Case, World, changed, fresh
from tests.local.provider.cases_alarms import ALARMS
from tests.local.provider.cases_databases import DATABASES
from tests.local.provider.cases_delivery import DELIVERY
from tests.local.provider.cases_edge import EDGE
from tests.local.provider.cases_firewall import FIREWALL
from tests.local.provider.cases_ground import GROUND
from tests.local.provider.cases_identities import IDENTITIES
from tests.local.provider.cases_network import NETWORK
from tests.local.provider.cases_notices import NOTICES
from tests.local.provider.cases_packages import PACKAGES
from tests.local.provider.cases_secrets import SECRETS
from tests.local.provider.cases_services import SERVICES
from tests.local.provider.cases_storage import STORAGE
from tests.local.provider.driver import Driver, Props, Resource

CASES: dict[str, Case] = {
    **ALARMS,
    **DATABASES,
    **DELIVERY,
    **EDGE,
    **FIREWALL,
    **GROUND,
    **IDENTITIES,
    **NETWORK,
    **NOTICES,
    **PACKAGES,
    **SECRETS,
    **SERVICES,
    **STORAGE,
}
EVERY_CASE = pytest.mark.parametrize("name", sorted(CASES))
TAGS = {"tags", "tagsAll"}


@pytest.fixture(scope="package")
def world(driver: Driver, aws: Callable[[str], Any]) -> World:
    """What resources stand on; some of it is no resource of the platform, but there before it."""
    made = World(driver, CASES)
    zone = aws("route53").create_hosted_zone(Name="turnstay.example", CallerReference="test")
    made.add("zone", zone["HostedZone"]["Id"].removeprefix("/hostedzone/"))
    document = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"},
    }
    policy = aws("iam").create_policy(PolicyName="managed", PolicyDocument=json.dumps(document))
    made.add("managed policy", policy["Policy"]["Arn"])
    return made


def refreshed(driver: Driver, resource: Resource) -> Resource:
    found = driver.refresh(resource)
    assert found is not None, f"{resource.type} {resource.id} is gone"
    return found


def assert_unchanged_by_refresh(driver: Driver, resource: Resource) -> None:
    found = refreshed(driver, resource)
    assert found.inputs == resource.inputs
    assert found.outputs == resource.outputs


def assert_recorded(resource: Resource, inputs: Props) -> None:
    """Whatever the program said is in the outputs, which are read from the account."""
    handler = HANDLERS[resource.type]
    for key, value in inputs.items():
        theirs = resource.outputs.get(key)
        theirs = restricted(value, theirs) if key in handler.filled else theirs
        assert same(value, theirs), (key, value, theirs)
    if handler.tagging:
        own = inputs.get("tags", {})
        assert resource.outputs["tags"] == own
        assert resource.outputs["tagsAll"] == {"project": "turnstay", **own}


@EVERY_CASE
def test_a_resource_is_what_the_account_says_from_creation_to_deletion(
    name: str, world: World, driver: Driver, aws: Callable[[str], Any]
) -> None:
    case = CASES[name]
    first = case.inputs(world)
    resource = driver.create(case.type, fresh("own-#"), first)
    assert_recorded(resource, first)
    assert_unchanged_by_refresh(driver, resource)
    assert driver.diff(resource, first).changed == []

    for change in case.updates:
        inputs = changed(first, change)
        difference = driver.diff(resource, inputs)
        assert set(difference.changed) - TAGS >= set(change) - TAGS
        assert difference.replacing == []
        resource = driver.update(resource, inputs)
        assert_recorded(resource, inputs)
        assert_unchanged_by_refresh(driver, resource)
        resource = driver.update(resource, first)
        assert_recorded(resource, first)

    for change in case.replaces:
        difference = driver.diff(resource, changed(first, change))
        assert difference.replacing == sorted(change)

    if case.drift and case.drifted:
        resource = _drift_is_seen_and_mended(case, driver, aws, resource, first)

    driver.delete(resource)
    if not case.stays:
        assert driver.refresh(resource) is None
    driver.delete(resource)  # what is gone already is no error


def _drift_is_seen_and_mended(
    case: Case, driver: Driver, aws: Callable[[str], Any], resource: Resource, first: Props
) -> Resource:
    assert case.drift is not None
    case.drift(aws, resource)
    found = refreshed(driver, resource)
    differing = {
        key
        for key in {*found.inputs, *resource.inputs}
        if found.inputs.get(key) != resource.inputs.get(key)
    }
    assert differing == {case.drifted}
    assert driver.diff(found, first).changed == [case.drifted]
    mended = driver.update(found, first)
    assert_recorded(mended, first)
    return mended


@pytest.mark.parametrize(
    "name", sorted(name for name, case in CASES.items() if case.drift and not case.drifted)
)
def test_what_somebody_deletes_is_gone_after_a_refresh(
    name: str, world: World, driver: Driver, aws: Callable[[str], Any]
) -> None:
    case = CASES[name]
    resource = driver.create(case.type, fresh("deleted-#"), case.inputs(world))
    assert case.drift is not None
    case.drift(aws, resource)
    assert driver.refresh(resource) is None


@EVERY_CASE
def test_a_preview_knows_what_is_given_and_nothing_that_only_aws_can_say(
    name: str, world: World, driver: Driver
) -> None:
    case = CASES[name]
    inputs = case.inputs(world)
    planned = driver.preview(case.type, fresh("planned-#"), inputs)
    unknown = {key for key, value in planned.items() if value == UNKNOWN}
    assert unknown == {*HANDLERS[case.type].computed} - {*inputs}
    assert {key: planned[key] for key in inputs} == inputs
    assert DEFAULTS not in planned


@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_a_type_reads_back_everything_that_it_takes(
    kind: str, world: World, driver: Driver
) -> None:
    cases = [case for case in CASES.values() if case.type == kind]
    assert cases, f"no case makes a {kind}"
    handler = HANDLERS[kind]
    readable = handler.inputs - handler.unread - TAGS
    resource = driver.create(kind, fresh("read-#"), cases[0].inputs(world))
    read = handler.read(driver.provider.aws(), resource.id, resource.outputs)
    assert read is not None
    assert readable <= {*read}
    assert {*handler.computed} <= {*read, *readable}
    driver.delete(resource)


@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_an_input_replaces_steers_or_can_be_updated(kind: str) -> None:
    handler = HANDLERS[kind]
    assert handler.replace | handler.unread | handler.filled <= handler.inputs
    if type(handler).update is Handler.update:
        assert handler.inputs - handler.replace - handler.unread - TAGS == set()
