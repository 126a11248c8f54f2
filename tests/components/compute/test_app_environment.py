"""The variables mean to uvicorn what they are set for."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from components.compute.app_environment import (
    SHUTDOWN_SECONDS,
    STOP_TIMEOUT_SECONDS,
    platform_environment,
)
from components.compute.target_group import DEREGISTRATION_DELAY_SECONDS
from tests.components.compute.samples import COMMAND


def test_uvicorn_reads_its_time_outs_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in platform_environment(80).items():
        monkeypatch.setenv(name, value)
    settings: Any = uvicorn.main
    options = settings.make_context("uvicorn", list(COMMAND[1:])).params
    assert options["timeout_keep_alive"] == 80
    assert options["timeout_graceful_shutdown"] == SHUTDOWN_SECONDS


@pytest.mark.parametrize(
    ("peer", "header", "client"),
    [
        ("10.20.3.4", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9, 10.20.3.4", "203.0.113.9"),
        ("10.20.3.4", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("198.51.100.7", "6.6.6.6", "198.51.100.7"),
    ],
    ids=["load balancer", "and the proxy in the task", "a forged entry", "not a proxy of ours"],
)
def test_the_callers_address_is_the_one_our_own_proxies_saw(
    peer: str, header: str, client: str
) -> None:
    seen: list[str] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["client"][0])

    trusted = platform_environment(80)["FORWARDED_ALLOW_IPS"]
    scope: Any = {
        "type": "http",
        "scheme": "http",
        "client": (peer, 1),
        "headers": [(b"x-forwarded-for", header.encode())],
    }
    nothing: Any = None
    asyncio.run(ProxyHeadersMiddleware(app, trusted)(scope, nothing, nothing))
    assert seen == [client]


def test_a_task_ends_in_order_no_new_request_then_the_last_answer_then_the_process() -> None:
    assert DEREGISTRATION_DELAY_SECONDS < SHUTDOWN_SECONDS < STOP_TIMEOUT_SECONDS <= 120
