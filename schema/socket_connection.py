"""Owns the connection of a WebSocket: what waits for a client to read it does not wait for ever.

It must not know what is said: `schema.socket` does.
"""

import asyncio
from typing import ClassVar

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from schema.unread import ConnectionLimits, Unread

_SAID = b"The head of the request cannot be read: send no header longer than 8,000 bytes.\n"
_UNREADABLE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"connection: close\r\ncontent-length: %d\r\n\r\n%s"
) % (len(_SAID), _SAID)


class SocketConnection(WebSocketsSansIOProtocol):
    """uvicorn's protocol of WebSockets, with an end to what is not read of it."""

    limits: ClassVar[ConnectionLimits] = ConnectionLimits()

    _unread: Unread

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        super().connection_made(transport)
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
        """Read on; what the protocol has ended, or could not read, is not waited for."""
        super().data_received(data)
        if not self.handshake_initiated and not self.transport.is_closing():  # the whole head was there
            self.transport.write(_UNREADABLE)
            self.transport.close()
        self._watch_end()

    def keepalive_timeout(self) -> None:
        """End what does not answer a ping, also where it does not read that it is ended."""
        super().keepalive_timeout()
        self._watch_end()

    async def send(self, message: ASGISendEvent) -> None:
        """Send, and wait for the end of what is ended."""
        await super().send(message)
        self._watch_end()

    def _watch_end(self) -> None:
        if self.transport.is_closing():
            self._unread.watch()
