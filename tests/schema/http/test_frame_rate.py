"""How fast a client may send on a socket, and how many sockets may be open before they authenticate."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, MutableMapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

import schema.http.socket_connection
from schema.graphql.open_count import Lack
from schema.http.endpoint import MOST_SUBSCRIPTIONS_A_SOCKET
from schema.http.frame_rate import FRAME, OF_NOBODY, OF_SOMEBODY, FrameRate, Rate, raise_frame_rate
from schema.http.socket import MESSAGES_UNKNOWN
from schema.http.socket_connection import MOST_FRAMES
from schema.http.unauthenticated_sockets import (
    OF_ALL,
    OF_ONE_ADDRESS,
    UnauthenticatedSocket,
    UnauthenticatedSockets,
    mark_authenticated,
)
from tests.schema.http.conftest import Served
from tests.schema.http.wire import CURSOR, SECONDS, Socket, connected, signed_in
from tests.support.api import listening

PING = '{"type":"ping"}'
SHORT = 0.2  # seconds in which nothing arrives
HEAD = (
    b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
FRAMES = {"messages": b'\x81\x8f\0\0\0\0{"type":"ping"}', "pings": b"\x89\x80\0\0\0\0"}


class Hand:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def now(self) -> float:
        """Return the time of the clock."""
        return self.seconds


def test_a_frame_rate_is_a_burst_then_a_steady_rate() -> None:
    clock = Hand()
    frame_rate = FrameRate(clock.now, Rate(2, 1), Rate(10, 5))
    assert (frame_rate.left, frame_rate.seconds) == (2, 0)
    frame_rate.spend(2)
    assert (frame_rate.left, frame_rate.seconds) == (0, 1)
    clock.seconds += 0.75
    assert (frame_rate.left, frame_rate.seconds) == (0, 0.25)
    clock.seconds += 0.25
    assert (frame_rate.left, frame_rate.seconds) == (1, 0)
    clock.seconds += 100
    assert frame_rate.left == 2


def test_signed_in_clients_have_a_higher_rate() -> None:
    """Even after a large message, which cost more than was left."""
    clock = Hand()
    frame_rate = FrameRate(clock.now, Rate(2, 1), Rate(10, 5))
    frame_rate.spend(5)
    assert (frame_rate.left, frame_rate.seconds) == (0, 4)
    frame_rate.widen()
    assert (frame_rate.left, frame_rate.seconds) == (10, 0)
    frame_rate.spend(10)
    clock.seconds += 1
    assert frame_rate.left == 5


def test_normal_clients_are_far_below_the_rate() -> None:
    """All operations of a socket start and end at the same time, and it pings every second."""
    assert OF_SOMEBODY.at_once > 2 * MOST_SUBSCRIPTIONS_A_SOCKET + 1
    assert OF_SOMEBODY.a_second > 10
    assert OF_NOBODY.at_once > MESSAGES_UNKNOWN + 1  # further operations are refused, not delayed


@asynccontextmanager
async def hearing(*, known: bool) -> AsyncIterator[tuple[int, list[int]]]:
    """Start a socket server that records each message and the loop iteration in which it arrived."""
    heard: list[int] = []
    turn = 0

    async def count() -> None:
        nonlocal turn
        while True:
            await asyncio.sleep(0)
            turn += 1

    async def hear(socket: WebSocket) -> None:
        if known:
            raise_frame_rate(socket.scope)
        await socket.accept()
        try:
            while True:
                await socket.receive_text()
                heard.append(turn)
        except WebSocketDisconnect:
            pass

    counting = asyncio.create_task(count())
    try:
        async with listening(Starlette(routes=[WebSocketRoute("/", hear)])) as port:
            yield port, heard
    finally:
        counting.cancel()


async def flood(stack: AsyncExitStack, port: int, data: bytes, head: bytes = HEAD) -> asyncio.StreamReader:
    """Open a socket and write to it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    stack.callback(writer.close)
    writer.write(head)
    async with asyncio.timeout(SECONDS):
        await reader.readuntil(b"\r\n\r\n")
    writer.write(data)
    return reader


