from __future__ import annotations

from pathlib import Path

import pytest

from local.runner.messages import kind_of, name_of, readable

ROOT = Path("/clone")
TRACEBACK = """python inline source runtime error: boom
Traceback (most recent call last):
  File "/clone/.venv/lib/python3.11/site-packages/pulumi/automation/_server.py", line 95, in run
    loop.run_until_complete(run_in_stack(self.program))
  File "/clone/infra/program.py", line 12, in build
    network()
  File "/clone/.venv/lib/python3.11/site-packages/pulumi/resource.py", line 3, in __init__
    raise ValueError("boom")
ValueError: boom

"""
URN = "urn:pulumi:staging::turnstay::turnstay:compute:FargateService$aws:ecs/service:Service::ledger-service"


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("<{%fg 1%}>refused<{%reset%}>\n", "refused"),
        ("an unhandled error occurred: 2 mistakes\n  cpu\n", "2 mistakes\n  cpu"),
        ("update failed\n", None),
        ("update canceled\n", None),
        ("\n", ""),
        ("Traceback (most recent call last):\n", "Traceback (most recent call last):"),
        (TRACEBACK, "ValueError: boom (infra/program.py:12)"),
        (f"an unhandled error occurred: {TRACEBACK}", "ValueError: boom (infra/program.py:12)"),
        (TRACEBACK.replace("/clone/infra", "/elsewhere"), "ValueError: boom"),
    ],
)
def test_a_message_is_what_a_person_needs_of_it(message: str, read: str | None) -> None:
    assert readable(message, ROOT) == read


def test_a_resource_has_the_name_and_kind_that_the_program_gave_it() -> None:
    assert (name_of(URN), kind_of(URN)) == ("ledger-service", "Service")
    assert name_of(None) == ""
