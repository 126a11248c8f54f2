"""What of a stack file is right in itself, for the rules that compare one part with another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stacks.alarm_settings import AlarmSettings
from stacks.alert_delivery_settings import AlertDeliverySettings
from stacks.approvals import Approval
from stacks.catalogue import Service
from stacks.database_settings import DatabasesSettings
from stacks.delivery_settings import DeliverySettings
from stacks.package_settings import PackagesSettings
from stacks.settings import (
    AccountSettings,
    ComputeSettings,
    EdgeSettings,
    NetworkSettings,
    ServiceSettings,
)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A stack's settings, with None for what is missing or wrong: no mistake hides another."""

    stack: str | None = None
    environment: str | None = None
    account: AccountSettings | None = None
    network: NetworkSettings | None = None
    edge: EdgeSettings | None = None
    compute: ComputeSettings | None = None
    databases: DatabasesSettings | None = None
    alarms: AlarmSettings | None = None
    packages: PackagesSettings | None = None
    alert_delivery: AlertDeliverySettings | None = None
    protect: bool | None = None
    image_digest_required: bool | None = None
    services: Mapping[str, ServiceSettings]
    supplied: Mapping[str, Mapping[str, object]] | None = None
    """variables that have a value in the file, by service"""
    delivery: DeliverySettings | None = None
    approvals: tuple[Approval, ...] | None = None
    automatic_releases: bool | None = None
    catalogue: Mapping[str, Service]

    def each_service(self) -> Iterator[tuple[Service, ServiceSettings]]:
        """The services whose own values are right, in the order of the catalogue."""
        for name, service in self.catalogue.items():
            if name in self.services:
                yield service, self.services[name]
