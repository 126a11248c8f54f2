"""What the servers run with beyond RDS's defaults, each parameter with its reason.

`max_connections` is none of them: RDS's formula follows the memory of the class. Time-outs here are the outermost;
the roles of the services have shorter ones of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

ApplyMethod = Literal["immediate", "pending-reboot"]
IMMEDIATE: Final = "immediate"
# For static parameters, and for values that are RDS's default too: these come back as pending-reboot whatever was
# asked for, and every update would ask again. A new server has both from its start.
PENDING_REBOOT: Final = "pending-reboot"
MINUTE_MS: Final = 60_000


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One line of a parameter group."""

    name: str
    value: str
    apply_method: ApplyMethod
    reason: str


def _parameter(
    name: str, value: str, reason: str, apply_method: ApplyMethod = IMMEDIATE
) -> Parameter:
    return Parameter(name=name, value=value, apply_method=apply_method, reason=reason)


ALL_VERSIONS: Final = (
    _parameter("rds.force_ssl", "1", "RDS.38: no connection in clear", PENDING_REBOOT),
    _parameter(
        "password_encryption", "scram-sha-256", "md5 hashes can be used to log in", PENDING_REBOOT
    ),
    _parameter(
        "rds.accepted_password_auth_method", "scram", "nor is one that exists", PENDING_REBOOT
    ),
    _parameter(
        "shared_preload_libraries",
        "pg_stat_statements,pgaudit",
        "a list replaces RDS's own, which names the first; with both from the start no reboot follows",
        PENDING_REBOOT,
    ),
    # Statements that change data are never logged as such: their text may hold card and personal data. Who changed
    # the schema and the roles is (PCI 10.2.1.5, 10.2.1.7); pgaudit also sees what a function or DO block did, and
    # writes <REDACTED> for a password.
    _parameter("log_statement", "ddl", "all and mod would put customers' data into the log"),
    _parameter("pgaudit.log", "ddl,role", "as log_statement, inside functions too"),
    _parameter("log_disconnections", "1", "who was there, and for how long"),
    # A slow statement is logged as the application prepared it ($1, $2) and without the values.
    _parameter("log_min_duration_statement", "1000", "what is slow is found without a profiler"),
    _parameter("log_parameter_max_length", "0", "the values bound to a statement are data"),
    _parameter(
        "log_error_verbosity",
        "terse",
        "the DETAIL of a violated constraint quotes the row; the client still gets it",
    ),
    _parameter("log_lock_waits", "1", "a migration that waits for a lock names itself"),
    _parameter(
        "idle_in_transaction_session_timeout",
        str(5 * MINUTE_MS),
        "RDS's default is a day, in which locks are held and no vacuum cleans up",
    ),
    _parameter(
        "statement_timeout",
        str(15 * MINUTE_MS),
        "nothing runs for ever; what must run longer says so with SET",
    ),
)

BY_VERSION: Final = {
    **dict.fromkeys(
        ("14", "15", "16", "17"),
        (_parameter("log_connections", "1", "who came, from where, and over TLS"),),
    ),
    # 18 names stages instead; RDS refuses 1 in this family.
    "18": (_parameter("log_connections", "all", "who came, from where, and over TLS"),),
}


def parameters(engine_version: str) -> list[Parameter]:
    """All parameters of a major version, by name: a diff means a change."""
    return sorted((*ALL_VERSIONS, *BY_VERSION[engine_version]), key=lambda each: each.name)
