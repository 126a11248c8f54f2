"""Values of secrets: when each was set, and an operator who sets some the moment there is a secret for them."""

from __future__ import annotations

import json
from typing import Any, Final

from moto.secretsmanager.models import SecretsManagerBackend, secretsmanager_backends
from moto.secretsmanager.responses import SecretsManagerResponse

from local.account.gaps.patch import Function, Untyped, parameter, replaces

# A secret whose value is a JSON object: the name of a secret that may come -> the value that it gets. An update cannot be
# interrupted for an operator, and whoever looks for values looks a moment after the secrets were made.
OPERATOR: Final = "local/operator"


@replaces(SecretsManagerResponse)
def create_secret(moto: Function, self: SecretsManagerResponse) -> str:
    """Set the operator's value, if the secret is made without one."""
    answer: str = moto(self)
    name = parameter(self, "Name")
    backend = secretsmanager_backends[self.current_account][self.region]
    given = parameter(self, "SecretString") or parameter(self, "SecretBinary")
    if not given and (value := _ready(backend).get(name)):
        backend.put_secret_value(name, value, None, None, ["AWSCURRENT"])  # type: ignore[arg-type]
    return answer


@replaces(SecretsManagerBackend)
def list_secret_version_ids(moto: Function, self: Untyped, secret_id: str) -> str:
    """Say when each version was made; moto says now."""
    answer: dict[str, Any] = json.loads(moto(self, secret_id))
    versions = self.secrets[secret_id].versions
    for each in answer["Versions"]:
        each["CreatedDate"] = int(versions[each["VersionId"]]["createdate"])
    return json.dumps(answer)


def _ready(backend: SecretsManagerBackend) -> dict[str, str]:
    operator: Untyped = backend.secrets.get(OPERATOR)
    if operator is None or operator.is_deleted():
        return {}
    found: Untyped = backend.get_secret_value(OPERATOR, "", "AWSCURRENT")
    values: dict[str, str] = json.loads(found["SecretString"])
    return values
