from __future__ import annotations

import pytest

from components.database.parameters import parameters
from components.database.versions import VERSIONS

# PostgreSQL's own list of what needs a restart, of the parameters that this project sets.
STATIC = {"shared_preload_libraries"}
# What RDS sets by itself in some family: asked for as `immediate` it would come back as pending-reboot every time.
RDS_DEFAULTS = {"rds.force_ssl", "password_encryption", "rds.accepted_password_auth_method"}


def _values(version: str) -> dict[str, str]:
    return {each.name: each.value for each in parameters(version)}


COMMON = {
    "idle_in_transaction_session_timeout": "300000",
    "log_disconnections": "1",
    "log_error_verbosity": "terse",
    "log_lock_waits": "1",
    "log_min_duration_statement": "1000",
    "log_parameter_max_length": "0",
    "log_statement": "ddl",
    "password_encryption": "scram-sha-256",
    "pgaudit.log": "ddl,role",
    "rds.accepted_password_auth_method": "scram",
    "rds.force_ssl": "1",
    "shared_preload_libraries": "pg_stat_statements,pgaudit",
    "statement_timeout": "900000",
}


@pytest.mark.parametrize("version", ["14", "15", "16", "17"])
def test_a_server_says_who_connects_and_what_changed_but_never_the_data(version: str) -> None:
    assert _values(version) == {**COMMON, "log_connections": "1"}


def test_from_18_on_connections_are_logged_by_stages() -> None:
    assert _values("18") == {**COMMON, "log_connections": "all"}


@pytest.mark.parametrize("version", VERSIONS)
def test_each_parameter_has_a_reason_and_comes_once_by_its_name(version: str) -> None:
    names = [each.name for each in parameters(version)]
    assert names == sorted(set(names))
    assert all(each.reason for each in parameters(version))


@pytest.mark.parametrize("version", VERSIONS)
def test_what_needs_a_restart_or_is_a_default_waits_for_one(version: str) -> None:
    waiting = {each.name for each in parameters(version) if each.apply_method == "pending-reboot"}
    assert waiting == STATIC | RDS_DEFAULTS
