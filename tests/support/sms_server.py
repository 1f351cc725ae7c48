"""An SMS provider on this machine: it answers with what a test says, and remembers what it was sent."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import orjson

Script = Callable[["SmsServer", asyncio.StreamWriter], Awaitable[None]]


def says(status: str, value: object = None, *, more: str = "") -> Script:
    """Return a script that answers with a status, a JSON value and further headers."""
    body = orjson.dumps(value)

    async def answer(_: SmsServer, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{more}\r\n"
        writer.write(head.encode() + body)

    return answer


async def hangs_up(_: "SmsServer", writer: asyncio.StreamWriter) -> None:
    """Close the connection instead of answering."""
    writer.close()


async def is_silent(_: "SmsServer", __: asyncio.StreamWriter) -> None:
    """Accept the request and never answer."""
    await asyncio.Event().wait()


async def never_ends(_: "SmsServer", writer: asyncio.StreamWriter) -> None:
    """Answer 200, and send a body without an end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" " * 65_536)
        await writer.drain()


@dataclass
class SmsServer:
    """`scripts` answer one request each, the last one all that follow. `requests` are head and body."""

    scripts: list[Script] = field(default_factory=list)
    requests: list[tuple[str, bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def targets(self) -> list[str]:
        """The methods and paths of the requests, without queries."""
        return [head.split(" HTTP/")[0].partition("?")[0] for head, _ in self.requests]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            sizes = [line for line in head.lower().split("\r\n") if line.startswith("content-length:")]
            body = await reader.readexactly(int(sizes[0].partition(":")[2]) if sizes else 0)
            self.requests.append((head, body))
            script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
            await script(self, writer)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def sms_server(*scripts: Script) -> AsyncIterator[SmsServer]:
    """Yield a provider on 127.0.0.1."""
    running = SmsServer(list(scripts))
    server = await asyncio.start_server(running.serve, "127.0.0.1", 0)
    running.port = server.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        server.close()
