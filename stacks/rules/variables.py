"""The plain variables of a service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stacks.catalogue import Service
from stacks.draft import Draft
from stacks.errors import Problem
from stacks.names import identifier
from stacks.secret_names import looks_secret

# What the platform sets itself; a second value would win or lose silently.
_RESERVED: Final = frozenset(
    {
        "DATABASE_URL",
        "ENVIRONMENT",
        "HOME",
        "PATH",
        "PORT",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONUNBUFFERED",
        "WEB_CONCURRENCY",
    }
)
_RESERVED_PREFIXES: Final = ("AWS_", "ECS_", "UVICORN_")
# A user and a password in an address, under whatever name.
_CREDENTIALS: Final = re.compile(r"://[^/@\s]*:[^/@\s]+@")


def check_variables(draft: Draft) -> Iterator[Problem]:
    """Names are names, and neither set elsewhere nor of secrets: task definitions are readable."""
    for service, settings in draft.each_service():
        for name, value in settings.environment.items():
            text = _wrong(service, name, value)
            if text is not None:
                yield Problem(place=("services", service.name, "environment", name), text=text)


def _wrong(service: Service, name: str, value: str) -> str | None:
    if not re.fullmatch("[A-Z][A-Z0-9_]*", name):
        return "is no variable name: A-Z, 0-9 and _, a letter first"
    if name in (*service.secrets, *service.optional_secrets):
        return f"is a secret of {service.name} in the catalogue, which provides it"
    addresses = {f"{identifier(callee).upper()}_URL" for callee in service.calls}
    if name in _RESERVED | addresses or name.startswith(_RESERVED_PREFIXES):
        return "is set by the platform; remove it"
    if looks_secret(name):
        return "looks like a secret, and variables are plain; declare it in stacks/catalogue.py"
    if _CREDENTIALS.search(value):
        return "holds a password in an address; declare it as a secret in stacks/catalogue.py"
    return None
