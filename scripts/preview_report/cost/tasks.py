"""What the tasks of a service cost a month, at the number that autoscaling keeps at least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scripts.preview_report.changes import Change
from scripts.preview_report.cost.prices import monthly
from scripts.preview_report.ownership import service_of
from scripts.preview_report.values import Json, is_unknown, mapping, number
from stacks.names import slug
from stacks.settings import StackSettings

TARGET: Final = "aws:appautoscaling/target:Target"
TASK: Final = "aws:ecs/taskDefinition:TaskDefinition"
SERVICE: Final = "aws:ecs/service:Service"
UNITS_PER_VCPU: Final = 1024
MIB_PER_GB: Final = 1024


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many tasks of which size."""

    count: float
    cpu: float
    memory_mib: float
    architecture: str

    def usd(self) -> float | None:
        """On-Demand: what runs on Spot costs less, and is not certain to run."""
        vcpu = monthly(f"fargate {self.architecture} vcpu", self.cpu / UNITS_PER_VCPU)
        memory = monthly(f"fargate {self.architecture} gb", self.memory_mib / MIB_PER_GB)
        return None if vcpu is None or memory is None else self.count * (vcpu + memory)


def task_costs(
    changes: Sequence[Change], settings: StackSettings
) -> dict[str, tuple[float | None, float | None]]:
    """Before and after, for each service whose number or size of tasks is among the changes.

    What is not among them is as the stack file says it.
    """
    found = {}
    for name, service in settings.services.items():
        own = [each for each in changes if service_of(each) == slug(name)]
        target = _one(own, TARGET, f"{slug(name)}-target")
        task = _one(own, TASK, f"{slug(name)}-task")
        runs = _one(own, SERVICE, f"{slug(name)}-service")
        if target is None and task is None and runs is None:
            continue
        now = Size(
            count=service.min_tasks,
            cpu=service.cpu,
            memory_mib=service.memory_mib,
            architecture=settings.compute.cpu_architecture,
        )
        before = _size(now, target.was if target else {}, task.was if task else {})
        after = _size(now, target.will if target else {}, task.will if task else {})
        begins, ends = _is(runs, "create"), _is(runs, "delete")
        found[slug(name)] = (0.0 if begins else before.usd(), 0.0 if ends else after.usd())
    return found


def _one(changes: Sequence[Change], kind: str, name: str) -> Change | None:
    return next((each for each in changes if each.type == kind and each.name == name), None)


def _is(change: Change | None, kind: str) -> bool:
    return change is not None and change.kind == kind


def _size(now: Size, target: Json, task: Json) -> Size:
    platform = mapping(task.get("runtimePlatform")).get("cpuArchitecture")
    return Size(
        count=_known(target.get("minCapacity"), now.count),
        cpu=_known(task.get("cpu"), now.cpu),
        memory_mib=_known(task.get("memory"), now.memory_mib),
        architecture=str(platform) if platform and not is_unknown(platform) else now.architecture,
    )


def _known(value: object, otherwise: float) -> float:
    found = number(value)
    return otherwise if found is None else found
