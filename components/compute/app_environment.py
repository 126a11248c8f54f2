"""The variables that the platform gives every application."""

from __future__ import annotations

from typing import Final

# Proxies in front of an application have private addresses: the load balancer's nodes, and the
# Service Connect proxy in the task itself. uvicorn takes the last address that is none of these as
# the caller's. With "*" it would take the first, which any caller can write into the header.
PROXY_NETWORKS: Final = "10.0.0.0/8,127.0.0.0/8,172.16.0.0/12,192.168.0.0/16"
# Between SIGTERM and SIGKILL. The application's own limit is shorter, so that it ends by itself.
STOP_TIMEOUT_SECONDS: Final = 60
SHUTDOWN_SECONDS: Final = STOP_TIMEOUT_SECONDS - 10
# Which proxies to trust is the one thing that a service may know better.
YIELDING: Final = frozenset({"FORWARDED_ALLOW_IPS"})


def platform_environment(keep_alive_seconds: int) -> dict[str, str]:
    """Python writes nowhere but to the tmpfs; uvicorn reads its options as UVICORN_*, since 0.17."""
    return {
        "FORWARDED_ALLOW_IPS": PROXY_NETWORKS,
        "HOME": "/tmp",  # noqa: S108 - the tmpfs
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        "UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN": str(SHUTDOWN_SECONDS),
        "UVICORN_TIMEOUT_KEEP_ALIVE": str(keep_alive_seconds),
    }
