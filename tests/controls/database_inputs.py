"""The databases of a recorded program, for the controls on them."""

from __future__ import annotations

from typing import Any, Final

from tests.controls.keys import KEY
from tests.engine.outputs import arn
from tests.engine.recording import Recording

INSTANCE: Final = "aws:rds/instance:Instance"


def keys_of(recording: Recording) -> set[str]:
    """The ARNs of the keys that the program makes."""
    return {arn("kms", f"key/{each.name}") for each in recording.all(KEY)}


def where(recording: Recording, finding: str, **inputs: Any) -> list[str]:
    """Databases whose inputs are not these."""
    return [
        f"{each.name}: {finding}"
        for each in recording.all(INSTANCE)
        if any(each.inputs.get(key) is not value for key, value in inputs.items())
    ]
