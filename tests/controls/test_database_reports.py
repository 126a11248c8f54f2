"""Controls on what databases tell hold, and each is seen to fail on one that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import database_reports as controls
from tests.controls.database_inputs import INSTANCE
from tests.controls.database_reports import PARAMETERS
from tests.controls.database_sample import databases
from tests.controls.mutation import Change, Mutation, controls_of, each_of, removing, setting
from tests.controls.roles import ROLE
from tests.controls.tables import table
from tests.controls.tasks import LOG_GROUP
from tests.engine.mutate import DELETE, with_options
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording

NAME = "general-instance"
GROUP = "general-server-parameters"
LOG = "general-logs-postgresql"


def _set(path: str, value: Any = DELETE) -> Change:
    return setting(INSTANCE, NAME, path, value)


def _parameter(name: str, value: Any = DELETE, *, key: str = "value") -> Change:
    """Give a parameter another value, or take the whole line away."""
    lines = databases().one(PARAMETERS, GROUP).inputs["parameters"]
    index = [each["name"] for each in lines].index(name)
    return setting(
        PARAMETERS,
        GROUP,
        f"parameters.{index}" if value is DELETE else f"parameters.{index}.{key}",
        value,
    )


def _worse(control: Any, name: str, *values: Any) -> list[Mutation]:
    return table(
        control,
        f"{NAME}: {name} ",
        *((f"{name} is {value}", _parameter(name, value)) for value in values),
    )


def _without_waiting(recording: Recording) -> Recording:
    return with_options(recording, INSTANCE, NAME, dependencies=())


MUTATIONS = [
    *table(
        controls.databases_report_on_their_system,
        f"{NAME}: no enhanced monitoring",
        ("off", _set("monitoringInterval", 0)),
        ("off by default", _set("monitoringInterval")),
        ("every two minutes", _set("monitoringInterval", 120)),
        ("no role", removing(ROLE, "general-monitoring-role")),
    ),
    *table(
        controls.databases_show_what_is_slow,
        f"{NAME}: no Performance Insights",
        ("off", _set("performanceInsightsEnabled", value=False)),
        ("off by default", _set("performanceInsightsEnabled")),
    ),
    *table(
        controls.databases_show_what_is_slow,
        f"{NAME}: insights have AWS's key",
        ("the default key", _set("performanceInsightsKmsKeyId")),
    ),
    *table(
        controls.databases_export_their_logs,
        "is not exported",
        ("none", _set("enabledCloudwatchLogsExports")),
        ("not the upgrade's", _set("enabledCloudwatchLogsExports", ["postgresql"])),
        ("only the upgrade's", _set("enabledCloudwatchLogsExports", ["upgrade"])),
    ),
    *table(
        controls.logs_of_databases_are_kept,
        "is RDS's",
        ("no group", removing(LOG_GROUP, LOG)),
        ("a group of another name", setting(LOG_GROUP, LOG, "name", "/turnstay/postgresql")),
        ("a name of RDS's choice", _set("identifier")),
    ),
    *table(
        controls.logs_of_databases_are_kept,
        f"{NAME}: may be there before",
        ("not waited for", _without_waiting),
    ),
    *table(
        controls.logs_of_databases_are_kept,
        f"{LOG}: kept",
        ("a month", setting(LOG_GROUP, LOG, "retentionInDays", 30)),
    ),
    *table(
        controls.logs_of_databases_are_kept,
        f"{LOG}: not encrypted with a key of ours",
        ("the default key", setting(LOG_GROUP, LOG, "kmsKeyId")),
    ),
    *_worse(controls.connections_are_encrypted, "rds.force_ssl", "0", DELETE),
    *_worse(controls.connections_are_encrypted, "password_encryption", "md5", DELETE),
    *_worse(
        controls.connections_are_encrypted, "rds.accepted_password_auth_method", "md5+scram", DELETE
    ),
    *table(
        controls.connections_are_encrypted,
        f"{NAME}: rds.force_ssl None",
        ("RDS's own parameters", removing(PARAMETERS, GROUP)),
    ),
    *_worse(controls.sessions_and_changes_are_logged, "log_connections", "0", DELETE),
    *_worse(controls.sessions_and_changes_are_logged, "log_disconnections", "0", DELETE),
    *_worse(controls.sessions_and_changes_are_logged, "log_statement", "none", DELETE),
    *_worse(controls.sessions_and_changes_are_logged, "pgaudit.log", "ddl", "none", DELETE),
    *_worse(
        controls.sessions_and_changes_are_logged,
        "shared_preload_libraries",
        "pgaudit",
        "pg_stat_statements",
        DELETE,
    ),
    *_worse(controls.data_stays_out_of_the_logs, "log_statement", "all", "mod"),
    *_worse(controls.data_stays_out_of_the_logs, "pgaudit.log", "all", "ddl,role,write"),
    *_worse(controls.data_stays_out_of_the_logs, "log_min_duration_statement", "0", "-1", DELETE),
    *_worse(controls.data_stays_out_of_the_logs, "log_parameter_max_length", "-1", "64", DELETE),
    *_worse(controls.data_stays_out_of_the_logs, "log_error_verbosity", "verbose", DELETE),
    *_worse(controls.nothing_runs_for_ever, "idle_in_transaction_session_timeout", "0", "86400000"),
    *_worse(controls.nothing_runs_for_ever, "idle_in_transaction_session_timeout", DELETE),
    *_worse(controls.nothing_runs_for_ever, "statement_timeout", "0", DELETE),
    *table(
        controls.parameters_are_of_the_servers_version,
        f"{NAME}: postgres17 on version 18",
        ("an upgrade without its group", _set("engineVersion", "18")),
    ),
    *table(
        controls.parameters_are_of_the_servers_version,
        f"{NAME}: postgres16 on version 17",
        ("another family", setting(PARAMETERS, GROUP, "family", "postgres16")),
    ),
    *table(
        controls.parameters_are_of_the_servers_version,
        f"{GROUP}: an upgrade deletes it",
        ("a name of ours", setting(PARAMETERS, GROUP, "name", "turnstay")),
        (
            "deleted first",
            lambda recording: with_options(
                recording, PARAMETERS, GROUP, delete_before_replace=True
            ),
        ),
    ),
    *table(
        controls.parameters_are_of_the_servers_version,
        f"{GROUP}: log_connections",
        ("stages before 18", _parameter("log_connections", "all")),
    ),
    *table(
        controls.static_parameters_wait_for_a_restart,
        "is applied at once",
        (
            "libraries",
            _parameter("shared_preload_libraries", "immediate", key="applyMethod"),
        ),
        ("TLS", _parameter("rds.force_ssl", "immediate", key="applyMethod")),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_database_is_found(mutation: Mutation) -> None:
    assert mutation.missed(databases()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
