"""One side of a connection that speaks HTTP/1.1."""

from __future__ import annotations

import asyncio
from typing import Final, TypeAlias

import h11

Header: TypeAlias = tuple[bytes, bytes]

CHUNK: Final = 64 * 1024
HEAD_BYTES: Final = 64 * 1024  # of a request or response before its body


class Peer:
    """Events of h11 over a stream. `role` is ours: SERVER towards a client, CLIENT towards a target."""

    def __init__(
        self,
        role: type[h11.CLIENT | h11.SERVER],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.http = h11.Connection(role, max_incomplete_event_size=HEAD_BYTES)
        self._reader, self._writer = reader, writer

    @property
    def address(self) -> str:
        """Where the other side is."""
        return str(self._writer.get_extra_info("peername")[0])

    @property
    def is_reusable(self) -> bool:
        """Whether the exchange is over on both sides and another one may follow."""
        return self.http.our_state is h11.DONE and self.http.their_state is h11.DONE

    @property
    def is_waiting(self) -> bool:
        """Whether the other side still waits for the first word of a response of ours."""
        return self.http.our_state in (h11.IDLE, h11.SEND_RESPONSE)

    async def receive(self) -> h11.Event:
        """Wait for the next event; h11.RemoteProtocolError for what is no HTTP."""
        while True:
            event = self.http.next_event()
            if isinstance(event, h11.Event):
                return event
            if event is h11.PAUSED:
                return h11.ConnectionClosed()  # it goes on in another protocol
            if self.http.they_are_waiting_for_100_continue:
                await self.send(h11.InformationalResponse(status_code=100, headers=[]))
            self.http.receive_data(await self._reader.read(CHUNK))

    async def send(self, event: h11.Event) -> None:
        """Send an event."""
        if data := self.http.send(event):
            self._writer.write(data)
            await self._writer.drain()

    async def answer(self, status: int, text: str, kind: str = "text/plain") -> None:
        """Send a whole response, and let the rest of the request pass."""
        body = text.encode()
        headers = [("content-type", kind), ("content-length", str(len(body)))]
        await self.send(h11.Response(status_code=status, headers=headers))
        await self.send(h11.Data(data=body))
        await self.send(h11.EndOfMessage())
        while self.http.their_state is h11.SEND_BODY:
            await self.receive()

    def close(self) -> None:
        """End the connection; what was sent is still delivered."""
        self._writer.close()
