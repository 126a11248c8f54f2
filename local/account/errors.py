"""What a person reads when the account on this machine cannot do what was asked."""

from __future__ import annotations

from local.errors import LocalError


class AccountError(LocalError):
    """The account cannot be started, reached or used; the message says the way out."""
