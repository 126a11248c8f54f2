"""Resource alarms of a PostgreSQL server on RDS."""

from __future__ import annotations

from functools import partial
from typing import Final

from components.observability.alarm import Alarm
from components.observability.tables.row import row

GIB: Final = 2**30
SERVER: Final = ("DBInstanceIdentifier",)
LATENCY_SECONDS: Final = 0.02


def database_table(
    *, memory_gib: float, vcpus: int, storage_gib: int, max_connections: int
) -> tuple[Alarm, ...]:
    """Bounds are shares of what the server has."""
    of = partial(row, namespace="AWS/RDS", dimensions=SERVER, runbook="database-saturated")
    average = partial(of, stat="Average")
    falls = partial(average, comparison="LessThanThreshold")
    return (
        average(
            "cpu",
            "The database server uses more than 90 % of its CPU, or says nothing any more.",
            metric="CPUUtilization",
            threshold=90,
            missing="breaching",
        ),
        average(
            "load",
            f"More than {vcpus} sessions work or wait at once: more than the server has CPUs.",
            metric="DBLoad",
            threshold=vcpus,
            periods=15,
            missing="missing",
        ),
        average(
            "connections",
            "More than 80 % of the database server's connections are taken.",
            metric="DatabaseConnections",
            threshold=int(max_connections * 0.8),
            runbook="database-connections",
            missing="missing",
        ),
        falls(
            "memory",
            "The database server has less than a quarter of its memory left.",
            metric="FreeableMemory",
            threshold=int(memory_gib * GIB / 4),
            periods=15,
            missing="missing",
        ),
        of(
            "storage",
            "The database server has been short of storage for half an hour, and it does not grow.",
            metric="FreeStorageSpace",
            stat="Minimum",
            comparison="LessThanThreshold",
            # RDS enlarges it when a tenth has been left for five minutes; growth itself is no news.
            threshold=int(storage_gib * GIB / 10),
            periods=30,
            runbook="database-storage",
            missing="missing",
        ),
        *(
            of(
                f"{name}-latency",
                f"A tenth of the database server's {name}s takes longer than 20 ms.",
                metric=f"{name.capitalize()}Latency",
                stat="p90",
                threshold=LATENCY_SECONDS,
                periods=15,
                missing="missing",
            )
            for name in ("read", "write")
        ),
        *(
            falls(
                f"{name.lower()}-balance",
                f"The database server's disk has used up its bursts ({name}).",
                metric=f"EBS{name}Balance%",
                threshold=10,
                periods=3,
                missing="missing",
            )
            for name in ("IO", "Byte")
        ),
        of(
            "transaction-ids",
            "Half of the transaction ids are used and vacuum does not keep up; without any left the server stops writing.",
            metric="MaximumUsedTransactionIDs",
            stat="Average",
            threshold=1_000_000_000,
            periods=1,
            runbook="database-transaction-ids",
            missing="missing",
        ),
    )
