"""TLS in front of a server that was built without it."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
from pathlib import Path
from typing import Final, Self

# https://www.postgresql.org/docs/current/protocol-message-formats.html
TLS_REQUEST: Final = struct.pack("!ii", 8, 80877103)
GSS_REQUEST: Final = struct.pack("!ii", 8, 80877104)
FIRST_BYTES: Final = 8
HANDSHAKE_SECONDS: Final = 15.0
CHUNK: Final = 64 * 1024
BACKLOG: Final = 128
# Severity, SQLSTATE and text, as PostgreSQL itself refuses who comes without TLS.
REFUSAL: Final = b"SFATAL\0VFATAL\0C28000\0Mno pg_hba.conf entry for this host, no encryption\0\0"


class TlsFront:
    """Takes connections as PostgreSQL does and hands what they say, decrypted, to the server at `port`.

    Who does not ask for TLS is refused when `forced`. The server sees this machine as everybody's address.
    """

    def __init__(self, listener: socket.socket, port: int, folder: Path, *, forced: bool) -> None:
        self.forced = forced
        self._listener, self._port = listener, port
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(folder / "server.crt", folder / "server.key")
        self._loop, self._ended = asyncio.new_event_loop(), asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="postgres-tls", daemon=True)

    def start(self) -> Self:
        """Begin to take connections."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Drop all connections and end."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._connected, sock=self._listener, backlog=BACKLOG)
        await self._ended.wait()
        server.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for each in rest:
            each.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(HANDSHAKE_SECONDS):
                first = await self._greeted(reader, writer)
            if first is not None:
                await self._connect(first, reader, writer)
        except (OSError, EOFError, TimeoutError, asyncio.CancelledError):
            pass  # the client has gone, or the server ends
        finally:
            writer.close()

    async def _greeted(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bytes | None:
        """Agree on encryption, and return the first words of the session itself; None for who is refused."""
        encrypted = False
        while True:
            first = await reader.readexactly(FIRST_BYTES)
            if first == GSS_REQUEST:
                writer.write(b"N")
            elif first == TLS_REQUEST and not encrypted:
                writer.write(b"S")
                await writer.drain()
                await writer.start_tls(self._context)
                encrypted = True
            elif encrypted or not self.forced:
                return first
            else:
                writer.write(b"E" + struct.pack("!i", len(REFUSAL) + 4) + REFUSAL)
                await writer.drain()
                return None

    async def _connect(
        self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self._port)
        forth.write(first)
        both = [asyncio.create_task(each) for each in (_pass(reader, forth), _pass(back, writer))]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in both:
                each.cancel()
            await asyncio.gather(*both, return_exceptions=True)
            forth.close()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(CHUNK):
        writer.write(chunk)
        await writer.drain()
