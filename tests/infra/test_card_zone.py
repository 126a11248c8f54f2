"""What the card service has to itself: told from what refers to what, not from what was meant."""

from __future__ import annotations

import json
from typing import Final

import pytest

from stacks import names
from stacks.catalogue import CATALOGUE, REQUIRED_SECRETS
from tests.engine.mutate import mutated, with_options
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording
from tests.engine.registration import Registration
from tests.infra.owners import LOGINS, SLUGS, belongings, suffix

CARD: Final = "secure-card-service"
CARD_KEYS: Final = {
    f"card-{purpose}-key" for purpose in ("logs", "images", "secrets", "storage", "insights")
}
CARD_SERVER: Final = "card-database"
CALLERS: Final = [
    names.slug(each.name) for each in CATALOGUE.values() if "secure_card_service" in each.calls
]
TASK: Final = "aws:ecs/taskDefinition:TaskDefinition"
POLICY: Final = "aws:iam/rolePolicy:RolePolicy"
LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
KEY_INPUTS: Final = (
    *("kmsKeyId", "encryptionConfigurations"),
    *("masterUserSecretKmsKeyId", "performanceInsightsKmsKeyId"),
)
# What two services never share; the ground under them (network, cluster, load balancer) they do.
OWN: Final = {
    *(TASK, POLICY, LOG_GROUP),
    *("aws:iam/role:Role", "aws:kms/key:Key", "aws:ecr/repository:Repository"),
    *("aws:ec2/securityGroup:SecurityGroup", "aws:lb/targetGroup:TargetGroup"),
}


def used(recording: Recording, slug: str) -> set[str]:
    """The URNs of what is a service's own, and of what that refers to."""
    own = belongings(recording, slug)
    return {each.urn for each in own} | {urn for each in own for urn in each.dependencies}


def shared_with(recording: Recording, slug: str) -> set[str]:
    """What a service and the card service both use, of the things that two services never share."""
    both = used(recording, CARD) & used(recording, slug)
    found = [recording.registrations[urn] for urn in both]
    # Both let the load balancer in, by its group.
    return {each.name for each in found if each.type in OWN} - {"public-group"}


# AWS Backup takes snapshots of both servers, where there is a vault; where there is a trail, one rule knows all who are
# expected to read secrets; the rules of pages know the alarms of every service by name; and builds install packages where
# these are kept.
OF_ALL: Final = {
    *("backups-rights", "events-secret-read", "install-role"),
    *("pages-availability", "pages-latency"),
}


def naming_it(recording: Recording) -> set[str]:
    """The resources outside of the card service and its database that know its name, or its keys."""
    own = {each.urn for each in belongings(recording, CARD)}
    server = next(each.urn for each in recording.registrations.values() if each.name == CARD_SERVER)
    own |= {each.urn for each in _below(recording, server)}
    return {
        each.name
        for each in recording.registrations.values()
        if each.custom and each.urn not in own and _mentions(each)
    }


def _below(recording: Recording, urn: str) -> list[Registration]:
    children = [each for each in recording.registrations.values() if each.parent == urn]
    return children + [below for each in children for below in _below(recording, each.urn)]


def _mentions(each: Registration) -> bool:
    text = json.dumps(each.inputs, default=str)
    return CARD in text or "key/card-" in text


def expected_to_name_it() -> set[str]:
    """Its keys, the pipeline, and the callers: their address of it, their gate, and the two rules of each call."""
    parts = ("-task", "-debug-task", "-rollout-revision")
    rules = (f"-calls-{CARD}-egress", f"-calls-{CARD}-ingress")
    callers = {f"{caller}{part}" for caller in CALLERS for part in parts + rules}
    return {"card-logs-key"} | callers | PIPELINE


# Its own repository's right to push images, and what an update needs to set its logins.
PIPELINE = {f"release-{CARD}-role", f"release-{CARD}-rights", "deploy-rights"}


@pytest.mark.parametrize("stack", STACKS)
def test_the_card_service_shares_nothing_of_its_own_with_another_service(stack: str) -> None:
    recording = platform(stack)
    for slug in SLUGS.keys() - {CARD}:
        assert used(recording, CARD) & used(recording, slug), "both stand on the same network"
        assert shared_with(recording, slug) == set(), slug


@pytest.mark.parametrize("stack", STACKS)
def test_the_keys_of_the_card_zone_encrypt_what_is_the_card_services_alone(stack: str) -> None:
    recording = platform(stack)
    keys = {each.urn: each.name for each in recording.all("aws:kms/key:Key")}
    users = {
        (keys[urn], each.name)
        for each in recording.registrations.values()
        for key in KEY_INPUTS
        for urn in each.property_dependencies.get(key, ())
        if keys.get(urn) in CARD_KEYS
    }
    secrets = {
        ("card-secrets-key", f"{CARD}{each}-secret")
        for each in (*LOGINS, *map(suffix, REQUIRED_SECRETS))
    }
    assert users == secrets | {
        ("card-logs-key", f"{CARD}-log"),
        ("card-logs-key", f"{CARD}-roles-log"),
        ("card-logs-key", f"{CARD}-migrations-log"),
        ("card-logs-key", f"{CARD_SERVER}-logs-postgresql"),
        ("card-logs-key", f"{CARD_SERVER}-logs-upgrade"),
        ("card-images-key", f"{CARD}-images-repository"),
        ("card-storage-key", f"{CARD_SERVER}-instance"),
        ("card-insights-key", f"{CARD_SERVER}-instance"),
        ("card-secrets-key", f"{CARD_SERVER}-instance"),
    }


@pytest.mark.parametrize("stack", STACKS)
def test_outside_of_the_card_service_only_its_callers_and_its_key_name_it(stack: str) -> None:
    assert naming_it(platform(stack)) - OF_ALL == expected_to_name_it()


def test_nobody_is_offered_a_shell_beside_card_data() -> None:
    debug = {each.name for each in platform("prod").all("turnstay:compute:DebugTask")}
    assert debug == {f"{slug}-debug" for slug in SLUGS.keys() - {CARD}}


def _with_dependency(recording: Recording, kind: str, name: str, on: str) -> Recording:
    urn = next(each.urn for each in recording.registrations.values() if each.name == on)
    own = recording.one(kind, name)
    return with_options(recording, kind, name, dependencies=(*own.dependencies, urn))


@pytest.mark.parametrize(
    ("kind", "name", "on"),
    [
        (TASK, "ledger-task", f"{CARD}-execution-role"),
        (LOG_GROUP, "recon-log", "card-logs-key"),
        (TASK, f"{CARD}-task", "payouts-task-role"),
    ],
    ids=["its role", "its key", "another's role"],
)
def test_a_thing_that_two_services_use_is_seen(kind: str, name: str, on: str) -> None:
    worse = _with_dependency(platform("staging"), kind, name, on)
    assert {found for slug in SLUGS.keys() - {CARD} for found in shared_with(worse, slug)} == {on}


def test_a_policy_that_names_the_card_services_repository_is_seen() -> None:
    worse = mutated(
        platform("staging"),
        POLICY,
        "ledger-execution-role-policy",
        "policy!.Statement.2.Resource.0",
        f"arn:aws:ecr:eu-west-1:111122223333:repository/turnstay-staging/{CARD}",
    )
    assert naming_it(worse) - expected_to_name_it() - OF_ALL == {"ledger-execution-role-policy"}
