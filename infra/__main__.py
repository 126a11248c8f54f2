"""TurnStay's platform: what `pulumi up` runs."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path

import pulumi

from infra.program import run
from stacks.errors import SettingsError
from stacks.reader import read

# The SDK's heap is large and grows all the time; Python's default would walk it again and again, for more than half of
# the program's time (benchmarks/program.py).
gc.set_threshold(50_000, 20, 100)

try:
    settings = read(root=Path(__file__).resolve().parents[1])
except SettingsError as error:
    # A RunError is shown as its text; any other exception would bring a traceback for a typing mistake.
    raise pulumi.RunError(str(error)) from None
pulumi.run(partial(run, settings))
