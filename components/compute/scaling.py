"""What a service is scaled by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CPU: Final = "ECSServiceAverageCPUUtilization"
MEMORY: Final = "ECSServiceAverageMemoryUtilization"
REQUESTS: Final = "ALBRequestCountPerTarget"
# Out at once, in slowly: a task too many costs cents, a task too few costs payments.
SCALE_OUT_COOLDOWN_SECONDS: Final = 60
SCALE_IN_COOLDOWN_SECONDS: Final = 300
PERCENT: Final = range(1, 101)


@dataclass(frozen=True, kw_only=True)
class Scaling:
    """Targets that the autoscaler keeps. With several of them the one that asks for most tasks wins."""

    cpu_percent: int = 60
    memory_percent: int = 75
    requests_per_target_per_minute: int | None = None

    def problems(self, *, public: bool) -> list[str]:
        """Why these targets cannot work; empty when they can."""
        found = [
            f"scaling.{name} is 1 to 100, got {percent}"
            for name, percent in (
                ("cpu_percent", self.cpu_percent),
                ("memory_percent", self.memory_percent),
            )
            if percent not in PERCENT
        ]
        requests = self.requests_per_target_per_minute
        if requests is None:
            return found
        if requests < 1:
            found.append(f"scaling.requests_per_target_per_minute is above 0, got {requests}")
        if not public:
            found.append(
                "scaling.requests_per_target_per_minute counts requests of the load balancer,"
                " which an internal service has not: leave it out"
            )
        return found

    def targets(self) -> dict[str, tuple[str, int]]:
        """Kind of policy -> the metric that ECS or the load balancer publishes, and its target."""
        found = {"cpu": (CPU, self.cpu_percent), "memory": (MEMORY, self.memory_percent)}
        if self.requests_per_target_per_minute is not None:
            found["requests"] = (REQUESTS, self.requests_per_target_per_minute)
        return found
