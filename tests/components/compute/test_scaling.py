from __future__ import annotations

import pytest

from components.compute.scaling import Scaling


def test_requests_are_a_target_only_when_asked_for() -> None:
    assert Scaling().targets() == {
        "cpu": ("ECSServiceAverageCPUUtilization", 60),
        "memory": ("ECSServiceAverageMemoryUtilization", 75),
    }
    assert Scaling(requests_per_target_per_minute=900).targets()["requests"] == (
        "ALBRequestCountPerTarget",
        900,
    )


@pytest.mark.parametrize(
    ("scaling", "public", "problem"),
    [
        (Scaling(cpu_percent=0), True, "scaling.cpu_percent is 1 to 100, got 0"),
        (Scaling(memory_percent=101), True, "scaling.memory_percent is 1 to 100, got 101"),
        (Scaling(requests_per_target_per_minute=0), True, "is above 0, got 0"),
        (Scaling(requests_per_target_per_minute=9), False, "which an internal service has not"),
    ],
)
def test_targets_that_cannot_work_are_refused(scaling: Scaling, public: bool, problem: str) -> None:
    [found] = scaling.problems(public=public)
    assert problem in found
