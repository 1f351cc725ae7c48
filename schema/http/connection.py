"""HTTP connections with limits on headers, the rate of bodies, and unread responses.

Only bytes and time matter, never the content of requests.
"""

import asyncio
from collections.abc import Callable
from enum import Enum, auto

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from schema.http.joined_writes import JoinedWrites
from schema.http.socket_connection import SocketConnection
from schema.http.write_backpressure import ConnectionLimits, UnreadLimit, UnreadWatch

MOST_HEADERS = 100
MOST_PIPELINED = 16  # requests waiting for the previous one; modern clients send none
LEAST_RATE = 50_000  # bytes of a body that extend its time limit by a second
OVERHEAD = 1_000_000  # bytes of framing around the chunks of a body


class _Reading(Enum):
    NOTHING = auto()
    HEAD = auto()
    BODY = auto()


class Connection(UnreadLimit, HttpToolsProtocol):
    """uvicorn's HTTP protocol, with limits on what it reads and on unread responses."""

    _reading = _Reading.NOTHING
    _timer: asyncio.TimerHandle | None = None
    _head = 0  # bytes of the head read so far
    _fed = 0  # bytes since the head began, or ended
    _body = 0
    _turns = 0  # switches between heads and bodies in the current bytes
    _until = 0.0
    _wrong: tuple[int, str] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept the connection if there is room, and start the timer for the headers."""
        super().connection_made(transport)
        self._unread = UnreadWatch(self.loop, transport, self.limits.unread_seconds)
        if len(self.connections) > self.limits.connections:
            self._end(503, "Too many connections. Try again later.")
        else:
            self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the timers."""
        self._cancel()
        self._unread.stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read data, then check whether an incomplete request has taken too long."""
        was_reading, self._turns = self._reading, 0
        super().data_received(data)
        if self.transport.get_protocol() is not self or self.transport.is_closing():
            self._cancel()
            return
        if not self._turns or (self._turns == 1 and was_reading is _Reading.NOTHING):
            self._fed += len(data)  # otherwise they belong to more than one head or body
        if self._reading is _Reading.HEAD and self._fed > self.limits.head_bytes:
            self._end(431, self._too_large())
        elif self._reading is _Reading.BODY and self._fed - self._body > OVERHEAD + 8 * self._body:
            self.transport.abort()
        elif self._reading is _Reading.BODY:
            self._expect_body()
        elif self._reading is _Reading.HEAD or not self._is_answering():
            self._expect_head()

    def on_message_begin(self) -> None:
        """Reset the counters."""
        super().on_message_begin()
        self._reading, self._head, self._fed = _Reading.HEAD, 0, 0
        self._turns += 1

    def on_url(self, url: bytes) -> None:
        """Count part of the URL."""
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header, or a trailer after a body."""
        super().on_header(name, value)
        self._head += len(name) + len(value) + 4
        if self._head > self.limits.head_bytes or len(self.headers) > MOST_HEADERS:
            self._count(0)

    def on_headers_complete(self) -> None:
        """Start the response, and the timer for the body."""
        if len(self.pipeline) >= MOST_PIPELINED:
            self._refuse(400, "Too many pending requests on this connection.")
        self._reading, self._fed, self._body = _Reading.BODY, 0, 0
        self._turns += 1
        self._cancel()
        before = self.cycle
        super().on_headers_complete()
        # Otherwise it is a socket's. A response to HEAD has no body to wait for; before the next turn, an
        # error about the next request would come first, and close the connection.
        if self.cycle is not before and self.cycle.scope["method"] != "HEAD":
            self.cycle.transport = JoinedWrites(self.transport, self.loop)

    def on_body(self, body: bytes) -> None:
        """Count part of the body."""
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop the timers until the next request."""
        self._reading = _Reading.NOTHING
        self._turns += 1
        self._cancel()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the client to read the rest of this response."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._unread.watch()

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection, even if the last response was not read."""
        super().timeout_keep_alive_handler()
        self._unread.watch()

    def send_400_response(self, msg: str) -> None:
        """Send the error, unless a response is in progress."""
        self._end(*(self._wrong or (400, msg)))

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > self.limits.head_bytes:
            self._refuse(431, self._too_large())
        elif len(self.headers) > MOST_HEADERS:
            self._refuse(431, f"The request has more than {MOST_HEADERS} headers. Send fewer.")

    def _refuse(self, status: int, message: str) -> None:
        self._wrong = status, message
        raise ValueError(message)  # stops the parser, and `send_400_response` is called

    def _too_large(self) -> str:
        return f"The request headers are larger than {self.limits.head_bytes} bytes. Send shorter headers."

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _end(self, status: int, message: str) -> None:
        self._cancel()
        if self.transport.is_closing():
            return
        if self._is_answering() and (self.cycle.response_started or self._reading is not _Reading.BODY):
            self.transport.abort()
            return
        if self._is_answering():
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        head = STATUS_LINE[status] + b"content-type: text/plain; charset=utf-8\r\n"
        head += b"x-content-type-options: nosniff\r\ncache-control: no-store\r\nconnection: close\r\n"
        head += b"".join(b"%s: %s\r\n" % header for header in self.server_state.default_headers)
        self.transport.write(head + b"content-length: %d\r\n\r\n%s" % (len(message), message.encode()))
        self.transport.close()
        self._unread.watch()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wait(self, seconds: float, then: Callable[[], None]) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(seconds, then)

    def _expect_head(self) -> None:
        self._wait(self.limits.head_seconds, self._no_head)

    def _no_head(self) -> None:
        self._timer = None
        if self._is_answering():  # do not wait for the next request yet
            self._expect_head()
        elif self._reading is _Reading.HEAD:
            self._end(
                408,
                f"The request headers took longer than {self.limits.head_seconds:g} seconds to arrive. "
                "Send them faster.",
            )
        else:
            self.transport.close()

    def _expect_body(self) -> None:
        if self._timer is None:
            self._until = self.loop.time() + self.limits.body_seconds
            self._wait(self.limits.body_seconds, self._no_body)

    def _no_body(self) -> None:
        self._timer = None
        if not self._is_answering():  # the response was sent without reading the body
            self.transport.abort()
            return
        left = self._until + self._body / LEAST_RATE - self.loop.time()
        if self.flow.read_paused:  # we have paused reading
            self._expect_body()
        elif left > 0:
            self._wait(left, self._no_body)
        else:
            seconds = self.limits.body_seconds
            self._end(
                408, f"The request body took longer than {seconds:g} seconds to arrive. Send it faster."
            )


def protocols(limits: ConnectionLimits) -> tuple[type[Connection], type[SocketConnection]]:
    """Return the protocol classes of a server with these limits."""
    return (
        type("Connection", (Connection,), {"limits": limits}),
        type("SocketConnection", (SocketConnection,), {"limits": limits}),
    )
