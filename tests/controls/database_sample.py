"""Two databases in the isolated subnets of a network, with their keys, clients, alerts and backups."""

from __future__ import annotations

from functools import cache
from typing import Final

import pulumi

from components.database.database_access import DatabaseAccess, DatabaseAccessArgs
from components.database.database_backups import DatabaseBackups
from components.database.database_events import DatabaseEvents, DatabaseEventsArgs
from components.database.log_groups import log_group_names
from components.database.postgres_database import PostgresDatabase
from components.keys.encryption_key import EncryptionKey
from components.keys.policies import Statement, logs_statement
from components.network.network import Network
from components.observability.alert_topic import AlertTopic, AlertTopicArgs
from components.observability.alert_topic_policies import topic_key_statement
from tests.components.database.database_samples import backups_args, database_args
from tests.components.keys.sample import key_args
from tests.components.network.sample import network_args
from tests.engine.outputs import ACCOUNT, REGION
from tests.engine.recording import Recording, record

IDENTIFIERS: Final = {zone: f"turnstay-staging-{zone}" for zone in ("general", "card")}
TOPIC: Final = "turnstay-staging-alerts"
FLOWS: Final = "/turnstay/staging/flow-log"


@cache
def databases() -> Recording:
    """The sample, recorded once. Shared: never change it in place."""
    return record(_program)


def _key(name: str, *statements: Statement) -> pulumi.Output[str]:
    return EncryptionKey(name, key_args(alias=f"alias/{name}", statements=statements)).arn


def _logs(*groups: str) -> Statement:
    return logs_statement(region=REGION, account_id=ACCOUNT, log_group_names=groups)


def _program() -> None:
    network = Network("network", network_args(logs_key_arn=_key("flows", _logs(FLOWS))))
    subnets = {"general": network.data_subnet_ids, "card": network.card_subnet_ids}
    storage = {zone: _key(f"{zone}-storage") for zone in IDENTIFIERS}
    servers = {
        zone: PostgresDatabase(
            zone,
            database_args(
                identifier=identifier,
                vpc_id=network.vpc_id,
                subnet_ids=subnets[zone],
                storage_key_arn=storage[zone],
                insights_key_arn=_key(f"{zone}-insights"),
                secret_key_arn=_key(f"{zone}-secrets"),
                logs_key_arn=_key(f"{zone}-logs", _logs(*log_group_names(identifier))),
            ),
        )
        for zone, identifier in IDENTIFIERS.items()
    }
    DatabaseAccess(
        "ledger-database",
        DatabaseAccessArgs(
            client_security_group_id="ledger-tasks-id",
            database_security_group_id=servers["general"].security_group_id,
            port=servers["general"].port,
            description="ledger queries the general databases",
        ),
    )
    _alerts()
    DatabaseBackups(
        "backups",
        backups_args(
            database_arns=[each.arn for each in servers.values()],
            key_arn=_key("vault"),
            database_key_arns=list(storage.values()),
        ),
    )


def _alerts() -> None:
    statement = topic_key_statement(region=REGION, account_id=ACCOUNT, topic_name=TOPIC)
    topic = AlertTopic(
        "alerts",
        AlertTopicArgs(
            topic_name=TOPIC, account_id=ACCOUNT, region=REGION, key_arn=_key("alerts", statement)
        ),
    )
    DatabaseEvents("database-events", DatabaseEventsArgs(topic_arn=topic.arn))
