"""Clients of a real socket, graphql-transport-ws and server-sent events, and the operations they send."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

SECONDS = 60.0  # a time limit, not a wait: responses arrive in milliseconds
PROTOCOL = "graphql-transport-ws"
Json = dict[str, Any]

REVEALS = """subscription ($after: Cursor) { reveals(after: $after) {
  __typename
  ... on RevealEvent { cursor at lead { title } contact { email phone } decision { verdict ruleId } }
  ... on FeedGap { cursor missed } } }"""
NOTIFICATIONS = """subscription ($after: Cursor) { notifications(after: $after) {
  __typename
  ... on Notification { cursor kind title }
  ... on FeedGap { cursor missed } } }"""
CURSOR = "{ viewer { feedCursor } }"


def errors_of(message: Json) -> list[Json]:
    """Return the errors of an `error` or `next` message."""
    payload = message["payload"]
    errors: list[Json] = payload["errors"] if message["type"] == "next" else payload
    return errors


@dataclass
class Socket:
    """One connection; messages of other operations are stored until requested."""

    ws: ClientConnection
    pending: list[Json] = field(default_factory=list)

    async def send(self, **message: object) -> None:
        """Send one message of the protocol."""
        await self.ws.send(json.dumps(message))

    async def receive(self) -> Json:
        """Take the next message, which must be a text frame."""
        async with asyncio.timeout(SECONDS):
            frame = await self.ws.recv()
        assert isinstance(frame, str), "browsers' clients read text frames only"
        message: Json = json.loads(frame)
        return message

    async def subscribe(self, name: str, document: str, /, **variables: object) -> None:
        """Begin an operation."""
        await self.send(id=name, type="subscribe", payload={"query": document, "variables": variables})

    async def take(self, name: str) -> Json:
        """Take the next message of one operation."""
        for message in self.pending:
            if message["id"] == name:
                self.pending.remove(message)
                return message
        while (message := await self.receive())["id"] != name:
            self.pending.append(message)
        return message

    async def next(self, name: str) -> Json:
        """Take the next result of one operation, which must have no errors, and return its data."""
        message = await self.take(name)
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        data: Json = message["payload"]["data"]
        return data

    async def ask(self, name: str, document: str, /, **variables: object) -> Json:
        """Run a query or a mutation to its end."""
        await self.subscribe(name, document, **variables)
        data = await self.next(name)
        assert (await self.take(name))["type"] == "complete"
        return data

    async def close_code(self, never: str | None = None) -> int | None:
        """Wait for the server to close, skipping other messages (except `never`); return its code."""
        try:
            async with asyncio.timeout(SECONDS):
                while True:
                    said = await self.ws.recv()
                    assert never is None or never not in str(said)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


@asynccontextmanager
async def connected(
    port: int,
    *,
    origin: str | None = None,
    protocols: tuple[str, ...] = (PROTOCOL,),
    headers: dict[str, str] | None = None,
) -> AsyncIterator[Socket]:
    """Connect without sending anything."""
    async with connect(
        f"ws://127.0.0.1:{port}/graphql",
        subprotocols=[Subprotocol(protocol) for protocol in protocols] or None,
        origin=Origin(origin) if origin else None,
        additional_headers=headers,
        max_size=None,
        close_timeout=1,
    ) as ws:
        yield Socket(ws)


@asynccontextmanager
async def signed_in(port: int, token: str) -> AsyncIterator[Socket]:
    """Connect and authenticate with a token."""
    async with connected(port) as socket:
        await socket.send(type="connection_init", payload={"Authorization": f"Bearer {token}"})
        assert await socket.receive() == {"type": "connection_ack"}
        yield socket


class Events:
    """A stream of server-sent events."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def next(self) -> tuple[str, Json]:
        """Take the next event: its name and its data; comments are skipped."""
        name = ""
        async with asyncio.timeout(SECONDS):
            async for line in self._lines:
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data:"):
                    text = line.removeprefix("data:").strip()
                    return name, json.loads(text) if text else {}
        raise EOFError

    async def ended(self) -> bool:
        """Whether the stream has ended."""
        try:
            await self.next()
        except EOFError:
            return True
        return False


@asynccontextmanager
async def streaming(
    port: int, token: str | None, document: str, /, **variables: object
) -> AsyncIterator[Events]:
    """Request server-sent events."""
    authorization = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        httpx.AsyncClient(timeout=SECONDS) as http,
        http.stream(
            "POST",
            f"http://127.0.0.1:{port}/graphql",
            json={"query": document, "variables": variables},
            headers={"Accept": "text/event-stream", **authorization},
        ) as response,
    ):
        yield Events(response)
