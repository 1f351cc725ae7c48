"""Limits of a connection, and closing a connection whose client does not read."""

import asyncio
from dataclasses import dataclass

LEAST_READ = 1_000  # bytes a second that a client must read of what waits for it


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What a connection is held to."""

    head_bytes: int = 65_536
    head_seconds: float = 10.0
    body_seconds: float = 30.0
    unread_seconds: float = 30.0
    connections: int = 10_000


class Unread:
    """Ends a connection whose other side does not read what waits for it, or reads next to nothing."""

    def __init__(self, loop: asyncio.AbstractEventLoop, transport: asyncio.Transport, seconds: float) -> None:
        """Watch nothing yet."""
        self._loop, self._transport, self._seconds = loop, transport, seconds
        self._timer: asyncio.TimerHandle | None = None
        self._left = 0

    def watch(self) -> None:
        """Begin, unless it has begun."""
        if self._timer is None:
            self._left = self._transport.get_write_buffer_size()
            self._timer = self._loop.call_later(self._seconds, self._look)

    def stop(self) -> None:
        """What waited has gone."""
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
