"""ARNs of what the committed stacks have, as their own documents write them."""

from __future__ import annotations

from tests.engine.outputs import arn
from tests.engine.platform import settings_of


def account(stack: str) -> str:
    return settings_of(stack).account.id


def iam(stack: str, rest: str) -> str:
    return f"arn:aws:iam::{account(stack)}:{rest}"


def program_role(stack: str) -> str:
    return iam(stack, f"role/turnstay/{stack}/ledger-task-role-1234567")


def boundary(stack: str, whose: str) -> str:
    return iam(stack, f"policy/turnstay-{stack}-{whose}-boundary")


def state_bucket(stack: str) -> str:
    return f"arn:aws:s3:::turnstay-state-{stack}-{account(stack)}"


def state_key(stack: str) -> str:
    return arn("kms", f"key/turnstay-state-{stack}")
