"""EventBridge connections: a key that is put in never comes out again, and the connection's own secret follows it."""

from __future__ import annotations

import json
from typing import Any

from moto.events.models import Connection, EventsBackend
from moto.secretsmanager.models import secretsmanager_backends

from local.account.gaps.patch import Function, Untyped, replaces


@replaces(Connection)
def describe(moto: Function, self: Connection) -> dict[str, Any]:
    """Leave the value of the key out."""
    shown: dict[str, Any] = moto(self)
    key = self.auth_parameters.get("ApiKeyAuthParameters")
    if key is None:
        raise NotImplementedError("connections by anything but an API key")
    return {
        **shown,
        "AuthParameters": {"ApiKeyAuthParameters": {"ApiKeyName": key["ApiKeyName"]}},
    }


@replaces(EventsBackend)
def update_connection(
    moto: Function, self: EventsBackend, name: str, **changes: Untyped
) -> dict[str, Any]:
    """Change the secret that AWS keeps for the connection, too."""
    answer: dict[str, Any] = moto(self, name=name, **changes)
    connection = self.connections[name]
    key = connection.auth_parameters["ApiKeyAuthParameters"]
    value = {"api_key_name": key["ApiKeyName"], "api_key_value": key["ApiKeyValue"]}
    secrets = secretsmanager_backends[self.account_id][self.region_name]
    secrets.put_secret_value(connection.secret_arn, json.dumps(value), None, None, ["AWSCURRENT"])  # type: ignore[arg-type]
    return answer
