"""The sample service, started as the platform's services are."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

from local.account.server import Account
from tests.local.account.workbench import PORT, Workbench, account_id

SAMPLE = Path(__file__).parents[3] / "local" / "sample"
COMMAND = ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"]  # noqa: S104
ASK = "import urllib.request as r; r.urlopen('http://localhost:8000/health', timeout=2)"


def test_it_serves_under_the_platforms_own_command_and_check_and_says_who_it_is() -> None:
    container = {
        "command": COMMAND,
        "portMappings": PORT,
        "healthCheck": {"command": ["CMD", "python", "-c", ASK], "interval": 10, "startPeriod": 30},
        "environment": [
            {"name": "ENVIRONMENT", "value": "staging"},
            {"name": "HOME", "value": "/nowhere"},
        ],
    }
    with Account(account_id(), {"": SAMPLE}) as account, Workbench(account) as bench:
        definition = bench.define(container, family="ledger")
        bench.create(definition, name="ledger")
        bench.rollout("COMPLETED", "ledger")
        task = bench.task(bench.tasks("ledger")[0])
        port = task["containers"][0]["networkBindings"][0]["hostPort"]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert json.load(answer) == {
                "service": "ledger",
                "environment": "staging",
                "revision": "1",
            }
