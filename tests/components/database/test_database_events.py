from __future__ import annotations

from components.database.database_events import DatabaseEvents, DatabaseEventsArgs
from tests.components.database.database_samples import EVENTS, misspelt
from tests.engine.recording import record

TOPIC = "arn:aws:sns:eu-west-1:111122223333:alerts"
CATEGORIES = {
    "instance": ["configuration change", "failure", "maintenance"],
    "parameter-group": ["configuration change"],
    "security-group": ["configuration change", "failure"],
}


def test_failures_maintenance_and_changes_of_every_database_are_told() -> None:
    def program() -> None:
        DatabaseEvents("events", DatabaseEventsArgs(topic_arn=TOPIC, tags={"a": "b"}))

    recording = record(program)

    assert {each.name: each.inputs for each in recording.all(EVENTS)} == {
        f"events-{source}": {
            "snsTopic": TOPIC,
            "sourceType": f"db-{source}",
            "eventCategories": categories,
            "enabled": True,
            "tags": {"a": "b"},
        }
        for source, categories in CATEGORIES.items()
    }
    assert misspelt(recording) == []
