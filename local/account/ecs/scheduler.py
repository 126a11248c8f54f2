"""Bring the tasks of a service one step nearer to what is wanted."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from moto.core.utils import utcnow

from local.account.ecs.deployments import Deployment, Rollout
from local.account.ecs.rolling import Bounds, pause, provider_for, threshold
from local.account.ecs.tasks import Task

if TYPE_CHECKING:
    from local.account.ecs.services import Service

Json = dict[str, Any]

SHOWN_SECONDS: Final = 10.0  # a failed deployment is listed at least this long


def step(service: Service, now: float) -> None:
    """Look at everything once and begin what follows from it. `now` is on the event loop's clock."""
    for deployment in service.deployments:
        _give_up_unwell(service, deployment)
        if deployment.take_stock() and deployment is service.deployments[0]:
            service.not_before = now + pause(deployment.failures_in_a_row)
    if service.settings["status"] == "DRAINING":
        _drain(service)
        return
    _judge(service, now)
    _start_missing(service, now)
    _stop_surplus(service)
    _forget_replaced(service, now)


def _give_up_unwell(service: Service, deployment: Deployment) -> None:
    grace = service.settings.get("healthCheckGracePeriodSeconds") or 0
    for task in deployment.alive:
        if not (problem := task.problem):
            continue
        since: datetime = task.shown.get("startedAt") or task.shown["createdAt"]
        left = grace - (utcnow() - since).total_seconds()
        if left > 0:
            service.notify(left)
        else:
            service.tell(f"(task {task.id}) is unhealthy: {problem}")
            deployment.give_up(task, problem)


def _drain(service: Service) -> None:
    tasks = [task for deployment in service.deployments for task in deployment.tasks]
    for task in tasks:
        task.stop(
            "ServiceSchedulerInitiated", f"Scaling activity initiated by (service {service.name})"
        )
    if not tasks:
        service.settings |= {"status": "INACTIVE", "inactiveAt": utcnow()}
        service.deployments.clear()


def _judge(service: Service, now: float) -> None:
    """Complete the newest deployment, or let it fail."""
    primary = service.deployments[0]
    if primary.state is not Rollout.IN_PROGRESS:
        return
    breaker = service.settings.get("deploymentConfiguration", {}).get(
        "deploymentCircuitBreaker", {}
    )
    if breaker.get("enable") and primary.failures_in_a_row >= threshold(service.desired):
        _fail(service, primary, now, rollback=breaker.get("rollback", False))
    elif len(primary.healthy) >= service.desired:
        primary.move(Rollout.COMPLETED, f"ECS deployment {primary.id} completed.")
        service.completed = primary
        service.tell(f"(deployment {primary.id}) deployment completed.")
        service.tell("has reached a steady state.")


def _fail(service: Service, primary: Deployment, now: float, *, rollback: bool) -> None:
    primary.move(Rollout.FAILED, "ECS deployment circuit breaker: tasks failed to start.")
    primary.shown_until = now + SHOWN_SECONDS
    service.notify(SHOWN_SECONDS)
    service.tell(f"(deployment {primary.id}) deployment failed: tasks failed to start.")
    good = service.completed
    # A rollback that fails too is not rolled back again: it would go round for ever.
    if rollback and good and not primary.is_rollback:
        service.tell(f"rolling back to deployment {good.id}.")
        reason = f"ECS deployment circuit breaker: rolling back to deploymentId {good.id}."
        service.deploy(good.settings, reason, is_rollback=True)


def _start_missing(service: Service, now: float) -> None:
    primary = service.deployments[0]
    if primary.state is Rollout.FAILED:
        return
    bounds = Bounds.of(service.desired, service.settings.get("deploymentConfiguration", {}))
    running = sum(len(deployment.alive) for deployment in service.deployments)
    missing = min(service.desired - len(primary.alive), bounds.most - running)
    if missing > 0 and now < service.not_before:
        service.notify(service.not_before - now)
        return
    started = [_start(service, primary) for _ in range(missing)]
    if started:
        names = " ".join(f"(task {task.id})." for task in started)
        service.tell(f"has started {len(started)} tasks: {names}")


def _start(service: Service, deployment: Deployment) -> Task:
    strategy = deployment.settings.get("capacityProviderStrategy", ())
    used = Counter(task.shown.get("capacityProviderName", "") for task in deployment.alive)
    request = {
        "startedBy": deployment.id,
        "group": f"service:{service.name}",
        "capacityProviderName": provider_for(strategy, used),
        "enableExecuteCommand": service.settings.get("enableExecuteCommand", False),
    }
    task = service.region.start_task(service, deployment, deployment.settings | request)
    deployment.tasks.append(task)
    return task


def _stop_surplus(service: Service) -> None:
    """End what is too many: of the newest deployment above the desired count, of older ones what is replaced."""
    primary, *older = service.deployments
    reason = f"Scaling activity initiated by (deployment {primary.id})"
    for task in primary.alive[service.desired :]:
        task.stop("ServiceSchedulerInitiated", reason)
    bounds = Bounds.of(service.desired, service.settings.get("deploymentConfiguration", {}))
    spare = sum(len(deployment.healthy) for deployment in service.deployments) - bounds.least
    for task in sorted(
        (task for each in older for task in each.alive), key=lambda task: task.healthy
    ):
        if task.healthy and spare <= 0:
            break
        spare -= task.healthy
        task.stop("ServiceSchedulerInitiated", reason)


def _forget_replaced(service: Service, now: float) -> None:
    """Older deployments are listed until the newest is complete and they have no task left."""
    primary, *older = service.deployments
    if primary.state is Rollout.COMPLETED:
        kept = [each for each in older if each.tasks or now < each.shown_until]
        service.deployments = [primary, *kept]
