"""A value from a person or from another program, and never from an argument: those are seen by every process."""

from __future__ import annotations

import getpass
import sys
from typing import Final

from scripts.service_secrets.errors import REFUSED, SecretsError

MOST_BYTES: Final = 65_536  # what Secrets Manager takes


def read_value(variable: str) -> str:
    """Ask without showing what is typed; when standard input is no terminal, it is read to its end."""
    if sys.stdin.isatty():
        value = getpass.getpass(f"value of {variable} (not shown): ")
    else:
        try:
            value = sys.stdin.read()
        except UnicodeDecodeError:
            raise SecretsError("the value is not UTF-8; nothing was changed", REFUSED) from None
        # `echo` and editors end with one.
        value = value.removesuffix("\n").removesuffix("\r")
    if problem := _problem(value):
        raise SecretsError(f"the value {problem}; nothing was changed", REFUSED)
    return value


def _problem(value: str) -> str | None:
    if not value:
        return "is empty"
    if value != value.strip():
        return "begins or ends with white space, which was hardly meant"
    if "\0" in value:
        return "has a NUL character, which no environment variable can hold"
    if len(value.encode()) > MOST_BYTES:
        return f"is longer than {MOST_BYTES} bytes"
    return None
