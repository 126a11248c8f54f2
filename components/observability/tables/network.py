"""Resource alarms of a NAT gateway."""

from __future__ import annotations

from typing import Final

from components.observability.alarm import Alarm, Metric
from components.observability.tables.row import row

NAT: Final = "AWS/NATGateway"
GATEWAY: Final = ("NatGatewayId",)
LEAST_DROPPED: Final = 10


def nat_table() -> tuple[Alarm, ...]:
    """Ports used up, and packets lost: calls to payment providers fail now and then, and nothing else shows why."""
    dropped, sent = (
        Metric(id=id_, namespace=NAT, name=name, stat="Sum", dimensions=GATEWAY)
        for id_, name in (("dropped", "PacketsDropCount"), ("sent", "PacketsOutToDestination"))
    )
    return (
        row(
            "port-allocation",
            "A NAT gateway has no ports left for another connection to the same destination.",
            runbook="nat-gateway",
            namespace=NAT,
            metric="ErrorPortAllocation",
            dimensions=GATEWAY,
            stat="Sum",
            threshold=0,
            periods=15,
            missing="missing",
        ),
        Alarm(
            name="dropped-packets",
            severity="ticket",
            runbook="nat-gateway",
            summary="A NAT gateway drops more than one of ten thousand packets.",
            metrics=(dropped, sent),
            expression=(
                f"IF(FILL(dropped, 0) >= {LEAST_DROPPED}, FILL(dropped, 0) / FILL(sent, 1), 0)"
            ),
            threshold=0.0001,
            datapoints=5,
            periods=5,
            missing="missing",
        ),
    )
