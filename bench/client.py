"""Load generator: raw HTTP/1.1 over a few connections, each sending its next request after the previous
response.

It only reads the length of a response, to leave the machine to the server.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

WORDS = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Load:
    """The result of a round: its duration in seconds, and the seconds that each response took."""

    seconds: float
    latencies: list[float]
    bodies: list[bytes] = field(default_factory=list)  # of `load_each`, in the order of its requests

    @property
    def rate(self) -> float:
        """Responses per second."""
        return len(self.latencies) / self.seconds


class _Connection(asyncio.Protocol):
    """One open connection; `ask` sends the request once and returns the body."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._parts: list[bytes] = []
        self._missing = -1
        self._answer: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionError("the server closed the connection"))

    def data_received(self, data: bytes) -> None:
        self._parts.append(data)
        if self._missing < 0:
            whole = b"".join(self._parts)
            end = whole.find(WORDS)
            if end < 0:
                return
            head = whole[:end].lower()
            at = head.index(b"content-length:")
            self._missing = int(head[at + 15 :].split(b"\r\n", 1)[0]) - (len(whole) - end - 4)
            self._parts = [whole]
        else:
            self._missing -= len(data)
        if self._missing == 0 and self._answer is not None:
            whole = b"".join(self._parts)
            self._parts, self._missing = [], -1
            if whole[9:12] == b"200":
                self._answer.set_result(whole[whole.index(WORDS) + 4 :])
            else:
                self._answer.set_exception(RuntimeError(whole[:1_000].decode(errors="replace")))

    async def ask(self, request: bytes) -> bytes:
        self._answer = asyncio.get_running_loop().create_future()
        cast("asyncio.Transport", self._transport).write(request)
        return await self._answer

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def request(path: str, body: bytes = b"", token: str | None = None) -> bytes:
    """Write a request: POST with a JSON body, GET without a body."""
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: bench", f"Content-Length: {len(body)}"]
    lines += ["Content-Type: application/json", "Accept: application/json"]
    lines += [f"Authorization: Bearer {token}"] if token else []
    return "\r\n".join(lines).encode() + WORDS + body


async def ask_once(port: int, words: bytes) -> bytes:
    """Send one request on a separate connection; return the body."""
    _, connection = await asyncio.get_running_loop().create_connection(_Connection, "127.0.0.1", port)
    try:
        return await connection.ask(words)
    finally:
        connection.close()


async def load(port: int, words: bytes, *, connections: int, seconds: float) -> Load:
    """Send the same request on several connections for some seconds."""
    loop = asyncio.get_running_loop()
    opened = [(await loop.create_connection(_Connection, "127.0.0.1", port))[1] for _ in range(connections)]
    latencies: list[float] = []
    began = time.perf_counter()

    async def keep_asking(connection: _Connection) -> None:
        now = time.perf_counter()
        while now - began < seconds:
            await connection.ask(words)
            then, now = now, time.perf_counter()
            latencies.append(now - then)

    try:
        await asyncio.gather(*[keep_asking(connection) for connection in opened])
        return Load(time.perf_counter() - began, latencies)
    finally:
        for connection in opened:
            connection.close()


async def load_each(port: int, requests: Sequence[bytes], *, connections: int) -> Load:
    """Send each of these requests once, on several connections; return the bodies too."""
    loop = asyncio.get_running_loop()
    opened = [(await loop.create_connection(_Connection, "127.0.0.1", port))[1] for _ in range(connections)]
    latencies: list[float] = []
    bodies = [b""] * len(requests)
    left = iter(enumerate(requests))
    began = time.perf_counter()

    async def keep_asking(connection: _Connection) -> None:
        for place, words in left:
            sent = time.perf_counter()
            bodies[place] = await connection.ask(words)
            latencies.append(time.perf_counter() - sent)

    try:
        await asyncio.gather(*[keep_asking(connection) for connection in opened])
        return Load(time.perf_counter() - began, latencies, bodies)
    finally:
        for connection in opened:
            connection.close()
