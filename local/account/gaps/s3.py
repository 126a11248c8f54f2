"""S3: access logs to a bucket whose policy has more than one statement.

moto breaks on a statement for every principal (`"Principal": "*"`, as in the usual refusal of plain HTTP) and
knows an action or a resource only when it is the one text it expects.
"""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import Any, Final

from moto.s3.models import FakeBucket

from local.account.gaps.patch import Function, Untyped, replaces

LOG_DELIVERY: Final = "logging.s3.amazonaws.com"


@replaces(FakeBucket)
def _log_permissions_enabled_policy(
    _moto: Function, target_bucket: FakeBucket, target_prefix: str | None
) -> bool:
    """Whether the policy lets S3 write logs below the prefix."""
    if not target_bucket.policy:
        return False
    statements = json.loads(target_bucket.policy.decode())["Statement"]
    wanted = f"{target_bucket.arn}/{target_prefix or ''}any"
    return any(
        each.get("Effect") == "Allow"
        and isinstance(each.get("Principal"), dict)
        and LOG_DELIVERY in _listed(each["Principal"].get("Service"))
        and any(fnmatchcase("s3:PutObject", action) for action in _listed(each.get("Action")))
        and any(fnmatchcase(wanted, resource) for resource in _listed(each.get("Resource")))
        for each in _listed(statements)
    )


def _listed(value: Untyped) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
