"""The engine as the program's SDK talks to it, without the SDK's notes to itself."""

from __future__ import annotations

from typing import cast

from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc
from pulumi.runtime.settings import SETTINGS


class QuietEngine:
    """Passes everything on but what is logged for debugging.

    Each line of that is a call of the engine that the SDK waits for: four thousand in a run of a real stack, a seventh of
    its time. Nobody reads them; the engine shows them to those only who ask for debugging.
    """

    def __init__(self, engine: engine_pb2_grpc.EngineStub) -> None:
        self._engine = engine

    def Log(self, request: engine_pb2.LogRequest) -> None:  # noqa: N802 - the RPC's own name
        """Write a line that a person may want to read."""
        if request.severity != engine_pb2.DEBUG:
            self._engine.Log(request)

    def __getattr__(self, name: str) -> object:
        """Any other RPC."""
        return getattr(self._engine, name)


def quiet_engine() -> None:
    """Put it in the place of this run's own engine."""
    if SETTINGS.engine is not None:
        SETTINGS.engine = cast(engine_pb2_grpc.EngineStub, QuietEngine(SETTINGS.engine))
