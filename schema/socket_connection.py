"""Owns the connection of a WebSocket: what waits for a client to read it does not wait for ever.

It must not know what is said: `schema.socket` does.
"""

import asyncio
from typing import ClassVar

from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from schema.unread import ConnectionLimits, Unread

_SAID = b"The head of the request cannot be read: send no header longer than 8,000 bytes.\n"
_UNREADABLE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"connection: close\r\ncontent-length: %d\r\n\r\n%s"
) % (len(_SAID), _SAID)

SLICE = 4_096  # bytes that are read before others have their turn: some hundred messages of a few bytes


class SocketConnection(WebSocketsSansIOProtocol):
    """uvicorn's protocol of WebSockets, with an end to what is not read of it."""

    limits: ClassVar[ConnectionLimits] = ConnectionLimits()

    _unread: Unread
    _rest: bytearray
    _is_held = False  # nothing new is read
    _has_turn = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        super().connection_made(transport)
        self._rest = bytearray()
        self._unread = Unread(self.loop, self.transport, self.limits.unread_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget what was waited for."""
        self._unread.stop()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for the client to read."""
        super().pause_writing()
        self._unread.watch()

    def resume_writing(self) -> None:
        """The client reads."""
        if not self.transport.is_closing():
            self._unread.stop()
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """Read a slice, and the rest when others have had their turn: a message can be seven bytes."""
        self._rest += data
        if len(self._rest) == len(data):
            self._read_slice()
        self._go_on()

    def _read_slice(self) -> None:
        """Read on; what the protocol has ended, or could not read, is not waited for."""
        self._has_turn = False
        size = SLICE if self.handshake_initiated else len(self._rest)  # the head comes whole, and is bounded
        data = bytes(self._rest[:size])
        del self._rest[:size]
        if self.transport.is_closing():
            self._rest.clear()
            return
        super().data_received(data)
        if not self.handshake_initiated and not self.transport.is_closing():
            self.transport.write(_UNREADABLE)
            self.transport.close()
        self._watch_end()
        self._go_on()

    def _go_on(self) -> None:
        """Read nothing new before the rest, and that as the application takes its messages."""
        if self.read_paused or self.transport.is_closing():
            return
        if not self._rest and self._is_held:
            self._is_held = False
            self.transport.resume_reading()
        elif self._rest and not self._has_turn:
            self._has_turn = self._is_held = True
            self.transport.pause_reading()
            self.loop.call_soon(self._read_slice)

    def keepalive_timeout(self) -> None:
        """End what does not answer a ping, also where it does not read that it is ended."""
        super().keepalive_timeout()
        self._watch_end()

    async def receive(self) -> ASGIReceiveEvent:
        """Take a message; what was read already comes before what is read next."""
        message = await super().receive()
        self._go_on()
        return message

    async def send(self, message: ASGISendEvent) -> None:
        """Send, and wait for the end of what is ended."""
        await super().send(message)
        self._watch_end()
        self._go_on()

    def _watch_end(self) -> None:
        if self.transport.is_closing():
            self._unread.watch()