async def heard_of(heard: list[int], count: int) -> None:
    """Wait until this many messages have arrived."""
    async with asyncio.timeout(SECONDS):
        while len(heard) < count:  # noqa: ASYNC110 - the list tells nobody
            await asyncio.sleep(0)


async def test_few_socket_messages_are_read_per_loop_iteration() -> None:
    async with hearing(known=True) as (port, heard), AsyncExitStack() as stack:
        await flood(stack, port, FRAMES["messages"] * OF_SOMEBODY.at_once)
        await heard_of(heard, OF_SOMEBODY.at_once)
    assert max(Counter(heard).values()) <= 2 * MOST_FRAMES


@pytest.mark.parametrize("known", [True, False])
async def test_frames_above_the_rate_are_read_later(known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    never = Rate(7, 0.001)
    which = "of_somebody" if known else "of_nobody"
    monkeypatch.setattr(schema.http.socket_connection.SocketConnection, which, never)
    async with hearing(known=known) as (port, heard), AsyncExitStack() as stack:
        await flood(stack, port, FRAMES["messages"] * 5_000)
        await heard_of(heard, never.at_once)
        await asyncio.sleep(SHORT)
        assert len(heard) == never.at_once


async def test_protocol_pings_are_rate_limited_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema.http.socket_connection.SocketConnection, "of_nobody", Rate(7, 0.001))
    async with hearing(known=False) as (port, _), AsyncExitStack() as stack:
        reader = await flood(stack, port, FRAMES["pings"] * 5_000)
        async with asyncio.timeout(SECONDS):
            assert await reader.readexactly(2 * 7) == b"\x8a\x00" * 7
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(SHORT):
                await reader.read(1)


