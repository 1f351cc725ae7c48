"""Limits of one connection, tested with sockets that send chosen bytes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from schema.http.connection import MOST_HEADERS, MOST_PIPELINED, Connection
from tests.schema.http.wire import SECONDS
from tests.support.api import listening

SHORT = 0.2  # seconds, for the limit under test; the others have their usual values
HEAD = b"POST / HTTP/1.1\r\nHost: a\r\n"
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
LARGE = 20_000_000  # bytes, more than the system buffers for a client that does not read


@dataclass
class Client:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def send(self, data: bytes) -> None:
        """Send without waiting."""
        self.writer.write(data)

    def stop_reading(self) -> None:
        """Stop reading; data stays in the system's buffers."""
        cast("asyncio.Transport", self.writer.transport).pause_reading()

    async def answer(self) -> bytes:
        """Read to the end of the connection, however the server closes it."""
        said = b""
        try:
            async with asyncio.timeout(SECONDS):
                while piece := await self.reader.read(65_536):
                    said += piece
        except ConnectionError:
            pass
        return said

    async def status(self) -> int:
        """Read one response and return its status."""
        async with asyncio.timeout(SECONDS):
            head = await self.reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await self.reader.readexactly(length)
        return int(head.split()[1])


@dataclass
class Server:
    """An application that echoes how much it was sent, and records the outcome of its requests."""

    port: int
    ended: asyncio.Event

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[Client]:
        """Open a connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            yield Client(reader, writer)
        finally:
            writer.close()


@asynccontextmanager
async def serving(**settings: object) -> AsyncIterator[Server]:
    """Serve with these settings."""
    ended, release = asyncio.Event(), asyncio.Event()

    async def echo(request: Request) -> Response:
        try:
            return PlainTextResponse(str(len(await request.body())))
        finally:
            ended.set()

    async def large(_: Request) -> Response:
        return PlainTextResponse(b"x" * LARGE)

    async def pieces() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"x" * 100_000
                await asyncio.sleep(0)  # otherwise the loop would be blocked forever
        finally:
            ended.set()

    async def endless(_: Request) -> Response:
        return StreamingResponse(pieces())

    async def early(_: Request) -> Response:
        return PlainTextResponse("early")

    async def held(_: Request) -> Response:
        await release.wait()
        return PlainTextResponse("late")

    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        try:
            while True:
                await socket.send_text("x" * 100_000)
        finally:
            ended.set()

    routes = [
        Route("/", echo, methods=["GET", "POST"]),
        Route("/large", large),
        Route("/endless", endless),
        Route("/early", early, methods=["POST"]),
        Route("/held", held),
        WebSocketRoute("/", talk),
    ]
    async with listening(Starlette(routes=routes), **settings) as port:
        yield Server(port, ended)
        release.set()


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[Server]:
    """A server with its usual limits."""
    async with serving() as running:
        yield running


UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"


BEGUN = b"GET / HTTP/1.1\r\n"


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("begin", [BEGUN, BEGUN + UPGRADE])
@pytest.mark.parametrize("one_header", [False, True])
async def test_a_head_over_its_limit_is_refused(
    server: Server, begin: bytes, one_header: bool, answered: bool
) -> None:
    """With many headers, or with one that does not end; also after a response."""
    async with server.connected() as client:
        if answered:
            client.send(GET)
            assert await client.status() == 200
        client.send(begin + b"X: " if one_header else begin)
        for number in range(66):  # nothing more: data sent after the connection is closed resets it
            client.send(b"a" * 1_000 if one_header else b"X-%d: " % number + b"a" * 1_000 + b"\r\n")
            await asyncio.sleep(0)
        said = await client.answer()
    assert said.startswith(b"HTTP/1.1 431 ")
    assert b"larger than 65536 bytes" in said
    assert b"\r\ndate: " in said
    assert b"\r\ncache-control: no-store\r\n" in said


async def test_a_head_in_one_piece_over_its_limit_is_refused_too(server: Server) -> None:
    for size, status in ((60_000, 200), (66_000, 431)):
        async with server.connected() as client:
            client.send(b"GET / HTTP/1.1\r\nX: " + b"a" * size + b"\r\n\r\n")
            assert await client.status() == status


async def test_headers_are_counted(server: Server) -> None:
    for count, status in ((MOST_HEADERS, 200), (MOST_HEADERS + 1, 431)):
        async with server.connected() as client:
            client.send(b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * count + b"\r\n")
            assert await client.status() == status


HALF_HEADS = [b"", b"G", HEAD, HEAD + b"X", b"\r\n", b"\r\n\r\n"]


@pytest.mark.parametrize("sent", HALF_HEADS)
async def test_an_incomplete_head_times_out(sent: bytes) -> None:
    """It gets a response if any of it was received."""
    async with serving(request_head_seconds=SHORT) as server, server.connected() as client:
        client.send(sent)
        said = await client.answer()
    assert (b"HTTP/1.1 408 " in said) is (sent.strip() != b"")


@pytest.mark.parametrize("sent", HALF_HEADS[1:])
async def test_an_incomplete_head_after_a_response_times_out(sent: bytes) -> None:
    """Blank lines do not keep an idle connection open either."""
    async with serving(request_head_seconds=SHORT) as server, server.connected() as client:
        client.send(GET)
        assert await client.status() == 200
        client.send(sent)
        said = await client.answer()
    assert (b"HTTP/1.1 408 " in said) is (sent.strip() != b"")


async def test_a_head_in_small_pieces_has_no_extra_time() -> None:
    """Each piece alone would have been in time."""
    async with serving(request_head_seconds=SHORT) as server, server.connected() as client:
        client.send(HEAD)

        async def drip() -> None:
            while True:
                client.send(b"X: a\r\n")
                await asyncio.sleep(SHORT / 20)

        dripping = asyncio.create_task(drip())
        assert b" 408 " in await client.answer()
        dripping.cancel()


HALF_BODIES = [b"Content-Length: 10\r\n\r\nhalf", b"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"]


@pytest.mark.parametrize("half", HALF_BODIES)
async def test_an_incomplete_body_times_out_and_ends_its_request(half: bytes) -> None:
    async with serving(request_body_seconds=SHORT) as server, server.connected() as client:
        client.send(HEAD + half)
        said = await client.answer()
        async with asyncio.timeout(SECONDS):
            await server.ended.wait()
    assert b" 408 " in said
    assert b"took longer than 0.2 seconds" in said


async def test_the_rest_of_an_answered_body_times_out() -> None:
    async with serving(request_body_seconds=SHORT) as server, server.connected() as client:
        client.send(HEAD.replace(b" / ", b" /early ") + b"Content-Length: 10\r\n\r\nhalf")
        said = await client.answer()
    assert said.count(b"HTTP/1.1 ") == 1
    assert b" 200 " in said


async def test_a_body_that_keeps_arriving_gets_more_time() -> None:
    """It gets a second for each 50,000 bytes."""
    async with serving(request_body_seconds=SHORT) as server, server.connected() as client:
        client.send(HEAD + b"Content-Length: 1000001\r\n\r\n" + b"x" * 1_000_000)
        await asyncio.sleep(3 * SHORT)
        client.send(b"x")
        assert await client.status() == 200


async def test_a_client_that_does_not_read_its_response_is_cut_off() -> None:
    """A request that is still running for it ends."""
    async with serving(unread_seconds=SHORT) as server, server.connected() as client:
        client.stop_reading()
        client.send(GET.replace(b" / ", b" /endless "))
        async with asyncio.timeout(SECONDS):
            await server.ended.wait()


async def test_a_client_that_reads_slowly_gets_the_whole_response() -> None:
    """Each check finds that something was read."""
    unread = 10 * SHORT
    async with serving(unread_seconds=unread) as server, server.connected() as client:
        client.send(GET.replace(b" / ", b" /large "))
        read = len(await client.reader.readuntil(b"\r\n\r\n")) * 0
        while read < LARGE:
            await asyncio.sleep(1.2 * unread * 200_000 / LARGE)  # in total longer than data may stay unread
            read += len(await client.reader.read(200_000))
    assert read == LARGE


async def test_a_socket_that_is_not_read_is_cut_off() -> None:
    async with serving(unread_seconds=SHORT) as server, server.connected() as client:
        key = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        client.send(b"GET / HTTP/1.1\r\nHost: a\r\n" + UPGRADE + key)
        await client.reader.readuntil(b"\r\n\r\n")
        client.stop_reading()
        async with asyncio.timeout(SECONDS):
            await server.ended.wait()


async def test_a_socket_with_a_header_that_cannot_be_read_is_refused(server: Server) -> None:
    """The WebSocket parser has its own line limit."""
    for size, status in ((8_000, b"HTTP/1.1 101 "), (8_200, b"HTTP/1.1 431 ")):
        async with server.connected() as client:
            key = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            client.send(BEGUN + b"Host: a\r\n" + UPGRADE + key + b"X: " + b"a" * size + b"\r\n\r\n")
            async with asyncio.timeout(SECONDS):
                assert (await client.reader.read(len(status))) == status


async def test_pipelined_requests_are_limited(server: Server) -> None:
    """The first is answered late; a connection with too many behind it is closed."""
    first = GET.replace(b" / ", b" /held ")
    for count, ends in ((MOST_PIPELINED, False), (MOST_PIPELINED + 1, True), (5_000, True)):
        async with server.connected() as client:
            client.send(first + GET * count)
            if ends:
                assert await client.answer() == b""
            else:
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(SHORT):
                        await client.reader.read(1)


async def test_a_response_without_a_body_is_written_before_what_comes_next(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next request is refused in the turn in which the response to HEAD ended."""
    complete = Connection.on_response_complete

    def refuse(self: Connection) -> None:
        complete(self)
        self.send_400_response("malformed")

    monkeypatch.setattr(Connection, "on_response_complete", refuse)
    async with server.connected() as client:
        client.send(GET.replace(b"GET", b"HEAD"))
        answer = await client.answer()
        assert answer.startswith(b"HTTP/1.1 200")
        assert b"HTTP/1.1 400" in answer


