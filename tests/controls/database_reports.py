"""Controls on what databases tell: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tests.controls.database_inputs import INSTANCE, keys_of, where
from tests.controls.roles import ROLE
from tests.controls.tasks import A_YEAR, LOG_GROUP
from tests.engine.recording import Recording
from tests.engine.registration import Registration

PARAMETERS: Final = "aws:rds/parameterGroup:ParameterGroup"
LOGS: Final = ("postgresql", "upgrade")
INTERVALS: Final = (1, 5, 10, 15, 30, 60)
# https://www.postgresql.org/docs/current/runtime-config-client.html: set when the server starts.
STATIC: Final = ("shared_preload_libraries",)
MINUTE_MS: Final = 60_000


def databases_report_on_their_system(recording: Recording) -> list[str]:
    """RDS.6."""
    roles = {each.urn for each in recording.all(ROLE)}
    return [
        f"{each.name}: no enhanced monitoring"
        for each in recording.all(INSTANCE)
        if each.inputs.get("monitoringInterval") not in INTERVALS
        or not roles & set(each.property_dependencies.get("monitoringRoleArn", ()))
    ]


def databases_show_what_is_slow(recording: Recording) -> list[str]:
    """Performance Insights holds statements: with a key of ours, which can never be changed."""
    findings = where(recording, "no Performance Insights", performanceInsightsEnabled=True)
    return findings + [
        f"{each.name}: insights have AWS's key"
        for each in recording.all(INSTANCE)
        if each.inputs.get("performanceInsightsKmsKeyId") not in keys_of(recording)
    ]


def databases_export_their_logs(recording: Recording) -> list[str]:
    """RDS.9 and RDS.36."""
    return [
        f"{each.name}: {log} is not exported"
        for each in recording.all(INSTANCE)
        for log in LOGS
        if log not in each.inputs.get("enabledCloudwatchLogsExports", [])
    ]


def logs_of_databases_are_kept(recording: Recording) -> list[str]:
    """CloudWatch.16: RDS makes a group that is not there first, without key or end, and ours could not be made then."""
    groups = {each.inputs["name"]: each for each in recording.all(LOG_GROUP)}
    findings = []
    for database in recording.all(INSTANCE):
        for log in database.inputs.get("enabledCloudwatchLogsExports", []):
            name = f"/aws/rds/instance/{database.inputs.get('identifier')}/{log}"
            group = groups.get(name)
            if group is None:
                findings.append(f"{database.name}: {name} is RDS's")
                continue
            if group.urn not in database.dependencies:
                findings.append(f"{database.name}: may be there before {group.name}")
            if group.inputs.get("retentionInDays", 0) < A_YEAR:
                findings.append(f"{group.name}: kept {group.inputs.get('retentionInDays')} days")
            if group.inputs.get("kmsKeyId") not in keys_of(recording):
                findings.append(f"{group.name}: not encrypted with a key of ours")
    return findings


def connections_are_encrypted(recording: Recording) -> list[str]:
    """RDS.38; and a password is never sent or kept as md5."""
    return [
        *_wrong(recording, "rds.force_ssl", lambda value: value == "1"),
        *_wrong(recording, "password_encryption", lambda value: value == "scram-sha-256"),
        *_wrong(recording, "rds.accepted_password_auth_method", lambda value: value == "scram"),
    ]


def sessions_and_changes_are_logged(recording: Recording) -> list[str]:
    """PCI 10.2.1: who came and went, and who changed the schema and the roles, inside functions too."""
    return [
        *_wrong(recording, "log_connections", lambda value: value in ("1", "all")),
        *_wrong(recording, "log_disconnections", lambda value: value == "1"),
        *_wrong(recording, "log_statement", lambda value: value == "ddl"),
        *_wrong(recording, "pgaudit.log", lambda value: {"ddl", "role"} <= set(value.split(","))),
        *_wrong(
            recording,
            "shared_preload_libraries",
            lambda value: set(value.split(",")) == {"pg_stat_statements", "pgaudit"},
        ),
    ]


def data_stays_out_of_the_logs(recording: Recording) -> list[str]:
    """PCI 3: the text of statements that change data, the values bound to slow ones, and rows that errors quote."""
    return [
        *_wrong(recording, "log_statement", lambda value: value in ("none", "ddl")),
        *_wrong(
            recording,
            "pgaudit.log",
            lambda value: not {"all", "read", "write", "function", "misc"} & set(value.split(",")),
        ),
        *_wrong(recording, "log_min_duration_statement", lambda value: int(value) >= 100),
        *_wrong(recording, "log_parameter_max_length", lambda value: value == "0"),
        *_wrong(recording, "log_error_verbosity", lambda value: value == "terse"),
    ]


def nothing_runs_for_ever(recording: Recording) -> list[str]:
    """Locks that are held keep everybody out, and vacuum from cleaning up."""
    return [
        *_wrong(
            recording,
            "idle_in_transaction_session_timeout",
            lambda value: 0 < int(value) <= 10 * MINUTE_MS,
        ),
        *_wrong(recording, "statement_timeout", lambda value: 0 < int(value) <= 60 * MINUTE_MS),
    ]


def parameters_are_of_the_servers_version(recording: Recording) -> list[str]:
    """RDS refuses the group of another major version, and 1 for log_connections from 18 on."""
    findings = []
    for database, group in _groups(recording):
        version = str(database.inputs.get("engineVersion")).split(".")[0]
        if group.inputs["family"] != f"postgres{version}":
            findings.append(f"{database.name}: {group.inputs['family']} on version {version}")
        if group.inputs.get("name") or group.delete_before_replace:
            findings.append(f"{group.name}: an upgrade deletes it while it is in use")
        connections = _parameters(group).get("log_connections", ("", ""))[0]
        if (connections == "1") == (int(version) >= 18):
            findings.append(f"{group.name}: log_connections {connections} on version {version}")
    return findings


def static_parameters_wait_for_a_restart(recording: Recording) -> list[str]:
    """RDS refuses the whole change otherwise."""
    return [
        f"{group.name}: {name} is applied at once"
        for _, group in _groups(recording)
        for name, (_, method) in _parameters(group).items()
        if (name in STATIC or name.startswith("rds.")) and method != "pending-reboot"
    ]


def _wrong(recording: Recording, parameter: str, good: Callable[[str], bool]) -> Iterator[str]:
    """Databases whose parameter group does not set it so, or that have none of the program's."""
    with_group = dict[str, Registration]()
    for database, group in _groups(recording):
        with_group[database.urn] = group
    for database in recording.all(INSTANCE):
        group_or_none = with_group.get(database.urn)
        value = _parameters(group_or_none).get(parameter, (None, ""))[0] if group_or_none else None
        if value is None or not good(value):
            yield f"{database.name}: {parameter} {value}"


def _groups(recording: Recording) -> Iterator[tuple[Registration, Registration]]:
    groups = {each.urn: each for each in recording.all(PARAMETERS)}
    for database in recording.all(INSTANCE):
        for urn in database.property_dependencies.get("parameterGroupName", ()):
            if urn in groups:
                yield database, groups[urn]


def _parameters(group: Registration) -> dict[str, tuple[str, str]]:
    """The value and the apply method of each, by its name."""
    return {
        each["name"]: (each["value"], each.get("applyMethod", "immediate"))
        for each in group.inputs.get("parameters", [])
    }
