"""One Fargate service, recorded by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from components.compute.fargate_service import FargateService, FargateServiceArgs
from tests.components.compute.samples import service_args
from tests.engine.recording import Recording, record


def recorded(
    args: Callable[[], FargateServiceArgs] = service_args, *, preview: bool = False, **changes: Any
) -> Recording:
    """The service alone. Outputs among its inputs are made by `args`, while the program runs."""

    def program() -> None:
        FargateService("ledger", service_args(**changes) if changes else args())

    return record(program, preview=preview)
