"""How many tasks, on which capacity, scaled by what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stacks.catalogue import Service
from stacks.draft import Draft
from stacks.errors import Problem
from stacks.settings import ServiceSettings

_PRODUCTION_TASKS: Final = 2


def check_tasks(draft: Draft) -> Iterator[Problem]:
    """Counts are in order, production outlives a task, and Spot is for what may be interrupted."""
    for service, settings in draft.each_service():
        place = ("services", service.name)
        if settings.min_tasks > settings.max_tasks:
            yield Problem(
                place=(*place, "min_tasks"),
                text=f"{settings.min_tasks} is more than max_tasks {settings.max_tasks}",
            )
        if draft.environment == "production" and settings.min_tasks < _PRODUCTION_TASKS:
            yield Problem(
                place=(*place, "min_tasks"),
                text=f"{settings.min_tasks} is not enough for production;"
                f" at least {_PRODUCTION_TASKS}, so that the loss of a task is no outage",
            )
        yield from _capacity(service, settings)
        yield from _scaling(service, settings)
        yield from _grace(service, settings, draft)


def _capacity(service: Service, settings: ServiceSettings) -> Iterator[Problem]:
    capacity, place = settings.capacity, ("services", service.name, "capacity")
    if capacity.on_demand_weight == 0 and capacity.spot_weight == 0:
        yield Problem(
            place=place,
            text="has two weights of 0, which place no task beyond the base; one is at least 1",
        )
    if capacity.spot_weight == 0:
        return
    if not service.interruptible:
        yield Problem(
            place=(*place, "spot_weight"),
            text=f"{capacity.spot_weight} is not possible: AWS stops Spot tasks at two minutes'"
            f" notice, and {service.name} is not interruptible in the catalogue",
        )
    if capacity.on_demand_base == 0 and capacity.on_demand_weight == 0:
        yield Problem(
            place=(*place, "on_demand_base"),
            text="0 leaves every task to Spot, which may have none;"
            " this or on_demand_weight is at least 1",
        )


def _scaling(service: Service, settings: ServiceSettings) -> Iterator[Problem]:
    requests = settings.scaling.requests_per_target_per_minute
    if requests is not None and service.exposure == "internal":
        yield Problem(
            place=("services", service.name, "scaling", "requests_per_target_per_minute"),
            text=f"{requests} is not possible: only the load balancer counts requests,"
            f" and {service.name} is internal",
        )


def _grace(service: Service, settings: ServiceSettings, draft: Draft) -> Iterator[Problem]:
    if draft.compute is None:
        return
    grace, timeout = settings.health_check_grace_seconds, draft.compute.rollout_timeout_seconds
    if grace >= timeout:
        yield Problem(
            place=("services", service.name, "health_check_grace_seconds"),
            text=f"{grace} is not below compute.rollout_timeout_seconds {timeout}:"
            " no rollout could be judged in time",
        )
