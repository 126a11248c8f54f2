"""The commands that messages and documents name for secrets; each reads the value from a prompt or standard input."""

from __future__ import annotations

from stacks.names import PROJECT


def set_command(stack: str, service: str, variable: str) -> str:
    """Set an external secret."""
    return f".venv/bin/python -m scripts.service_secrets set --stack {stack} --service {service} {variable}"


def supply_command(stack: str, service: str, variable: str) -> str:
    """Write a supplied secret into the stack file, encrypted."""
    return f"pulumi config set --stack {stack} --secret --path {_path(service, variable)}"


def withdraw_command(stack: str, service: str, variable: str) -> str:
    """Remove a supplied secret from the stack file."""
    return f"pulumi config rm --stack {stack} --path {_path(service, variable)}"


def _path(service: str, variable: str) -> str:
    return f"{PROJECT}:supplied.{service}.{variable}"
