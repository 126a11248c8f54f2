"""What the SDK notes for itself never reaches the engine; all else does."""

from __future__ import annotations

from typing import Any

from pulumi.runtime.proto import engine_pb2

from local.runner.quiet_engine import QuietEngine


class Listener:
    """An engine that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def Log(self, request: engine_pb2.LogRequest) -> None:  # noqa: N802 - the RPC's own name
        self.told.append(request.message)

    def GetRootResource(self, _: object) -> str:  # noqa: N802 - the RPC's own name
        return "the root"


def test_a_person_reads_all_but_the_notes_for_debugging() -> None:
    listener: Any = Listener()
    engine: Any = QuietEngine(listener)

    for severity in ("DEBUG", "INFO", "WARNING", "ERROR"):
        request = engine_pb2.LogRequest(
            severity=engine_pb2.LogSeverity.Value(severity), message=severity
        )
        engine.Log(request)

    assert listener.told == ["INFO", "WARNING", "ERROR"]
    assert engine.GetRootResource(None) == "the root"