async def test_a_large_message_counts_as_many_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts by its decompressed size, whatever its size in transit."""
    monkeypatch.setattr(schema.http.socket_connection.SocketConnection, "of_nobody", Rate(7, 0.001))
    async with hearing(known=False) as (port, heard):
        async with connect_plain(port) as ws:
            await ws.send(" " * (7 * FRAME))
            for _ in range(10):
                await ws.send(PING)
            await heard_of(heard, 1)
            await asyncio.sleep(SHORT)
        assert len(heard) <= MOST_FRAMES < 7  # read together with it


@asynccontextmanager
async def connect_plain(port: int) -> AsyncIterator[ClientConnection]:
    """Connect a client of the library `websockets`, which compresses what it sends."""
    async with connect(f"ws://127.0.0.1:{port}/", close_timeout=0.1) as ws:
        assert ws.protocol.extensions
        yield ws


async def test_a_burst_of_a_signed_in_client_is_answered(served: Served) -> None:
    """Even above its burst: the excess is read later, not refused."""
    async with signed_in(served.port, await served.owner_token()) as socket:
        for _ in range(OF_SOMEBODY.at_once + 20):
            await socket.ws.send(PING)
        for _ in range(OF_SOMEBODY.at_once + 20):
            assert await socket.receive() == {"type": "pong"}
        for number in range(MOST_SUBSCRIPTIONS_A_SOCKET):
            await socket.subscribe(str(number), CURSOR)
        for number in range(MOST_SUBSCRIPTIONS_A_SOCKET):
            assert "viewer" in await socket.next(str(number))


@pytest.mark.parametrize("said", [PING, '{"type":"pong"}'])
async def test_a_client_that_does_not_authenticate_gets_few_answers(served: Served, said: str) -> None:
    """Then the socket closes with 4429, and the reason says what to wait for."""
    async with connected(served.port) as socket:
        answered: list[str | bytes] = []
        with suppress(ConnectionClosed):
            for _ in range(MESSAGES_UNKNOWN + 10):
                await socket.ws.send(said)
            async for message in socket.ws:
                answered.append(message)  # noqa: PERF401 - it ends by raising
        assert len(answered) == (MESSAGES_UNKNOWN if said == PING else 0)
        assert (socket.ws.close_code, "connection_ack" in str(socket.ws.close_reason)) == (4429, True)


async def test_a_client_that_sends_after_the_close_is_not_awaited(served: Served) -> None:
    """Its pending input may be endless and would delay the close."""
    async with asyncio.timeout(SECONDS), AsyncExitStack() as stack:
        head = HEAD.replace(b" / ", b" /graphql ").replace(
            b"\r\n\r\n", b"\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
        )
        reader = await flood(stack, served.port, FRAMES["messages"] * 50_000, head)
        with suppress(ConnectionError):
            said = await reader.read()
            assert said.count(b"pong") == MESSAGES_UNKNOWN


async def test_some_pings_are_allowed_before_connection_init(served: Served) -> None:
    token = await served.owner_token()
    async with connected(served.port) as socket:
        for _ in range(MESSAGES_UNKNOWN - 1):  # the first message counts, too
            await socket.ws.send(PING)
            assert await socket.receive() == {"type": "pong"}
        await socket.send(type="connection_init", payload={"accessToken": token})
        assert await socket.receive() == {"type": "connection_ack"}


async def refused(port: int) -> str:
    """Open a socket that is refused, and return the response."""
    with pytest.raises(InvalidStatus) as error:
        async with connected(port):
            pass
    response = error.value.response
    assert (response.status_code, response.headers["retry-after"]) == (503, "10")
    assert response.headers["x-request-id"]
    return bytes(response.body or b"").decode()


async def begin(socket: Socket, token: str) -> None:
    """Authenticate."""
    await socket.ws.send(json.dumps({"type": "connection_init", "payload": {"accessToken": token}}))
    assert await socket.receive() == {"type": "connection_ack"}


async def test_an_address_has_few_unauthenticated_sockets(served: Served) -> None:
    """A socket that authenticates or closes frees a slot."""
    token = await served.owner_token()
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(connected(served.port)) for _ in range(OF_ONE_ADDRESS)]
        assert "from your address" in await refused(served.port)
        await begin(sockets[0], token)
        sockets.append(await stack.enter_async_context(connected(served.port)))
        await refused(served.port)
        await sockets[1].ws.close()
        async with asyncio.timeout(SECONDS):
            while True:
                try:
                    await stack.enter_async_context(connected(served.port))
                    break
                except InvalidStatus:
                    await asyncio.sleep(0.01)
        await begin(sockets[-1], token)
    async with signed_in(served.port, token) as socket:
        assert "viewer" in await socket.ask("1", CURSOR)


def admitted(sockets: UnauthenticatedSockets, address: str) -> UnauthenticatedSocket:
    """Admit one client."""
    unauthenticated = sockets.admit(address, {})
    assert isinstance(unauthenticated, UnauthenticatedSocket)
    return unauthenticated


def test_unauthenticated_sockets_are_counted_by_address_and_in_total() -> None:
    """A client that leaves or authenticates frees its slot once."""
    sockets = UnauthenticatedSockets()
    scope: MutableMapping[str, Any] = {}
    first = sockets.admit("192.0.2.1", scope)
    for _ in range(OF_ONE_ADDRESS - 1):
        admitted(sockets, "192.0.2.1")
    assert sockets.admit("192.0.2.1", {}) is Lack.HOLDER
    mark_authenticated(scope)
    assert isinstance(first, UnauthenticatedSocket)
    first.leave()
    admitted(sockets, "192.0.2.1")
    assert sockets.admit("192.0.2.1", {}) is Lack.HOLDER
    for number in range(OF_ALL - OF_ONE_ADDRESS):
        admitted(sockets, f"198.51.100.{number // OF_ONE_ADDRESS}")
    assert sockets.admit("203.0.113.1", {}) is Lack.EVERYBODY


def test_an_ipv6_network_counts_as_one_address() -> None:
    """Its owner has more addresses in it than can be counted."""
    sockets = UnauthenticatedSockets()
    for number in range(OF_ONE_ADDRESS):
        admitted(sockets, f"2001:db8::{number:x}")
    assert sockets.admit("2001:db8::ffff", {}) is Lack.HOLDER
    admitted(sockets, "2001:db8:0:1::1")
