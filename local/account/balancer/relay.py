"""One request, on its way to a target and back."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterable
from typing import Final

import h11

from local.account.balancer.peer import Header, Peer
from local.account.balancer.rules import Route

ADDRESS: Final = "127.0.0.1"
# Of one connection and not of the request. h11 writes how long a body is anew.
HOP_BY_HOP: Final = (b"connection", b"keep-alive", b"proxy-connection", b"te", b"upgrade")
REPLACED: Final = (b"x-forwarded-for", b"x-forwarded-port", b"x-forwarded-proto")


class UnansweredError(Exception):
    """The target gave no answer; `status` is what the load balancer says instead."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


async def relay(client: Peer, request: h11.Request, port: int, route: Route) -> None:
    """Let a target answer a request, both bodies streamed; UnansweredError when it does not.

    Each request has a connection of its own to the target.
    """
    try:
        reader, writer = await asyncio.open_connection(ADDRESS, port)
    except OSError as error:
        raise UnansweredError(502, f"the target on port {port} takes no connection") from error
    target = Peer(h11.CLIENT, reader, writer)
    try:
        headers = [*_kept(request.headers, REPLACED), *_added(client, request, route)]
        await target.send(
            h11.Request(method=request.method, target=request.target, headers=headers)
        )
        sending = asyncio.create_task(_pass_body(client, target))
        try:
            await _pass_response(target, client, route.idle_seconds)
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
    except TimeoutError as error:
        text = f"the target on port {port} says nothing for {route.idle_seconds:g} s"
        raise UnansweredError(504, text) from error
    except (OSError, h11.RemoteProtocolError) as error:
        raise UnansweredError(502, f"the target on port {port} ended the connection") from error
    finally:
        target.close()


async def _pass_body(client: Peer, target: Peer) -> None:
    while True:
        try:
            event = await client.receive()
        except (OSError, h11.RemoteProtocolError):
            event = h11.ConnectionClosed()
        if isinstance(event, h11.Data):
            await target.send(event)
        elif isinstance(event, h11.EndOfMessage):
            await target.send(h11.EndOfMessage())
            return
        else:
            target.close()  # it would wait for the rest of a body that never comes
            return


async def _pass_response(target: Peer, client: Peer, patience: float) -> None:
    while True:
        async with asyncio.timeout(patience):
            event = await target.receive()
        if isinstance(event, h11.Response):
            headers = _kept(event.headers)
            await client.send(
                h11.Response(status_code=event.status_code, headers=headers, reason=event.reason)
            )
        elif isinstance(event, h11.Data):
            await client.send(event)
        elif isinstance(event, h11.EndOfMessage):
            await client.send(h11.EndOfMessage())
            return
        elif not isinstance(event, h11.InformationalResponse):
            raise h11.RemoteProtocolError("no response")


def _kept(headers: Iterable[Header], but: Iterable[bytes] = ()) -> list[Header]:
    found = [(name, value) for name, value in headers if name not in (*HOP_BY_HOP, *but)]
    chunked = any(name == b"transfer-encoding" for name, _ in found)
    # A message with both would be read in two ways.
    return [each for each in found if not (chunked and each[0] == b"content-length")]


def _added(client: Peer, request: h11.Request, route: Route) -> list[Header]:
    given = dict(iter(request.headers))
    before = [given[b"x-forwarded-for"]] if b"x-forwarded-for" in given else []
    added = [
        (b"connection", b"close"),
        (b"x-forwarded-for", b", ".join([*before, client.address.encode()])),
        (b"x-forwarded-port", str(route.port).encode()),
        (b"x-forwarded-proto", route.protocol.encode()),
    ]
    if b"x-amzn-trace-id" not in given:
        trace = f"Root=1-{int(time.time()):08x}-{secrets.token_hex(12)}"
        added.append((b"x-amzn-trace-id", trace.encode()))
    return added
