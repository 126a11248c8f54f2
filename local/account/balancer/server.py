"""The public load balancer of an account, on this machine."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from typing import Final, Self

import h11

from local.account.balancer.peer import Peer
from local.account.balancer.relay import UnansweredError, relay
from local.account.balancer.rules import Route, route, target_group
from local.account.balancer.traffic import admitted

BACKLOG: Final = 512
IDLE_SECONDS: Final = 60.0  # that a client may be silent
log = logging.getLogger(__name__)


class Balancer:
    """Answers at `endpoint` by the listener rules that the account has at that moment.

    A request goes to a healthy target of the group that its rule forwards to. It speaks plain HTTP/1.1 whatever
    the listener speaks; the application is told the listener's own protocol and port, as on AWS. WebSockets,
    HTTP/2, redirects and logins are not there.
    """

    def __init__(self, account_id: str, listener: socket.socket) -> None:
        self.endpoint = "http://{}:{}".format(*listener.getsockname())
        self._account_id, self._listener = account_id, listener
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="balancer", daemon=True)

    def start(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Drop the connections that are open, and end."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._converse, sock=self._listener, backlog=BACKLOG)
        await self._ended.wait()
        server.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for each in rest:
            each.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection, one after the other."""
        client = Peer(h11.SERVER, reader, writer)
        try:
            while await self._answer_one(client):
                client.http.start_next_cycle()
        except h11.RemoteProtocolError as error:
            if client.is_waiting:
                await client.answer(error.error_status_hint, f"this is no HTTP: {error}")
        except (OSError, TimeoutError, h11.LocalProtocolError):
            pass  # the client has gone, or half of an answer is on its way and its end must not look like one
        except asyncio.CancelledError:
            pass  # the account stops; asyncio would log the end of this task as an error
        except Exception:
            log.exception("a request to the load balancer")
        finally:
            client.close()

    async def _answer_one(self, client: Peer) -> bool:
        """Answer one request, and say whether the connection may be used for another one."""
        async with asyncio.timeout(IDLE_SECONDS):
            request = await client.receive()
        if not isinstance(request, h11.Request):
            return False
        headers = dict(iter(request.headers))
        host = headers.get(b"host", b"").decode("latin-1")
        method, path = request.method.decode(), request.target.decode("latin-1")
        found = route(self._account_id, method, host, path)
        try:
            await self._act(client, request, found)
        except UnansweredError as error:
            await client.answer(error.status, f"load balancer: {error}\n")
        return client.is_reusable

    async def _act(self, client: Peer, request: h11.Request, found: Route | None) -> None:
        if found is None:
            raise UnansweredError(503, "the account has no listener of a load balancer yet")
        action = found.action
        if action["Type"] == "fixed-response":
            fixed = action["FixedResponseConfig"]
            kind = fixed.get("ContentType") or "text/plain"
            await client.answer(int(fixed["StatusCode"]), fixed.get("MessageBody") or "", kind)
            return
        group = target_group(action)
        if action["Type"] != "forward" or not group or request.method == b"CONNECT":
            raise UnansweredError(501, f"not on this machine: {action['Type']}")
        with admitted(group) as port:
            if port is None:
                raise UnansweredError(503, f"no target of {group} is healthy")
            await relay(client, request, port, found)
