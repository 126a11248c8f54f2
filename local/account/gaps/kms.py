"""KMS: the rotation period of a key is kept. moto drops it, and every preview would show a change."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Final

from moto.core.utils import unix_time, utcnow
from moto.kms.responses import KmsResponse

from local.account.gaps.patch import Function, Untyped, parameter, replaces

DEFAULT_DAYS: Final = 365


@replaces(KmsResponse)
def enable_key_rotation(moto: Function, self: KmsResponse) -> Untyped:
    """Keep the period."""
    answer = moto(self)
    _key(self).rotation_period_in_days = parameter(self, "RotationPeriodInDays") or DEFAULT_DAYS
    return answer


@replaces(KmsResponse)
def get_key_rotation_status(moto: Function, self: KmsResponse) -> str:
    """Say the period and the next time."""
    answer = json.loads(moto(self))
    if answer["KeyRotationEnabled"]:
        days = _key(self).rotation_period_in_days
        following = unix_time(utcnow() + timedelta(days=days))
        answer |= {"RotationPeriodInDays": days, "NextRotationDate": following}
    return json.dumps(answer)


def _key(response: KmsResponse) -> Untyped:
    backend = response.kms_backend
    return backend.keys[backend.get_key_id(parameter(response, "KeyId"))]
