"""moto keeps every account of a process in module globals; each account here has its part to itself."""

from __future__ import annotations

from typing import Any

from moto.core.base_backend import BackendDict, backend_lock
from moto.s3.models import s3_backends

from local.account.ecs.engine import engine_of


def forget(account_id: str) -> None:
    """Drop all that moto holds of one account, and nothing of any other."""
    with backend_lock:
        for service in _services():
            service.pop(account_id, None)
    owners = s3_backends.bucket_accounts
    for bucket in [name for name, (_, owner) in owners.items() if owner == account_id]:
        del owners[bucket]


def keep_running_accounts() -> None:
    """Let moto's reset of everything, which `mock_aws` begins and ends with, spare the accounts that run."""

    def reset(_: type[BackendDict[Any]]) -> None:
        with backend_lock:
            for service in _services():
                for account_id in [each for each in service if not engine_of(each)]:
                    service.pop(account_id).reset()
            kept = {id(service): service for service in _services() if service}
            vars(BackendDict)["_instances"][:] = kept.values()

    BackendDict.reset = classmethod(reset)  # type: ignore[method-assign, assignment]


def _services() -> list[dict[str, Any]]:
    # A service stands here once for each of its accounts.
    return list(vars(BackendDict)["_instances"])
