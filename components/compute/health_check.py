"""How ECS asks a container whether it is well."""

from __future__ import annotations

from typing import Final

INTERVAL_SECONDS: Final = 15
TIMEOUT_SECONDS: Final = 5
RETRIES: Final = 3
LONGEST_START_PERIOD_SECONDS: Final = 300


def health_check(port: int, path: str, start_period_seconds: int) -> dict[str, object]:
    """Asks from inside, in Python, since the images have no curl. An answer of 400 or more raises."""
    url = f"http://127.0.0.1:{port}{path}"
    # Gives up before ECS does: its own time-out would leave the process behind.
    code = f"import urllib.request as r; r.urlopen('{url}', timeout={TIMEOUT_SECONDS - 1})"
    return {
        "command": ["CMD", "python", "-c", code],
        "interval": INTERVAL_SECONDS,
        "retries": RETRIES,
        "startPeriod": min(start_period_seconds, LONGEST_START_PERIOD_SECONDS),
        "timeout": TIMEOUT_SECONDS,
    }
