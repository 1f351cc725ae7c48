"""Compression of complete responses with brotli or gzip; large ones are compressed outside the event loop.

Streams (events, multipart, downloads) are not compressed: each part must arrive when it is sent, and files
are small or already compressed.

If a secret is compressed together with a text that an attacker chooses, the length of the result reveals the
secret (BREACH), provided that the attacker can make the victim's browser send many such requests and see the
lengths. Here, requests are authenticated by a header, which a page on another site cannot make a browser
send. Responses with tokens are never compressed (`Context.carries_secret`), because their requests may be
authenticated by a cookie.
"""

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import brotli
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schema.graphql.context import PLAIN
from schema.http.content_coding import preferred_coding
from schema.http.plain_requests import header_of

LEAST_BYTES = 1_000  # smaller responses fit into one packet anyway
# At these levels, a page of 100 leads shrinks to 5 % of its size in about 0.1 ms. The next levels take
# up to twice as long and save another 10 to 20 %. bench/RESULTS.md has the figures.
BROTLI_LEVEL, GZIP_LEVEL = 4, 4
LARGE = 131_072  # bytes; compressing more than this would block the event loop for too long
MOST_LARGE = 8  # large responses being compressed or waiting for it; further ones are sent uncompressed
THREADS = 2
_TYPES = frozenset(
    {
        b"application/json",
        b"application/graphql-response+json",
        b"text/html",
        b"text/plain",
    }
)
_CODED = frozenset({b"content-encoding", b"content-range"})
_GZIP = 16 + zlib.MAX_WBITS


def _brotli(content: bytes) -> bytes:
    compressed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=BROTLI_LEVEL)
    return compressed


def _gzip(content: bytes) -> bytes:
    stream = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP)
    return stream.compress(content) + stream.flush()


# In order of preference if the weights are equal.
CODINGS: Mapping[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}


class Compression:
    """Compresses responses in the coding that the client prefers."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="compression")
        self._large = 0

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Compress the response. An open socket does not wait in here: that would take memory."""
        compressed = scope["type"] == "http"
        return self._request(scope, receive, send) if compressed else self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold back the head of a response until its first part shows whether the response is complete."""
        head: Message | None = None

        async def answer(message: Message) -> None:
            nonlocal head
            if message["type"] == "http.response.start" and _may_be_compressed(message):
                head = message
                return
            if head is not None:
                first, head = head, None
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    message = await self._compressed(scope, first, message)
                await send(first)
            await send(message)

        await self._app(scope, receive, answer)

    async def _compressed(self, scope: Scope, head: Message, body: Message) -> Message:
        content: bytes = body.get("body", b"")
        if len(content) < LEAST_BYTES or scope.get(PLAIN):
            return body
        headers = MutableHeaders(scope=head)
        headers.add_vary_header("Accept-Encoding")
        coding = preferred_coding(header_of(scope, b"accept-encoding"), tuple(CODINGS))
        if coding is None:
            return body
        smaller = await self._compress(CODINGS[coding], content)
        if smaller is None:
            return body
        headers["Content-Encoding"] = coding
        headers["Content-Length"] = str(len(smaller))
        if (tag := headers.get("etag", "")) and not tag.startswith("W/"):
            headers["ETag"] = f"W/{tag}"  # a strong one would promise the same bytes
        return {**body, "body": smaller}

    async def _compress(self, compress: Callable[[bytes], bytes], content: bytes) -> bytes | None:
        if len(content) < LARGE:
            return compress(content)
        if self._large >= MOST_LARGE:
            return None
        self._large += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, compress, content)
        finally:
            self._large -= 1


def _may_be_compressed(head: Message) -> bool:
    if head["status"] in {204, 206, 304}:
        return False
    kind = b""
    for name, value in head["headers"]:
        if name in _CODED or (name == b"cache-control" and b"no-transform" in value):
            return False
        if name == b"content-type":
            kind = kind or value
    return kind.partition(b";")[0].strip().lower() in _TYPES
