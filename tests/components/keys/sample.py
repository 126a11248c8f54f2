"""A key as the programs of the tests build it."""

from __future__ import annotations

from typing import Any, Final

from components.keys.encryption_key import EncryptionKeyArgs
from components.keys.policies import logs_statement

ACCOUNT: Final = "111122223333"
LOGS: Final = logs_statement(
    region="eu-west-1", account_id=ACCOUNT, log_group_names=["/turnstay/staging/flow-log"]
)


def key_args(**changes: Any) -> EncryptionKeyArgs:
    values: dict[str, Any] = {
        "alias": "alias/turnstay-staging-logs",
        "description": "Logs of the services",
        "account_id": ACCOUNT,
        "statements": (LOGS,),
        "protect": True,
    }
    return EncryptionKeyArgs(**(values | changes))
