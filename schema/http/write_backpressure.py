"""Limits of a connection, and closing a connection whose client does not read."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar, Literal

LEAST_READ = 1_000  # bytes per second that a client must read


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """The limits of a connection."""

    head_bytes: int = 65_536
    head_seconds: float = 10.0
    body_seconds: float = 30.0
    unread_seconds: float = 30.0
    connections: int = 10_000


class Writable(asyncio.Event):
    """What uvicorn uses of an event: whether there is room for data. An event has a deque, of 0.6 KiB."""

    def __init__(self) -> None:
        """Create one that is not set."""
        self._is_set = False
        self._waiting: asyncio.Future[None] | None = None  # of all who wait

    def is_set(self) -> bool:
        """Return whether there is room."""
        return self._is_set

    def set(self) -> None:
        """Let those who wait go on."""
        self._is_set = True
        if self._waiting is not None:
            self._waiting.set_result(None)
            self._waiting = None

    def clear(self) -> None:
        """Let the next ones wait."""
        self._is_set = False

    async def wait(self) -> Literal[True]:
        """Wait until there is room; cancelling one wait cancels no other."""
        while not self._is_set:
            if self._waiting is None:
                self._waiting = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._waiting)
        return True


class UnreadWatch:
    """Closes a connection whose client does not read pending data, or reads too slowly."""

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.Transport, seconds: float) -> None:
        """Create a watch that has not started."""
        self._loop, self._transport, self._seconds = loop, transport, seconds
        self._timer: asyncio.TimerHandle | None = None
        self._left = 0

    def watch(self) -> None:
        """Start watching, unless it has started."""
        if self._timer is None:
            self._left = self._transport.get_write_buffer_size()
            self._timer = self._loop.call_later(self._seconds, self._look)

    def stop(self) -> None:
        """Stop watching: the pending data has been sent."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        left = self._transport.get_write_buffer_size()
        if self._left - left < LEAST_READ * self._seconds:
            self._transport.abort()
        else:
            self.watch()


class UnreadLimit(asyncio.Protocol):
    """Mixin of a server's protocols: the limits, and the watch while writing is paused.

    It is the first base class, so that `super()` is uvicorn's protocol.
    """

    limits: ClassVar[ConnectionLimits] = ConnectionLimits()

    transport: asyncio.Transport
    _unread: UnreadWatch

    def pause_writing(self) -> None:
        """Start watching whether the client reads."""
        super().pause_writing()
        self._unread.watch()

    def resume_writing(self) -> None:
        """Stop watching: the client has read the data."""
        if not self.transport.is_closing():
            self._unread.stop()
        super().resume_writing()
