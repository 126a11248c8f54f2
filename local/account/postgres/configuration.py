"""What a server is told in its files."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final

FILE: Final = "parameters.conf"
CERTIFICATE: Final = "authority.pem"
PRELOADED: Final = "shared_preload_libraries"
FORCE_TLS: Final = "rds.force_ssl"
ON: Final = ("1", "on", "true", "yes")
# As RDS writes its lines; who reads the exported logs relies on it.
DEFAULTS: Final = {"log_line_prefix": "%t:%r:%u@%d:[%p]:", "log_timezone": "UTC", "timezone": "UTC"}


def parameters_file(parameters: Mapping[str, str], libraries: AbstractSet[str]) -> str:
    """Write the parameters of a group that mean something here, in the form of postgresql.conf.

    Left out are RDS's own, formulas, libraries that are not on this machine and the parameters of those.
    """
    preloaded = [each for each in _listed(parameters.get(PRELOADED, "")) if each in libraries]
    kept = {name: value for name, value in parameters.items() if _applies(name, value, preloaded)}
    if preloaded:
        kept[PRELOADED] = ",".join(preloaded)
    lines = {**DEFAULTS, **kept}
    return "".join(f"{name} = {_quoted(lines[name])}\n" for name in sorted(lines))


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


def _applies(name: str, value: str, preloaded: list[str]) -> bool:
    library, dot, _ = name.partition(".")
    return name != PRELOADED and "{" not in value and (not dot or library in preloaded)


def _listed(value: str) -> list[str]:
    return [each.strip() for each in value.split(",") if each.strip()]


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
