"""A task as a target of a load balancer, really called on its health check path."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any, Final

from moto.elbv2.models import ELBv2Backend, FakeTargetGroup, elbv2_backends

from local.account.balancer import traffic
from local.account.ecs.ports import Ports
from local.account.ecs.probing import Pace, Verdict, watch
from local.account.gaps.elbv2 import TargetHealth, target_health

ADDRESS: Final = "127.0.0.1"
POLL_SECONDS: Final = 0.02
INITIAL: Final = TargetHealth(
    "initial", "Elb.InitialHealthChecking", "Initial health checks in progress"
)
REASONS: Final = {"codes": "Target.ResponseCodeMismatch", "timed": "Target.Timeout"}


class Target:
    """A port of this machine, registered in a target group of the account from `register` to `deregister`.

    Its id is 127.0.0.1 and its port the free one that stands in for the container's. Requests that the load
    balancer has on their way to it have the group's deregistration delay to end.
    """

    def __init__(self, account_id: str, arn: str, container_port: int, ports: Ports) -> None:
        self.arn, self.port, self.verdict = arn, ports.of(container_port), Verdict.STARTING
        self._ports, self._key = ports, (arn, ADDRESS, self.port)
        self._backend: ELBv2Backend = elbv2_backends[account_id][arn.split(":")[3]]
        self._watch: asyncio.Task[None] | None = None

    def register(self, changed: Callable[[], object]) -> None:
        """Begin to be checked; `changed` is called with each change of `verdict`."""
        group = self._backend.target_groups.get(self.arn)
        if not group:
            return  # deleted meanwhile: never healthy
        self._tell(INITIAL)  # first: a target of which nothing is known counts as healthy
        group.targets[f"{ADDRESS}:{self.port}"] = {"Id": ADDRESS, "Port": self.port}

        def report(verdict: Verdict, problem: str) -> None:
            self.verdict = verdict
            healthy = verdict is Verdict.HEALTHY
            self._tell(TargetHealth("healthy") if healthy else _unhealthy(problem))
            changed()

        pace = Pace(
            interval=float(group.health_check_interval_seconds),
            failures=int(group.unhealthy_threshold_count),
            successes=int(group.healthy_threshold_count),
        )
        self._watch = asyncio.create_task(watch(pace, lambda _: self._probe(group), report))

    async def deregister(self) -> None:
        """End being checked and known, once the requests on their way have been answered."""
        if self._watch:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        group = self._backend.target_groups.get(self.arn)
        with traffic.closed():
            if group:
                group.targets.pop(f"{ADDRESS}:{self.port}", None)
            target_health.pop(self._key, None)
        await self._drain(group)
        traffic.forget(self._key)

    async def _drain(self, group: FakeTargetGroup | None) -> None:
        delay: Any = group.attributes["deregistration_delay.timeout_seconds"] if group else 0
        clock = asyncio.get_running_loop().time
        until = clock() + float(delay)
        # The load balancer counts in a thread of its own.
        while traffic.is_busy(self._key) and clock() < until:  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)

    def _tell(self, health: TargetHealth) -> None:
        target_health[self._key] = health

    async def _probe(self, group: FakeTargetGroup) -> str | None:
        port = self.port
        if str(group.health_check_port).isdigit():
            port = int(self._ports.rewrite(str(group.health_check_port)))
        timeout = float(group.health_check_timeout_seconds)
        try:
            code = await asyncio.wait_for(_get(port, group.health_check_path or "/"), timeout)
        except TimeoutError:
            return "Request timed out"
        except (OSError, ValueError):
            return "Health checks failed"
        expected = (group.matcher or {}).get("HttpCode") or "200"
        return (
            None if _matches(code, expected) else f"Health checks failed with these codes: [{code}]"
        )


async def _get(port: int, path: str) -> int:
    stream, writer = await asyncio.open_connection(ADDRESS, port)
    try:
        request = f"GET {path} HTTP/1.1\r\nHost: {ADDRESS}:{port}\r\nUser-Agent: ELB-HealthChecker/2.0\r\n"
        writer.write(f"{request}Connection: close\r\n\r\n".encode())
        return int((await stream.readline()).split()[1])
    except IndexError as error:
        raise ValueError("no HTTP status line") from error
    finally:
        writer.close()


def _matches(code: int, expected: str) -> bool:
    """Whether a status code is in a matcher such as `200`, `200,204` or `200-399`."""
    for part in expected.split(","):
        low, _, high = part.strip().partition("-")
        if int(low) <= code <= int(high or low):
            return True
    return False


def _unhealthy(problem: str) -> TargetHealth:
    word = re.search("|".join(REASONS), problem)
    return TargetHealth(
        "unhealthy", REASONS.get(word[0] if word else "", "Target.FailedHealthChecks"), problem
    )
