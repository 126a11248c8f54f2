"""What others do in a real account: what they made before the first `pulumi up`, and the values that operators set."""

from __future__ import annotations

import json
import os
import secrets
import uuid
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import boto3

from stacks.catalogue import CATALOGUE
from stacks.names import secret_name, state_key_alias
from stacks.secret_sources import PLATFORM, WEBHOOK, secrets_of
from stacks.settings import StackSettings

# Where the account looks for a value when a secret is made without one (local/account/gaps/secret_values.py).
OPERATOR: Final = "local/operator"
Untyped: TypeAlias = Any  # a client of boto3 without installed types


def seed(settings: StackSettings, endpoint: str) -> None:
    """Make what the platform looks up and never makes, unless it is there: the public hosted zone, the state's key."""
    route53 = boto3.client("route53", settings.account.region, endpoint_url=endpoint)
    name = settings.edge.hosted_zone
    found = route53.list_hosted_zones_by_name(DNSName=name)["HostedZones"]
    if not any(zone["Name"] == f"{name}." for zone in found):
        route53.create_hosted_zone(Name=name, CallerReference=uuid.uuid4().hex)
    kms = boto3.client("kms", settings.account.region, endpoint_url=endpoint)
    alias = state_key_alias(settings.stack)
    pages = kms.get_paginator("list_aliases").paginate()
    if not any(each["AliasName"] == alias for page in pages for each in page["Aliases"]):
        key = kms.create_key(Description="made by local/seed.py for what the roles may read")
        kms.create_alias(AliasName=alias, TargetKeyId=key["KeyMetadata"]["KeyId"])


def seed_secrets(settings: StackSettings, endpoint: str, outside: str = "") -> None:
    """Give every external secret a made-up value: those that are there without one now, the others once they are made.

    A value that is there stays. The platform's alerts go to `outside`. With SEED=0 in the environment nobody sets any, as in an account that is new.
    """
    manager = boto3.client("secretsmanager", settings.account.region, endpoint_url=endpoint)
    values = {} if os.environ.get("SEED") == "0" else dict(_values(settings, outside))
    for name, value in values.items():
        if _is_empty(manager, name):
            manager.put_secret_value(SecretId=name, SecretString=value)
    ready = json.dumps(values)
    try:
        manager.create_secret(Name=OPERATOR, SecretString=ready)
    except manager.exceptions.ResourceExistsException:
        manager.put_secret_value(SecretId=OPERATOR, SecretString=ready)


def _values(settings: StackSettings, outside: str) -> Iterator[tuple[str, str]]:
    if outside:
        address = f"{outside}/services/{secrets.token_hex(16)}"
        yield secret_name(settings.stack, PLATFORM, WEBHOOK), address
    for service in CATALOGUE.values():
        for use in secrets_of(service, settings.services[service.name]):
            if use.source == "external":
                made_up = f"local-{secrets.token_hex(16)}"
                is_address = use.variable.endswith("_URL")
                value = f"https://external.invalid/{made_up}" if is_address else made_up
                yield secret_name(settings.stack, service.name, use.variable), value


def _is_empty(manager: Untyped, name: str) -> bool:
    try:
        found = manager.describe_secret(SecretId=name)
    except manager.exceptions.ResourceNotFoundException:
        return False
    stages = (found.get("VersionIdsToStages") or {}).values()
    return not found.get("DeletedDate") and not any("AWSCURRENT" in each for each in stages)
