"""What each service is, in every environment. How much of it one gets is in its stack file.

The names are the customer's own; `stacks.names` derives what AWS, DNS and SQL call them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal


@dataclass(frozen=True, kw_only=True)
class Objectives:
    """What a service promises over 30 days; alarms burn against it."""

    availability_percent: float
    """share of requests that get no 5xx answer"""
    latency_ms: int
    """time within which …"""
    latency_percent: float
    """… this share of the requests is answered"""


# A payer or merchant waits, and behind it a bank or card scheme answers: 22 bad minutes a month.
MONEY_PATH: Final = Objectives(availability_percent=99.95, latency_ms=2000, latency_percent=99.0)
# What the money path asks several times for each payment, without anybody outside to wait for.
BOOKS: Final = Objectives(availability_percent=99.95, latency_ms=500, latency_percent=99.0)
# What may catch up later: 43 bad minutes a month.
SUPPORTING: Final = Objectives(availability_percent=99.9, latency_ms=2000, latency_percent=99.0)

# What every one of the services reads. Where the values come from: stacks/secret_sources.py.
REQUIRED_SECRETS: Final = ("DESCOPE_PROJECT_ID", "DESCOPE_MANAGEMENT_KEY", "SECRET_KEY")
OPTIONAL_SECRETS: Final = ("HONEYBADGER_API_KEY", "SLACK_WEBHOOK_URL")


@dataclass(frozen=True, kw_only=True)
class Service:
    """One of the customer's services; all of them are FastAPI under uvicorn, in a container."""

    name: str
    """the customer's name, and the key in every stack file"""
    exposure: Literal["public", "internal"]
    """public: behind the load balancer, with a host; internal: reached by other services alone"""
    zone: Literal["general", "card"]
    """card: handles card numbers, and so lives apart: network, keys and database of its own"""
    calls: tuple[str, ...]
    """whom it calls; the security groups are made from this, so nobody else can be reached"""
    objectives: Objectives
    database: str | None
    """its logical database; the service gets DATABASE_URL for it"""
    money_flow: Literal["payouts", "webhooks", "reconciliation"] | None = None
    """the work whose end it logs (docs/observability.md), and which must not fall silent"""
    interruptible: bool = False
    """whether its tasks may be stopped at two minutes' notice, as Fargate Spot does"""
    secrets: tuple[str, ...] = REQUIRED_SECRETS
    """variables without which it does not start, besides DATABASE_URL; one more is `(*REQUIRED_SECRETS, "STRIPE_KEY")`"""
    optional_secrets: tuple[str, ...] = OPTIONAL_SECRETS
    """variables it uses where a stack file names them"""
    command: tuple[str, ...] = (
        "uvicorn",
        "app.main:app",
        "--host",
        "0.0.0.0",  # noqa: S104 - of the task's own network; its security group says who comes in
        "--port",
        "8000",
    )
    """no shell, so that SIGTERM reaches uvicorn; no migration, for two starting tasks would race"""
    migration_command: tuple[str, ...] = ("alembic", "upgrade", "head")
    """run once per release, before the service, with a login that may change tables"""
    port: int = 8000

    @property
    def may_log_card_numbers(self) -> bool:
        """Whether what people send it can hold one: it handles them, or anybody on the internet can reach it."""
        return self.zone == "card" or self.exposure == "public"


# The order is fixed, for listener rules are numbered by it: a new service is appended.
SERVICES: Final = (
    # The front door of merchants and checkout pages: asks the others, owns none of their data.
    Service(
        name="turnstay_api",
        exposure="public",
        zone="general",
        calls=("ledger", "recon", "payouts", "secure_card_service"),
        objectives=MONEY_PATH,
        database="turnstay_api",
    ),
    # The books. It calls nobody, so that no other failure stops a booking.
    Service(
        name="ledger",
        exposure="internal",
        zone="general",
        calls=(),
        objectives=BOOKS,
        database="ledger",
    ),
    # Compares the books with statements after the fact; what is interrupted is compared again.
    Service(
        name="recon",
        money_flow="reconciliation",
        exposure="internal",
        zone="general",
        calls=("ledger",),
        objectives=SUPPORTING,
        database="recon",
        interruptible=True,
    ),
    # Balances and currency positions. A payout waits for it, which puts it on the money path.
    Service(
        name="treasury",
        exposure="internal",
        zone="general",
        calls=("ledger",),
        objectives=BOOKS,
        database="treasury",
    ),
    # Pays merchants; internal, so that a payout begins only through turnstay_api's checks.
    Service(
        name="payouts",
        money_flow="payouts",
        exposure="internal",
        zone="general",
        calls=("ledger", "treasury"),
        objectives=MONEY_PATH,
        database="payouts",
    ),
    # Receives what payment providers report; they repeat what is not acknowledged, so an
    # interruption loses nothing.
    Service(
        name="webhook-service",
        money_flow="webhooks",
        exposure="public",
        zone="general",
        calls=("turnstay_api", "ledger"),
        objectives=SUPPORTING,
        database="webhook_service",
        interruptible=True,
    ),
    # Card numbers go from the payer's browser straight to it, past all other services: the fewer
    # see one, the less of the platform PCI DSS covers. It calls nobody: card data has no way on.
    Service(
        name="secure_card_service",
        exposure="public",
        zone="card",
        calls=(),
        objectives=MONEY_PATH,
        database="secure_card_service",
    ),
)

CATALOGUE: Final[Mapping[str, Service]] = MappingProxyType({each.name: each for each in SERVICES})
