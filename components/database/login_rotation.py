"""Two logins that take turns, so that a password is replaced while nobody uses it.

Round `n` gives one login a new password and moves the service to it; the other keeps the password with which the tasks
of the last revision still connect, until the next round.
"""

from __future__ import annotations

from typing import Final

LOGINS: Final = ("app-a", "app-b")


def active_login(rotation: int) -> str:
    """The login that a new revision uses in this round, which counts from 0."""
    return LOGINS[rotation % 2]


def password_epoch(login: str, rotation: int) -> int:
    """The round in which the login got the password that it has now: never that of the round before."""
    turn = LOGINS.index(login)
    return max(rotation - (rotation - turn) % 2, 0)
