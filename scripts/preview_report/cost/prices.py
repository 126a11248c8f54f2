"""List prices in USD, without tax, each with its source and the date of it.

On-Demand, in eu-west-1. What is billed by use alone (requests, gigabytes, log lines) is not here: no plan knows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

REGION: Final = "eu-west-1"
HOURS_A_MONTH: Final = 730


@dataclass(frozen=True, kw_only=True)
class Price:
    """One price and where it was read."""

    usd: float
    unit: str
    source: str
    date: str
    """when the source said so: a year and month, or a day"""


def _price(usd: float, unit: str, source: str, date: str) -> Price:
    return Price(usd=usd, unit=unit, source=source, date=date)


LIST: Final = "AWS price list"
BILL: Final = "an AWS bill"
PRICES: Final[Mapping[str, Price]] = {
    "fargate X86_64 vcpu": _price(0.04048, "hour", f"{LIST}, SKU K4EXFQ5YFQCP98EN", "2026-07"),
    "fargate X86_64 gb": _price(0.004445, "hour", f"{LIST}, SKU UP5ETC3QSW2QZGEY", "2026-07"),
    "fargate ARM64 vcpu": _price(0.03238, "hour", f"{LIST}, SKU KXC9CEUQGJQPNZPY", "2026-07"),
    "fargate ARM64 gb": _price(0.00356, "hour", f"{LIST}, SKU MGJ5EB5GSHR8QZDF", "2026-07"),
    "load balancer": _price(0.0252, "hour", f"{BILL} (15.00 USD for 595 hours)", "2026-07"),
    "nat gateway": _price(0.048, "hour", LIST, "2026-09-25"),
    "public address": _price(0.005, "hour", BILL, "2026-07"),
    "interface endpoint": _price(0.011, "hour and zone", BILL, "2026-07"),
    "db.t4g.micro": _price(0.0170, "hour", BILL, "2026-07"),
    "db.t4g.small": _price(0.0350, "hour", BILL, "2026-07"),
    "db.t4g.medium": _price(0.0690, "hour", BILL, "2026-07"),
    "database storage gp3": _price(
        0.127, "GB and month", f"{BILL} (2.54 USD for 20 GiB)", "2026-07"
    ),
    "alarm metric": _price(0.10, "month", LIST, "2026-09-22"),
    "composite alarm": _price(0.50, "month", LIST, "2026-09-22"),
    "secret": _price(0.40, "month", f"{LIST} (us-east-1)", "2026-09"),
    "key": _price(1.00, "month", f"{LIST} (us-east-1)", "2026-09"),
    "firewall": _price(5.00, "month", f"{LIST} (us-east-1)", "2026-09"),
    "firewall rule": _price(1.00, "month", f"{LIST} (us-east-1)", "2026-09"),
}


def monthly(name: str, amount: float = 1) -> float | None:
    """What so much of it costs a month; None when no price is known here."""
    price = PRICES.get(name)
    if price is None:
        return None
    return price.usd * amount * (HOURS_A_MONTH if price.unit.startswith("hour") else 1)
