"""Secrets Manager: rotation rules are kept whole, and a secret that RDS manages is rotated by RDS, without a Lambda.

moto keeps of the rules the days alone, makes a new version for a rotation that nobody carries out, finds the value
of a secret whose stages were moved by its old version, and calls a secret that is being deleted an existing one.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from moto.rds.models import MasterUserSecret
from moto.secretsmanager.exceptions import InvalidParameterException, InvalidRequestException
from moto.secretsmanager.models import FakeSecret, SecretsManagerBackend, secretsmanager_backends
from moto.secretsmanager.responses import SecretsManagerResponse

from local.account.gaps.patch import Function, Untyped, parameter, replaces

Json = dict[str, Any]

DAYS, SCHEDULE = "AutomaticallyAfterDays", "ScheduleExpression"
RDS_DAYS: Final = 7  # how often RDS rotates what it manages, unless it is told
DAY_SECONDS: Final = 86_400
# Rotates the secret of that ARN now; by the account that has it.
rotations: Final[dict[str, Callable[[], None]]] = {}


@replaces(SecretsManagerBackend)
def rotate_secret(
    moto: Function,
    self: Untyped,
    secret_id: str,
    client_request_token: str | None = None,
    rotation_lambda_arn: str | None = None,
    rotation_rules: Json | None = None,
    rotate_immediately: bool = True,
) -> str:
    """Set when a secret is rotated, and rotate one of RDS if it is to be done at once."""
    secret = self.secrets.get(secret_id)
    if rotation_lambda_arn or not isinstance(secret, FakeSecret) or _is_motos(secret):
        given = (client_request_token, rotation_lambda_arn, rotation_rules, rotate_immediately)
        return str(moto(self, secret_id, *given))
    if not secret.owning_service:
        raise InvalidRequestException(
            "No Lambda rotation function ARN is associated with this secret."
        )
    plan_rotation(secret, rotation_rules or {})
    if rotate_immediately:
        rotations[secret.arn]()
    return secret.to_short_dict()


@replaces(SecretsManagerBackend)
def cancel_rotate_secret(moto: Function, self: Untyped, secret_id: str) -> str:
    """End the rotation of a secret that has no Lambda too."""
    secret = self.secrets.get(secret_id)
    if isinstance(secret, FakeSecret) and secret.owning_service and not secret.is_deleted():
        secret.rotation_enabled, secret.next_rotation_date = False, None
        return secret.to_short_dict()
    return str(moto(self, secret_id))


@replaces(MasterUserSecret)
def _create_secret(moto: Function, self: MasterUserSecret, kms_key_id: str | None) -> FakeSecret:
    """Rotate what RDS manages every week."""
    secret: FakeSecret = moto(self, kms_key_id)
    plan_rotation(secret, {DAYS: RDS_DAYS})
    return secret


@replaces(FakeSecret)
def to_dict(moto: Function, self: Untyped) -> Json:
    """Say the rules as they were given."""
    shown: Json = moto(self)
    if rules := getattr(self, "rotation_rules", None):
        shown |= {"RotationRules": rules}
        if not self.rotation_lambda_arn:
            shown.pop("RotationLambdaARN", None)
    return shown


@replaces(SecretsManagerBackend)
def get_secret_value(
    moto: Function, self: Untyped, secret_id: str, version_id: str, version_stage: str
) -> Json:
    """Return the current version unless another one is asked for."""
    secret = self.secrets.get(secret_id)
    current = any(
        "AWSCURRENT" in each["version_stages"]
        for each in (secret.versions if secret else {}).values()
    )
    stage = version_stage or (version_stage if version_id or not current else "AWSCURRENT")
    value: Json = moto(self, secret_id, version_id, stage)
    return value


@replaces(SecretsManagerResponse)
def create_secret(moto: Function, self: SecretsManagerResponse) -> str:
    """Refuse the name of a secret that is being deleted, with the reason."""
    found = secretsmanager_backends[self.current_account][self.region].secrets.get(
        parameter(self, "Name")
    )
    if found and found.is_deleted():
        raise InvalidRequestException(
            "You can't create this secret because a secret with this name is already scheduled for deletion."
        )
    answer: str = moto(self)
    return answer


def _is_motos(secret: FakeSecret) -> bool:
    # A secret of a server that is not ours is in an account that is not ours either.
    return secret.is_deleted() or (bool(secret.owning_service) and secret.arn not in rotations)


def plan_rotation(secret: Untyped, rules: Json) -> None:
    """Set the rules of a secret that its service rotates; without any it keeps those it has."""
    days = rules.get(DAYS)
    if days is not None and not 1 <= int(days) <= 1000:  # noqa: PLR2004 - the refusal says it
        raise InvalidParameterException(
            "RotationRules.AutomaticallyAfterDays must be within 1-1000."
        )
    if days is not None and SCHEDULE in rules:
        raise InvalidParameterException(
            "You can't specify both AutomaticallyAfterDays and ScheduleExpression in RotationRules."
        )
    secret.rotation_rules = dict(rules) or getattr(secret, "rotation_rules", {})
    secret.rotation_requested = secret.rotation_enabled = True
    if days := secret.rotation_rules.get(DAYS):
        secret.next_rotation_date = int(time.time()) + int(days) * DAY_SECONDS
