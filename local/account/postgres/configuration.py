"""What a server is told in its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from local.account.postgres.programs import Programs

FILE: Final = "parameters.conf"
CERTIFICATE: Final = "authority.pem"
PRELOADED: Final = "shared_preload_libraries"
FORCE_TLS: Final = "rds.force_ssl"
ON: Final = ("1", "on", "true", "yes")
SIZED: Final = "shared_buffers"  # for the memory of an instance class, which is not here
DEFAULTS: Final = {
    # As RDS writes its lines; who reads the exported logs relies on it.
    "log_line_prefix": "%t:%r:%u@%d:[%p]:",
    "log_timezone": "UTC",
    "timezone": "UTC",
    # Several servers share a laptop with all tasks of a stack.
    SIZED: "16MB",
}


def parameters_file(parameters: Mapping[str, str], programs: Programs) -> str:
    """Write the parameters of a group that mean something here, in the form of postgresql.conf.

    `passed_over` says which do not. Of the libraries to preload, those that are on this machine are.
    """
    preloaded = [each for each in _preloaded(parameters) if each in programs.libraries]
    without = {PRELOADED, *passed_over(parameters, programs)}
    kept = {name: value for name, value in parameters.items() if name not in without}
    if preloaded:
        kept[PRELOADED] = ",".join(preloaded)
    lines = {**DEFAULTS, **kept}
    return "".join(f"{name} = {_quoted(lines[name])}\n" for name in sorted(lines))


def passed_over(parameters: Mapping[str, str], programs: Programs) -> dict[str, str]:
    """Say which parameters of a group are not in force here, or not all of it, and why."""
    reasons = {name: _reason(name, parameters, programs) for name in sorted(parameters)}
    return {name: reason for name, reason in reasons.items() if reason}


def access_file(parameters: Mapping[str, str], administrator: str, *, tls: bool) -> str:
    """Write pg_hba.conf: the administrator by the socket and never over the network, all others by password.

    Over TLS only if it is forced and the server itself speaks it.
    """
    return (
        f"local all {administrator} trust\n"
        f"host all {administrator} all reject\n"
        f"{'hostssl' if tls and forces_tls(parameters) else 'host'} all all 127.0.0.1/32 scram-sha-256\n"
    )


def forces_tls(parameters: Mapping[str, str]) -> bool:
    """Whether nobody gets in without TLS: the default of RDS from version 15 on."""
    return parameters.get(FORCE_TLS, "1").lower() in ON


def _reason(name: str, parameters: Mapping[str, str], programs: Programs) -> str:
    library, dot, _ = name.partition(".")
    if name == FORCE_TLS:
        return ""  # pg_hba.conf says it
    if library == "rds":
        return "RDS's own"
    if name == SIZED or "{" in parameters[name]:
        return "sized for an instance class"
    if name == PRELOADED:
        lacking = [each for each in _preloaded(parameters) if each not in programs.libraries]
        return f"{', '.join(lacking)} not on this machine" if lacking else ""
    if dot:
        loaded = library in programs.libraries and library in _preloaded(parameters)
        return "" if loaded else f"{library} not loaded"
    known = name.lower() in programs.parameters
    return "" if known else f"unknown to PostgreSQL {programs.version}"


def _preloaded(parameters: Mapping[str, str]) -> list[str]:
    listed = parameters.get(PRELOADED, "").split(",")
    return [each.strip() for each in listed if each.strip()]


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
