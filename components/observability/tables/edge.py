"""Resource alarms of what the internet meets: load balancer, firewall, certificate."""

from __future__ import annotations

from typing import Final

from components.observability.alarm import Alarm, Metric
from components.observability.signals import ALB
from components.observability.tables.row import row

FIREWALL: Final = ("WebACL", "Region", "Rule")
LEAST_BLOCKED: Final = 500


def load_balancer_table() -> tuple[Alarm, ...]:
    """Failed TLS handshakes are missing on purpose: scanners of the internet cause them all day."""
    return (
        row(
            "rejected-connections",
            "The load balancer is at its limit of connections and rejects new ones.",
            runbook="edge-availability",
            namespace=ALB,
            metric="RejectedConnectionCount",
            dimensions=("LoadBalancer",),
            stat="Sum",
            threshold=0,
            missing="notBreaching",
        ),
    )


def firewall_table() -> tuple[Alarm, ...]:
    """Half of everything blocked is an attack, or a rule that blocks customers; both want a look."""
    blocked, allowed = (
        Metric(id=id_, namespace="AWS/WAFV2", name=name, stat="Sum", dimensions=FIREWALL)
        for id_, name in (("blocked", "BlockedRequests"), ("allowed", "AllowedRequests"))
    )
    return (
        Alarm(
            name="blocked-requests",
            severity="ticket",
            runbook="firewall-blocks",
            summary="The firewall blocks more than half of all requests.",
            metrics=(blocked, allowed),
            expression=(
                f"IF(FILL(blocked, 0) >= {LEAST_BLOCKED},"
                " FILL(blocked, 0) / (FILL(blocked, 0) + FILL(allowed, 1)), 0)"
            ),
            threshold=0.5,
            period_seconds=300,
            datapoints=3,
            periods=3,
            missing="notBreaching",
        ),
    )


def certificate_table() -> tuple[Alarm, ...]:
    """ACM renews 60 days before the end; sixteen days later something keeps it from doing so."""
    return (
        row(
            "expiry",
            "A certificate ends within 44 days and ACM has not renewed it.",
            runbook="certificate-expiry",
            namespace="AWS/CertificateManager",
            metric="DaysToExpiry",
            dimensions=("CertificateArn",),
            stat="Minimum",
            comparison="LessThanOrEqualToThreshold",
            threshold=44,
            period_seconds=86_400,
            periods=1,
            # A new certificate has no metric for half a day, and an expired one never again: the state stays as it is.
            missing="ignore",
        ),
    )
