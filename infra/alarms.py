"""What is watched, and who is told."""

from __future__ import annotations

from collections.abc import Mapping

from components.observability.event_notices import EventNotices
from infra.event_notices import build_budget, build_event_notices
from infra.ground import Ground, PlatformService
from infra.platform_alarms import build_platform_alarms
from infra.service_alarms import build_service_alarms
from stacks.catalogue import Service


def build_alarms(
    ground: Ground, catalogue: Mapping[str, Service], built: Mapping[str, PlatformService]
) -> EventNotices:
    """Alarms of everything that is there, and notices of events; the latter know the rules that page."""
    build_service_alarms(ground, catalogue, built)
    build_platform_alarms(ground, catalogue)
    build_budget(ground)
    return build_event_notices(ground, catalogue)
