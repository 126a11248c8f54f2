"""IAM: roles are looked through while others are made. moto walks through the live dictionary, and an `up` makes many at a time."""

from __future__ import annotations

from moto.iam.models import IAMBackend, Role

from local.account.gaps.patch import Function, replaces


@replaces(IAMBackend)
def get_roles(moto: Function, self: IAMBackend) -> list[Role]:
    """Give the roles that there are now."""
    return list(moto(self))
