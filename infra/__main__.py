"""TurnStay's platform: what `pulumi up` runs."""

from __future__ import annotations

import pulumi

from infra.program import build
from stacks.errors import SettingsError
from stacks.reader import read

try:
    settings = read()
except SettingsError as error:
    # A RunError is shown as its text; any other exception would bring a traceback for a typing mistake.
    raise pulumi.RunError(str(error)) from None
build(settings)