async def test_sequential_requests_on_one_connection_are_answered(server: Server) -> None:
    """Up to the maximum number, in order, with bodies between them."""
    async with server.connected() as client:
        for _ in range(5):
            client.send((HEAD + b"Content-Length: 4\r\n\r\nbody") * 10)
            assert [await client.status() for _ in range(10)] == [200] * 10


async def test_connections_per_process_are_limited() -> None:
    """The next is refused; a connection that closes frees a slot."""
    async with serving(max_connections=10) as server:
        clients = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(10)]
        for _, writer in clients:
            writer.write(GET)
        for reader, _ in clients:
            await reader.readuntil(b"\r\n\r\n")
        async with server.connected() as late:
            assert b" 503 " in await late.answer()
        clients[0][1].close()
        async with asyncio.timeout(SECONDS):
            while True:
                async with server.connected() as late:
                    late.send(GET)
                    if await late.status() == 200:
                        break
        for _, writer in clients:
            writer.close()


async def test_trailers_and_chunk_framing_are_counted(server: Server) -> None:
    """The framing around a body's chunks is bounded."""
    begin = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    for more in (b"0\r\n" + b"X: a\r\n" * 20_000, b"0\r\nX: " + b"a" * 5_000_000, b"1;" + b"a" * 5_000_000):
        async with server.connected() as client:
            client.send(begin + more)
            assert b" 200 " not in await client.answer()
