"""A part with mistakes, made whole, so that the rules can look at what is right in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import ValidationError

from stacks.section import Section
from stacks.settings import ComputeSettings, EdgeSettings, NetworkSettings, ServiceSettings

# A value for each required field that offends no rule. A field without one (the domain, the region) is read by rules
# about other places: while it is wrong, they would report mistakes that are none.
_HARMLESS: Final[Mapping[type[Section], Mapping[str, object]]] = {
    NetworkSettings: {
        "cidr": "10.0.0.0/16",
        "availability_zones": ["eu-west-1a", "eu-west-1b"],
        "nat_gateways": "single",
        "flow_log_retention_days": 365,
    },
    EdgeSettings: {
        "hosted_zone": "example.com",
        "waf_requests_per_5_minutes": 1000,
        "access_log_retention_days": 365,
        "idle_timeout_seconds": 60,
        "deletion_protection": True,
    },
    ComputeSettings: {
        "log_retention_days": 365,
        "container_insights": "enabled",
        "cpu_architecture": "X86_64",
        "fargate_vcpu_quota": 100_000,
        "rollout_timeout_seconds": 7200,
        "images_kept": 100,
    },
    ServiceSettings: {"cpu": 512, "memory_mib": 1024, "min_tasks": 2, "max_tasks": 2},
}


def mended(
    model: object, given: object, error: ValidationError
) -> tuple[Section | None, frozenset[str]]:
    """The part with harmless values for wrong and missing ones, and the names of these; None if that cannot be.

    What a rule finds at one of these names is not to be reported: it speaks of a value that nobody gave.
    """
    wrong = frozenset(str(detail["loc"][0]) for detail in error.errors() if detail["loc"])
    if not (isinstance(model, type) and issubclass(model, Section) and model in _HARMLESS):
        return None, wrong
    if not isinstance(given, Mapping):
        return None, wrong
    right = {key: value for key, value in given.items() if key not in wrong}
    harmless = {key: value for key, value in _HARMLESS[model].items() if key in wrong}
    try:
        return model.model_validate(right | harmless), wrong
    except ValidationError:
        return None, wrong
