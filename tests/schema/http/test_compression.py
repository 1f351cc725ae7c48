"""Compressed responses: which, in which coding, with which headers, and what is never compressed."""

import asyncio
import gzip
import json
import threading
from collections.abc import Callable, Mapping

import brotli
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from schema.http import compression
from schema.http.compression import LARGE, LEAST_BYTES, Compression
from schema.http.content_coding import preferred_coding
from tests.schema.http.conftest import Served
from tests.support.applied import PASSWORD, give_password

LONG = {"text": "Website relaunch " * 100}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("br;q=0, *", "gzip"),
        ("*;q=0", None),
        ("identity;q=1, br;q=0.5", None),
        ("identity;q=0.5, br;q=0.5", "br"),
        ("gzip;q=wrong", None),
        ("gzip;q=nan", None),
        ("GZIP ; Q=1", "gzip"),
        ("x-gzip", "gzip"),
        ("deflate", None),
    ],
)
def test_the_coding_follows_the_weights(accepted: str | None, coding: str | None) -> None:
    """RFC 9110, 12.5.3; at the same weight brotli is preferred."""
    assert preferred_coding(accepted, ("br", "gzip")) == coding


def client(response: Response) -> httpx.AsyncClient:
    """A client of an application that always answers with this response."""

    async def answer(_: Request) -> Response:
        return response

    app = Compression(Starlette(routes=[Route("/", answer)]))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://api.test")


async def sent(response: Response, accepted: str = "br") -> tuple[Mapping[str, str], bytes]:
    """The headers and the bytes of a response as they were sent."""
    async with (
        client(response) as http,
        http.stream("GET", "/", headers={"Accept-Encoding": accepted}) as answer,
    ):
        return answer.headers, b"".join([part async for part in answer.aiter_raw()])


@pytest.mark.parametrize(
    ("accepted", "restore"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)]
)
async def test_a_response_is_compressed_with_headers_that_say_so(
    accepted: str, restore: Callable[[bytes], bytes]
) -> None:
    """With its new length. `Vary` is also sent with uncompressed responses."""
    headers, content = await sent(JSONResponse(LONG, headers={"Vary": "Origin"}), accepted)
    assert json.loads(restore(content)) == LONG
    assert headers.get("content-encoding") == (None if accepted == "identity" else accepted)
    assert headers["content-length"] == str(len(content))
    assert headers["vary"] == "Origin, Accept-Encoding"


async def test_an_entity_tag_becomes_weak() -> None:
    """A strong one promises the same bytes."""
    headers, _ = await sent(JSONResponse(LONG, headers={"ETag": '"1"'}))
    assert headers["etag"] == 'W/"1"'
    headers, _ = await sent(JSONResponse(LONG, headers={"ETag": '"1"'}), "identity")
    assert headers["etag"] == '"1"'


@pytest.mark.parametrize(
    "response",
    [
        Response("x" * (LEAST_BYTES - 1), media_type="application/json"),
        Response("x" * 5_000, media_type="image/png"),
        Response("x" * 5_000, media_type="text/plain", headers={"Content-Encoding": "gzip"}),
        Response("x" * 5_000, media_type="text/plain", headers={"Cache-Control": "no-transform"}),
        Response("x" * 5_000, 206, media_type="text/plain", headers={"Content-Range": "bytes 0-4999/9000"}),
        StreamingResponse(iter(["x" * 5_000]), media_type="application/json"),
        StreamingResponse(iter(["x" * 5_000]), media_type="text/event-stream"),
    ],
    ids=["short", "image", "compressed", "no-transform", "range", "stream", "events"],
)
async def test_other_responses_are_not_compressed(response: Response) -> None:
    headers, content = await sent(response)
    assert headers.get("content-encoding") in {None, "gzip"}
    assert set(content) == {ord("x")}


async def test_large_responses_are_compressed_in_threads_few_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """When the maximum is being compressed, a further one is sent uncompressed instead of waiting."""
    threads, going, begun = set(), threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(content: bytes) -> bytes:
        threads.add(threading.current_thread())
        loop.call_soon_threadsafe(begun.set)
        going.wait(30)
        return content[:1]

    monkeypatch.setattr(compression, "CODINGS", {"br": slow})
    monkeypatch.setattr(compression, "MOST_LARGE", 1)
    async with client(Response("x" * LARGE, media_type="text/plain")) as http:
        get = {"Accept-Encoding": "br"}

        async def length() -> int:
            async with http.stream("GET", "/", headers=get) as answer:
                return len(b"".join([part async for part in answer.aiter_raw()]))

        first = asyncio.create_task(length())
        await begun.wait()
        assert await length() == LARGE
        going.set()
        assert await first == 1
    assert threading.main_thread() not in threads


async def test_responses_with_tokens_are_never_compressed(served: Served) -> None:
    """Their length must not depend on how well a secret and a chosen text compress together."""
    email = await give_password(served.market.vendor.owner.user_id)
    query = """mutation ($input: SignInInput!) { signIn(input: $input) {
      accessToken a: accessToken b: accessToken viewer { roles } userErrors { message } } }"""
    given = {"email": email, "password": PASSWORD}
    body = {"query": query, "variables": {"input": given}}
    answer = await served.api.http.post("/graphql", json=body, headers={"Accept-Encoding": "gzip"})
    assert answer.json()["data"]["signIn"]["accessToken"]
    assert len(answer.content) > LEAST_BYTES
    assert "content-encoding" not in answer.headers


async def test_a_response_of_the_api_is_compressed(served: Served) -> None:
    """An event stream is not."""
    query = {"query": "{ __schema { types { name description } } }"}
    answer = await served.api.http.post("/graphql", json=query, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()["data"]
    headers = {"Accept-Encoding": "gzip", "Accept": "text/event-stream"}
    events = await served.api.http.post("/graphql", json=query, headers=headers)
    assert "content-encoding" not in events.headers
