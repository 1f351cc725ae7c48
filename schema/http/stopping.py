"""Stopping a server without a failed request: who is told what, and in which order things end.

- SIGTERM: for SHUTDOWN_DELAY_SECONDS, `/readyz` says "stopping" while everything else is still answered, so
  that a load balancer chooses other servers. Then subscriptions end with 1012, and requests in progress are
  finished.
- SIGINT, or a second SIGTERM: the same without the delay.
- SIGHUP, from the parent of several processes that share a port: a new process has taken this one's place. It
  accepts no more connections, ends subscriptions, and answers on each open connection once more.
"""

import asyncio
import signal
import socket
import time
from collections.abc import Awaitable, Callable
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from models.process.gc_tuning import look_less_often

TICK_SECONDS = 0.1  # uvicorn's


class Stopping:
    """How far the end of this server has come; one per application."""

    last_answers = False  # each answer ends its connection
    unready = False  # a load balancer should choose other servers


class LastAnswers:
    """Middleware that ends each connection with its answer while the server is stopping."""

    def __init__(self, app: ASGIApp, stopping: Stopping) -> None:
        """Wrap an application."""
        self._app = app
        self._stopping = stopping

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Add the header to the answer of a request."""
        if scope["type"] != "http":
            return self._app(scope, receive, send)

        async def answer(message: Message) -> None:
            if self._stopping.last_answers and message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        return self._app(scope, receive, answer)


class Server(uvicorn.Server):
    """uvicorn's server, which ends subscriptions before it waits for requests in progress."""

    def __init__(
        self,
        config: uvicorn.Config,
        *,
        delay_seconds: float = 0.0,
        ready: Callable[[], None] | None = None,
    ) -> None:
        """`ready` is called once the server listens; then SIGHUP means that it has been replaced."""
        super().__init__(config)
        self._delay_seconds = delay_seconds
        self._ready = ready
        self._replaced = False
        self._hurry = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then exclude the objects created so far from garbage collection."""
        await super().startup(sockets)
        look_less_often()
        if self._ready is not None:
            signal.signal(signal.SIGHUP, self._make_room)
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note how urgent the end is."""
        self._hurry = self._hurry or self.should_exit or sig == signal.SIGINT
        super().handle_exit(sig, frame)

    def _make_room(self, _number: int, _frame: FrameType | None) -> None:
        self._replaced = self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let clients go to another server, then stop."""
        app = self.config.app
        stopping = app.state.stopping if isinstance(app, Starlette) else Stopping()
        stopping.last_answers = True
        stopping.unready = not self._replaced
        if not self._replaced:
            await self._wait(self._delay_seconds, lambda: self._hurry)
        else:
            for server in self.servers:
                server.close()  # the other processes accept; their parent keeps the socket open
        if isinstance(app, Starlette):
            for services in app.state.services:
                await services.reader.stop()
        if self._replaced:  # an idle connection ends by itself within this time
            await self._wait(self.config.timeout_keep_alive, lambda: not self._has_requests())
        await super().shutdown(sockets)

    def _has_requests(self) -> bool:
        return any(isinstance(one, HttpToolsProtocol) for one in self.server_state.connections)

    async def _wait(self, seconds: float, enough: Callable[[], bool]) -> None:
        """Go on serving for a while, with the `Date` header kept true."""
        until, ticks = time.monotonic() + seconds, 0
        while time.monotonic() < until and not enough() and not self.force_exit:
            await asyncio.sleep(TICK_SECONDS)
            ticks += 1
            await self.on_tick(ticks)
