"""A receiver of webhooks on this machine, which answers as it is told, and endpoints that point to it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import httpx
import orjson

from jobs.sending import Sender
from models.base.database import connection, fetch_one
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.messages.channels.webhook import BOUNDS, Webhooks
from models.messages.channels.webhook_signature import WebhookSecret
from models.messages.webhooks.create_endpoint import create_endpoint
from models.messages.webhooks.events import WebhookEvent
from models.outside.guard import Guard
from models.outside.transport import Bounds, OutsideTransport
from tests.support.messages import CONTEXT, SEALER

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answer(status: str, *headers: str, body: bytes = b"") -> Script:
    """Return a script that answers with a status such as `503 Busy`, and these headers."""

    async def script(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers))
        writer.write(f"{head}\r\n\r\n".encode() + body)

    return script


@dataclass(frozen=True)
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> dict[str, object]:
        """The body."""
        found: dict[str, object] = orjson.loads(self.body)
        return found


@dataclass
class Receiver:
    """The server: `script` answers each request, except for those to a path with a script of its own."""

    port: int = 0
    script: Script = field(default_factory=lambda: answer("204 No Content"))
    scripts: dict[str, Script] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    open_requests: int = 0
    most_open: int = 0
    news: asyncio.Condition = field(default_factory=asyncio.Condition)  # of what was received

    @property
    def types(self) -> list[object]:
        """The types of what was received, in order."""
        return [request.data["type"] for request in self.received]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve requests until the client leaves."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                pairs = (line.partition(": ") for line in head[1:] if line)
                headers = {name.lower(): value for name, _, value in pairs}
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                path = head[0].split(" ")[1]
                self.received.append(Received(path, headers, body))
                self.open_requests += 1
                self.most_open = max(self.most_open, self.open_requests)
                async with self.news:
                    self.news.notify_all()
                try:
                    await self.scripts.get(path, self.script)(reader, writer)
                    await writer.drain()
                finally:
                    self.open_requests -= 1
        writer.close()


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    """Yield a receiver on 127.0.0.1."""
    running = Receiver()
    server = await asyncio.start_server(running.serve, "127.0.0.1", 0)
    running.port = server.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        server.close()


def outside(*allowed: Receiver, bounds: Bounds = BOUNDS) -> OutsideTransport:
    """Return the transport of webhooks, with these receivers as private hosts."""
    private = [("127.0.0.1", one.port) for one in allowed]
    return OutsideTransport(Guard(None, private=private), bounds, tls=httpx.create_ssl_context())


def channel(*allowed: Receiver, bounds: Bounds = BOUNDS, now: Callable[[], datetime]) -> Webhooks:
    """Return the channel, which reaches these receivers only."""
    return Webhooks(outside(*allowed, bounds=bounds), now, lanes=8)


async def send_webhooks(*allowed: Receiver, bounds: Bounds = BOUNDS) -> None:
    """Send the webhooks that are due now."""
    now = await database_time()
    sender = Sender(CONTEXT, channel(*allowed, bounds=bounds, now=lambda: now))
    await sender.send_due()
    await sender.close()


async def database_time() -> datetime:
    """Return the time of the test's clock."""
    row = await fetch_one(connection(), "SELECT leadgate_clock() AS now")
    assert row is not None
    found: datetime = row["now"]
    return found


async def make_endpoint(
    owner: Viewer,
    place: Receiver,
    events: Sequence[WebhookEvent] = tuple(WebhookEvent),
    *,
    path: str = "/hook",
) -> tuple[UUID, WebhookSecret]:
    """Create an endpoint that points to a receiver; an operator's is the marketplace's."""
    endpoint_id, secret = await create_endpoint(
        owner,
        SEALER,
        outside(place),
        url=f"http://127.0.0.1:{place.port}{path}",
        events=events,
        idempotency_key=str(new_id()),
    )
    assert secret is not None
    return endpoint_id, secret
