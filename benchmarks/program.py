"""What the program itself costs, without engine and account.

Two ratios, each the median of several runs in one process, in CPU time:
- the whole program of a stack against the same resources registered flat (at most 1.4);
- the time per resource with 30 copies of the seven services against that with seven (at most 1.3).
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Final, TypeAlias

from benchmarks.flat import register
from infra.program import run
from stacks.catalogue import SERVICES, Service
from stacks.settings import StackSettings
from tests.engine.platform import STACKS, config_of, settings_of, stack_values
from tests.engine.recording import Recording, record

Program: TypeAlias = Callable[[], Awaitable[None] | None]
RUNS: Final = 5
COPIES: Final = 30
# The one value that the program itself reads, Honeybadger's key, is the same in both stacks.
CONFIG: Final = config_of(stack_values("staging"))


def main() -> None:
    """Print both ratios for both stacks."""
    for stack in STACKS:
        settings = settings_of(stack)
        _, whole = _cpu(partial(run, settings))
        print(f"program, {stack}: {len(whole.registrations)} resources")
        ours, flat = _interleaved(partial(run, settings), partial(register, whole))
        print(
            f"  CPU time against flat: {ours / flat:.2f} (at most 1.4; {ours:.2f} s, {flat:.2f} s)"
        )
        seconds, lots = _cpu(partial(run, *copies(settings, COPIES)))
        ratio = seconds / len(lots.registrations) / (ours / len(whole.registrations))
        print(
            f"  time per resource, {7 * COPIES} services against 7: {ratio:.2f}"
            f" (at most 1.3; {len(lots.registrations)} resources in {seconds:.1f} s)"
        )


def copies(settings: StackSettings, count: int) -> tuple[StackSettings, dict[str, Service]]:
    """The seven services `count` times over; not validated, for no account has the quota."""
    catalogue, services = {}, {}
    for service in SERVICES:
        for index in range(count):
            name = f"{service.name[:3]}-{index}"
            calls = tuple(f"{callee[:3]}-{index}" for callee in service.calls)
            catalogue[name] = replace(service, name=name, calls=calls)
            own = settings.services[service.name]
            # Short, for the firewall's pattern of hosts has a limit that 30 copies of a real one would break.
            host = own.host and f"{name[0]}{index}.t.co"
            services[name] = own.model_copy(update={"host": host})
    edge = settings.edge.model_copy(update={"domain": "t.co"})
    # A rule of EventBridge names the pages of some forty services at most, and no copy has a repository on GitHub.
    less = {"services": services, "edge": edge, "supplied": {}, "delivery": None}
    return settings.model_copy(update=less), catalogue


def _cpu(program: Program) -> tuple[float, Recording]:
    gc.collect()
    started = time.process_time()
    recording = record(program, config=CONFIG, secret_keys=("turnstay:supplied",))
    return time.process_time() - started, recording


def _interleaved(first: Program, second: Program) -> tuple[float, float]:
    """Medians of runs that alternate, so that a busy moment of the machine meets both."""
    pairs = [(_cpu(first)[0], _cpu(second)[0]) for _ in range(RUNS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
