"""Clients of graphql-transport-ws: one socket, one subscription, and the time of arrival of each message.

Messages are stored as received and parsed only after timing.
"""

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

REVEALS = """subscription Follow($after: Cursor) { reveals(after: $after) { __typename
    ... on RevealEvent { cursor lead { id title contact { fullName phone } } decision { verdict ruleId } }
} }"""


@dataclass(slots=True)
class Follower:
    """One open subscription; `arrived` grows while `follow` runs: the instant (monotonic) and the message."""

    socket: ClientConnection
    arrived: list[tuple[float, str | bytes]] = field(default_factory=list)
    following: asyncio.Task[None] | None = None

    def follow(self) -> None:
        """Start receiving."""
        self.following = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        async for message in self.socket:
            self.arrived.append((time.monotonic(), message))

    async def take(self, count: int) -> list[Any]:
        """Wait for a number of events and return them."""
        events: list[Any] = []
        while len(events) < count:
            message = orjson.loads(await self.socket.recv())
            if message["type"] == "next":
                events.append(message["payload"])
            elif message["type"] in {"error", "complete"}:
                raise RuntimeError(str(message))
        return events

    async def close(self) -> None:
        """Close the socket."""
        if self.following is not None:
            self.following.cancel()
        await self.socket.close()


async def subscribe(port: int, token: str, after: str | None = None, *, document: str = REVEALS) -> Follower:
    """Open a socket, sign in and subscribe, by default to reveals, after a cursor or from now on."""
    socket = await connect(
        f"ws://127.0.0.1:{port}/graphql",
        subprotocols=[Subprotocol("graphql-transport-ws")],
        compression=None,
        proxy=None,
        open_timeout=60,
        ping_interval=None,
    )
    begin = {"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}}
    await socket.send(orjson.dumps(begin).decode())
    answer = orjson.loads(await socket.recv())
    if answer["type"] != "connection_ack":
        raise RuntimeError(str(answer))
    payload = {"query": document, "variables": {"after": after}}
    await socket.send(orjson.dumps({"id": "1", "type": "subscribe", "payload": payload}).decode())
    return Follower(socket)


async def subscribe_all(port: int, followed: Iterable[tuple[str, str]]) -> list[Follower]:
    """Open a socket for each pair of a token and a document, a few at a time."""
    gate = asyncio.Semaphore(20)

    async def one(token: str, document: str) -> Follower:
        async with gate:
            return await subscribe(port, token, document=document)

    return await asyncio.gather(*[one(token, document) for token, document in followed])


async def arrived(followers: Sequence[Follower], count: int, patience: float) -> None:
    """Wait until exactly this many messages have arrived at all of them together."""
    async with asyncio.timeout(patience):
        while (found := sum(len(one.arrived) for one in followers)) < count:  # noqa: ASYNC110 - rare
            await asyncio.sleep(0.05)
    if found > count:
        raise RuntimeError(f"{found} messages arrived instead of {count}")
