"""How long a request may take, and how much of its answer is read; the servers are hostile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace

import httpx
import pytest

from models.outside.guard import Guard
from models.outside.reading import read_answer
from models.outside.refused import AnswerEncoded, AnswerTooLarge, AnswerTooLate
from models.outside.transport import Bounds, OutsideTransport, outside_client
from tests.models.outside.sites import OK, Script, Site, site

BEGIN = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
# The time limit is short, because the servers never end; the size is small, because they would.
IMPATIENT = Bounds(seconds=0.3, most_bytes=1_000, most_connections=1)
PATIENT = Bounds(
    connect_seconds=60, step_seconds=60, seconds=120, most_bytes=1_000, most_connections=1
)  # a busy machine does not make an answer late


@asynccontextmanager
async def opened(bounds: Bounds) -> AsyncIterator[tuple[Site, httpx.AsyncClient, str]]:
    """A server, a client with these bounds that may use it, and its address."""
    async with site() as server:
        transport = OutsideTransport(Guard(None, private=[("127.0.0.1", server.port)]), bounds)
        async with outside_client(transport) as client:
            yield server, client, f"http://127.0.0.1:{server.port}/"


async def _silent(_: bytes, writer: asyncio.StreamWriter) -> None:
    await writer.wait_closed()


async def _dripping_head(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX-Filling: ")
    await _drip(b"x", writer)


async def _dripping_body(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(BEGIN)
    await _drip(b"1\r\nx\r\n", writer)


async def _forever_continue(_: bytes, writer: asyncio.StreamWriter) -> None:
    await _drip(b"HTTP/1.1 100 Continue\r\n\r\n", writer)


async def _drip(part: bytes, writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(part)
        await writer.drain()
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("script", [_silent, _dripping_head, _dripping_body, _forever_continue])
async def test_a_server_cannot_hold_a_request_beyond_its_time(script: Script) -> None:
    async with opened(IMPATIENT) as (server, client, url):
        server.script = script
        for _ in range(2):  # the connection is given back: there is only one
            with pytest.raises(AnswerTooLate):
                await client.get(url)
        assert server.connections == 2


async def test_waiting_requests_share_the_allowed_connections() -> None:
    both, released = asyncio.Event(), asyncio.Event()

    async def script(_: bytes, writer: asyncio.StreamWriter) -> None:
        if len(server.heads) == 2:
            both.set()
        await released.wait()
        writer.write(OK)

    async with opened(replace(PATIENT, most_connections=2)) as (server, client, url):
        server.script = script
        asking = [asyncio.create_task(client.get(url)) for _ in range(10)]
        await both.wait()
        released.set()
        assert {(await one).text for one in asking} == {"ok"}
        assert server.connections == 2


async def _endless(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(BEGIN)
    while not writer.is_closing():
        writer.write(b"400\r\n" + b"x" * 1024 + b"\r\n")
        await writer.drain()


async def test_an_endless_answer_is_cut_and_its_connection_closed() -> None:
    async with opened(PATIENT) as (server, client, url):
        server.script = _endless
        for _ in range(3):
            with pytest.raises(AnswerTooLarge):
                await client.get(url)
        assert server.connections == 3


@pytest.mark.parametrize(("size", "fits"), [(1_000, True), (1_001, False)])
async def test_an_answer_may_have_exactly_the_allowed_size(size: int, fits: bool) -> None:
    async def script(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + b"x" * size)

    async with opened(PATIENT) as (server, client, url):
        server.script = script
        if fits:
            assert len((await client.get(url)).content) == size
        else:
            with pytest.raises(AnswerTooLarge):
                await client.get(url)


@pytest.mark.parametrize(("parts", "fits"), [(2_000, True), (2_100, False)])
async def test_an_answer_in_parts_of_a_byte_is_cut_and_holds_nobody_up(parts: int, fits: bool) -> None:
    """Each part takes time, also one that arrived together with others."""
    turns = 0

    async def script(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(BEGIN + b"1\r\nx\r\n" * parts + b"0\r\n\r\n")

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with opened(replace(PATIENT, most_bytes=10_000)) as (server, client, url):
        server.script = script
        async with client.stream("GET", url) as response:
            other = asyncio.create_task(others())
            read = 0
            with nullcontext() if fits else pytest.raises(AnswerTooLarge):
                async for part in response.aiter_raw():
                    read += len(part)
            other.cancel()
    assert (read == parts) is fits
    assert turns > 50


@pytest.mark.parametrize("encoding", [b"gzip", b"br", b"identity, gzip", b"x-unknown"])
async def test_a_compressed_answer_is_not_read(encoding: bytes) -> None:
    """So an answer of a few bytes never becomes one of gigabytes."""

    async def script(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + b"\r\nContent-Length: 2\r\n\r\nok")

    async with opened(PATIENT) as (server, client, url):
        server.script = script
        with pytest.raises(AnswerEncoded):
            await client.get(url, headers={"Accept-Encoding": "gzip"})
        assert server.heads[0].lower().count(b"accept-encoding:") == 1
        assert b"accept-encoding: identity\r\n" in server.heads[0].lower()


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n",
        b"HTTP/1.1 999999 \r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\x00" * 1_000,
    ],
    ids=["many-headers", "long-header", "long-length", "two-lengths", "huge-chunk", "status", "ssh", "zeros"],
)
async def test_a_malformed_answer_is_an_error_of_httpx(answer: bytes) -> None:
    async def script(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        writer.close()

    async with opened(PATIENT) as (server, client, url):
        server.script = script
        with pytest.raises(httpx.HTTPError):
            await client.get(url)


async def test_cookies_are_neither_stored_nor_sent() -> None:
    async def script(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n")

    async with opened(PATIENT) as (server, client, url):
        server.script = script
        assert "set-cookie" not in (await client.get(url)).headers
        await client.get(url, headers={"Cookie": "session=secret"})
        assert not any(b"cookie" in head.lower() for head in server.heads)
        assert server.connections == 1


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with site() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with opened(PATIENT) as (server, client, url):
            assert (await client.get(url)).text == "ok"
            assert (server.connections, proxy.connections) == (1, 0)


async def test_a_request_for_another_protocol_gets_no_stream() -> None:
    async def script(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nraw")

    async with opened(PATIENT) as (server, client, url):
        server.script = script
        async with client.stream("GET", url, headers={"Connection": "Upgrade", "Upgrade": "x"}) as response:
            assert response.status_code == 101
            assert "network_stream" not in response.extensions


async def test_a_small_answer_is_read_whole_and_others_only_have_a_status() -> None:
    async with opened(PATIENT) as (server, client, url):
        answer = await read_answer(client, url, accept="text/plain", most_bytes=2, seconds=60)
        assert (answer.status, answer.body) == (200, b"ok")
        assert b"accept: text/plain\r\n" in server.heads[0].lower()
        with pytest.raises(AnswerTooLarge):
            await read_answer(client, url, accept="text/plain", most_bytes=1, seconds=60)


async def test_reading_ends_after_twice_the_time_of_a_step() -> None:
    """Of a connection that is open already: to open one takes a busy machine longer."""
    async with site() as server, httpx.AsyncClient(trust_env=False) as client:
        url = f"http://127.0.0.1:{server.port}/"
        await client.get(url)
        server.script = _dripping_body
        with pytest.raises(AnswerTooLate):
            await read_answer(client, url, accept="*/*", most_bytes=10_000, seconds=0.1)
