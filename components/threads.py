"""Threads for blocking calls of hooks."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")

# A pool of their own. `asyncio.to_thread` uses the one in which the SDK waits for the engine, one thread for each
# resource that is not done; with enough resources waiting for gates it is full, and the gates would wait for ever.
_POOL: Final = ThreadPoolExecutor(max_workers=32, thread_name_prefix="hook")


async def in_thread(
    call: Callable[Parameters, Answer], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Answer:
    """Run a blocking call beside the event loop. When cancelled it returns at once; the call ends by its own time-out."""
    bound = partial(contextvars.copy_context().run, call, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_POOL, bound)
