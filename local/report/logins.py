"""The logins that services run with, as a person may use them too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from local.report.clients import client
from stacks.names import cluster_name

Untyped: TypeAlias = Any  # a client of boto3 without installed types

VARIABLE = "DATABASE_URL"
PARTS = ("username", "password", "host", "port", "database")
ARN_PARTS = 7  # arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME, then :KEY:STAGE:VERSION


@dataclass(frozen=True, kw_only=True)
class Login:
    """Who a service is in its database."""

    service: str
    username: str
    password: str = field(repr=False)
    host: str
    port: int
    database: str


def logins(stack: str, endpoint: str, region: str) -> list[Login]:
    """Read the login of each service's present revision from the secret that it names, by service.

    A service whose secret is gone, or says no login, is left out.
    """
    secrets = client("secretsmanager", endpoint, region)
    found = []
    for service, reference in sorted(_references(stack, endpoint, region)):
        document = _document(secrets, reference)
        if all(each in document for each in PARTS):
            port = int(document["port"])
            texts = {each: str(document[each]) for each in PARTS if each != "port"}
            found.append(Login(service=service, port=port, **texts))
    return found


def _document(secrets: Untyped, reference: str) -> dict[str, Any]:
    parts = reference.split(":")
    version = parts[ARN_PARTS + 2 :][:1]
    secret = ":".join(parts[:ARN_PARTS])
    try:
        value = (
            secrets.get_secret_value(SecretId=secret, VersionId=version[0])
            if version and version[0]
            else secrets.get_secret_value(SecretId=secret)
        )
        document = json.loads(value["SecretString"])
    except (
        secrets.exceptions.ResourceNotFoundException,
        secrets.exceptions.InvalidRequestException,  # it is being deleted
        json.JSONDecodeError,
    ):
        return {}
    return document if isinstance(document, dict) else {}


def _references(stack: str, endpoint: str, region: str) -> Iterator[tuple[str, str]]:
    ecs = client("ecs", endpoint, region)
    try:
        pages = list(ecs.get_paginator("list_services").paginate(cluster=cluster_name(stack)))
    except ecs.exceptions.ClusterNotFoundException:
        return
    for name in [arn.rsplit("/", 1)[-1] for page in pages for arn in page["serviceArns"]]:
        (service,) = ecs.describe_services(cluster=cluster_name(stack), services=[name])["services"]
        definition = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])
        for container in definition["taskDefinition"]["containerDefinitions"]:
            for secret in container.get("secrets", []):
                if secret["name"] == VARIABLE:
                    yield name, secret["valueFrom"]
