from __future__ import annotations

import asyncio
import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.threads import in_thread

SAID: contextvars.ContextVar[str] = contextvars.ContextVar("SAID", default="nothing")


def test_a_call_gets_its_arguments_and_the_callers_context() -> None:
    def call(name: str, *, mark: str) -> str:
        return f"{SAID.get()} {name}{mark}"

    async def main() -> str:
        SAID.set("hello")
        return await in_thread(call, "you", mark="!")

    assert asyncio.run(main()) == "hello you!"


def test_an_error_of_the_call_is_raised_here() -> None:
    async def main() -> None:
        await in_thread(int, "x")

    with pytest.raises(ValueError, match="invalid literal"):
        asyncio.run(main())


def test_a_call_runs_while_every_thread_of_the_sdk_waits_for_the_engine() -> None:
    async def main() -> str:
        done = threading.Event()
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(max_workers=1))
        waiting = loop.run_in_executor(
            None, done.wait
        )  # as a RegisterResource that is not answered
        try:
            async with asyncio.timeout(20):
                return await in_thread(lambda: "ran")
        finally:
            done.set()
            await waiting

    assert asyncio.run(main()) == "ran"


def test_cancelling_does_not_wait_for_the_call() -> None:
    async def main() -> bool:
        hanging = threading.Event()
        try:
            task = asyncio.create_task(in_thread(hanging.wait, 60))
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return not hanging.is_set()
        finally:
            hanging.set()

    assert asyncio.run(main()), "the call was still hanging when its caller went on"
