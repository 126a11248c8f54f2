from __future__ import annotations

from components.database.log_groups import EXPORTED_LOGS, log_group_names
from tests.components.database.database_samples import INSTANCE, LOG_GROUP, database


def test_the_names_are_those_that_rds_makes_itself() -> None:
    assert log_group_names("turnstay-prod-card") == [
        "/aws/rds/instance/turnstay-prod-card/postgresql",
        "/aws/rds/instance/turnstay-prod-card/upgrade",
    ]


def test_every_exported_log_has_its_group_and_no_other_has() -> None:
    recording = database(identifier="turnstay-prod-card")

    assert {each.inputs["name"] for each in recording.all(LOG_GROUP)} == set(
        log_group_names("turnstay-prod-card")
    )
    instance = recording.one(INSTANCE, "general-instance")
    assert instance.inputs["enabledCloudwatchLogsExports"] == list(EXPORTED_LOGS)
