"""Task sizes that Fargate has, and an account that may run them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from stacks.draft import Draft
from stacks.errors import Problem
from stacks.fargate import MEMORY_MIB, PROXY_CPU
from stacks.settings import ServiceSettings
from stacks.wording import listed

_UNITS_PER_VCPU: Final = 1024
# A rolling deployment starts all new tasks before it stops the old ones: 200 %.
_DEPLOYMENT: Final = 2


def check_sizes(draft: Draft) -> Iterator[Problem]:
    """Every task is a pair of CPU and memory that Fargate offers, with room for its proxy."""
    for service, settings in draft.each_service():
        place, cpu, memory = ("services", service.name), settings.cpu, settings.memory_mib
        allowed = MEMORY_MIB.get(cpu)
        if allowed is None:
            proxy = f"leaves nothing beside the Service Connect proxy's {PROXY_CPU}"
            why = proxy if cpu == PROXY_CPU else "is no task size of Fargate"
            text = f"{cpu} {why}; allowed are {listed(MEMORY_MIB)}"
            yield Problem(place=(*place, "cpu"), text=text)
        elif memory not in allowed:
            sizes = f"{allowed[0]} to {allowed[-1]} in steps of {allowed.step}"
            text = f"{memory} does not go with cpu {cpu}; allowed are {sizes}"
            yield Problem(place=(*place, "memory_mib"), text=text)


def check_quota(draft: Draft) -> Iterator[Problem]:
    """The account may run every service at its largest while all of them are deployed."""
    if draft.compute is None:
        return
    quota = draft.compute.fargate_vcpu_quota
    needed = vcpus_at_most(draft.services.values())
    if needed > quota:
        yield Problem(
            place=("compute", "fargate_vcpu_quota"),
            text=f"{quota} is too small: all services at max_tasks, old and new tasks side by side"
            f" in a deployment, take {needed:g} vCPU; let AWS raise the quota, or lower max_tasks",
        )


def vcpus_at_most(services: Iterable[ServiceSettings]) -> float:
    """The vCPUs of all services at their largest, during a deployment of all."""
    units = sum(each.cpu * each.max_tasks for each in services)
    return _DEPLOYMENT * units / _UNITS_PER_VCPU
