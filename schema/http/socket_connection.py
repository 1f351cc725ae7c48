"""Connection of a WebSocket, with a time limit for data that the client does not read.

Clients' frames are read in turns, a few at a time and at the rate allowed. `schema.http.socket` handles them.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Any, ClassVar, cast

from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from schema.http.frame_rate import FRAME, OF_NOBODY, OF_SOMEBODY, FrameRate, Rate, attach_frame_rate
from schema.http.frames import Frames
from schema.http.inbox import Inbox
from schema.http.write_backpressure import UnreadLimit, UnreadWatch, Writable

_SAID = b"The head of the request cannot be read: send no header longer than 8,000 bytes.\n"
_UNREADABLE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"connection: close\r\ncontent-length: %d\r\n\r\n%s"
) % (len(_SAID), _SAID)

SLICE, MOST_FRAMES = 16_384, 4  # bytes and frames read before others get their turn
LAST_SECONDS = 1.0  # for the client to see the close frame before its input is dropped


class SocketConnection(UnreadLimit, WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol, with a time limit for unread data."""

    of_nobody: ClassVar[Rate] = OF_NOBODY
    of_somebody: ClassVar[Rate] = OF_SOMEBODY

    _rest: bytearray
    _frames: Frames
    _frame_rate: FrameRate
    _turn: asyncio.Handle | None = None
    _is_held = False  # new data is not read

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the connection."""
        super().connection_made(transport)
        self.queue, self.writable = Inbox(), Writable()
        self.writable.set()
        self._rest, self._frames = bytearray(), Frames()
        self._frame_rate = FrameRate(self.loop.time, self.of_nobody, self.of_somebody)
        self._unread = UnreadWatch(self.loop, self.transport, self.limits.unread_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the timers."""
        self._unread.stop()
        if self._turn is not None:
            self._turn.cancel()
        super().connection_lost(exc)

    def handle_connect(self, event: Request) -> None:
        """Open the connection and attach its frame rate, which rises when the client authenticates."""
        super().handle_connect(event)
        if not self.close_sent:
            attach_frame_rate(self._frame_rate, cast("MutableMapping[str, Any]", self.scope))

    def data_received(self, data: bytes) -> None:
        """Read a slice, and the rest after others had their turn, because a message can be as small as seven
        bytes.
        """
        self._rest += data
        if len(self._rest) == len(data) and not self._seconds():
            self._read_slice()
        self._go_on()

    def _seconds(self) -> float:
        """Return the seconds to wait before reading."""
        return 0.0 if not self.handshake_initiated or self._frames.is_inside else self._frame_rate.seconds

    def _cut(self) -> bytes:
        size = len(self._rest)  # the head is read whole; its size is limited
        if self.handshake_initiated:
            size, begun = self._frames.cut(self._rest, SLICE, min(MOST_FRAMES, self._frame_rate.left))
            self._frame_rate.spend(begun)
        data = bytes(self._rest[:size])
        del self._rest[:size]
        return data

    def _read_slice(self) -> None:
        """Continue reading, unless the protocol has closed the connection or could not read it."""
        self._turn = None
        if self.transport.is_closing():
            self._rest.clear()
            return
        if data := self._cut():
            super().data_received(data)
        if not self.handshake_initiated and not self.transport.is_closing():
            self.transport.write(_UNREADABLE)
            self.transport.close()
        self._watch_end()
        self._go_on()

    def _go_on(self) -> None:
        """Read the rest before new data, as fast as the application consumes messages."""
        if self.read_paused or self.transport.is_closing():
            return
        if not self._rest and self._is_held:
            self._is_held = False
            self.transport.resume_reading()
        elif self._rest:
            self._is_held = True
            self.transport.pause_reading()
            self._plan_turn()

    def _plan_turn(self) -> None:
        if self._turn is None:
            if not (seconds := self._seconds()):
                self._turn = self.loop.call_soon(self._read_slice)
            elif self.close_sent:  # the client's close frame may follow everything else it has sent
                self._turn = self.loop.call_later(LAST_SECONDS, self.transport.close)
            else:
                self._turn = self.loop.call_later(seconds, self._read_slice)

    def keepalive_timeout(self) -> None:
        """Close a connection that does not answer a ping, even if it does not read the close frame."""
        super().keepalive_timeout()
        self._watch_end()

    async def receive(self) -> ASGIReceiveEvent:
        """Return the next message; data already read comes first."""
        message = await super().receive()
        if message["type"] == "websocket.receive":
            await self._count(len(message.get("text") or message.get("bytes") or ""))
        self._go_on()
        return message

    async def _count(self, size: int) -> None:
        """Count a message while it is decompressed: a thousand bytes can become a million."""
        if frames := size // FRAME:
            self._frame_rate.spend(frames)
            await asyncio.sleep(0)  # others get their turn before the next large message

    async def send(self, message: ASGISendEvent) -> None:
        """Send, and wait for the connection to end if it was closed."""
        await super().send(message)
        if message["type"] == "websocket.accept":
            # Nothing reads them again, and the socket may stay open for days; its parser keeps the request.
            self.request.headers.clear()
            del self.request, self.response
        self._watch_end()
        self._go_on()

    def _watch_end(self) -> None:
        if self.transport.is_closing():
            self._unread.watch()
