"""HTTP to addresses that somebody else chose: what may be requested, for how long, and how much is read.

The limits are in the transport, so that every library that is given the client has them. There are no
cookies, no proxies from the environment, and no connection that the guard did not check. Nobody is asked for
a compressed answer; a transport of web sites, which may compress anyway, unpacks it within the same limits.
"""

import asyncio
import itertools
import ssl
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import cast

import httpcore
import httpx
import structlog

from models.base.metrics import OUTSIDE_REFUSED
from models.outside.guard import HTTP, HTTPS, Guard
from models.outside.refused import (
    AddressRefusal,
    AddressRefused,
    AnswerEncoded,
    AnswerTooLarge,
    AnswerTooLate,
)

_log = structlog.get_logger(__name__)

_PORTS = {"http": HTTP, "https": HTTPS}
_NEVER_SENT = frozenset({b"accept-encoding", b"cookie"})
_NEVER_READ = frozenset({b"set-cookie"})
_OF_PACKED = frozenset({b"content-encoding", b"content-length"})  # not true of an unpacked answer
_UNPACKED = {b"gzip": 16 + zlib.MAX_WBITS, b"x-gzip": 16 + zlib.MAX_WBITS, b"deflate": zlib.MAX_WBITS}
_PART = 64 * 1024  # bytes that are unpacked at once: gzip makes a thousand of one
# A part that is received takes as long to handle with one byte as with a thousand.
_FREE_PARTS, _FEWEST_BYTES = 2_000, 32  # parts of any size; then so many bytes each, on average
_PARTS_AT_ONCE = 32  # before others in this process have a turn
# The public errors of httpcore and of httpx have the same names; httpx does not publish its own translation.
_ERRORS: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    (httpcore.ReadTimeout, httpx.ReadTimeout),
    (httpcore.WriteTimeout, httpx.WriteTimeout),
    (httpcore.PoolTimeout, httpx.PoolTimeout),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.ReadError, httpx.ReadError),
    (httpcore.WriteError, httpx.WriteError),
    (httpcore.NetworkError, httpx.NetworkError),
    (httpcore.RemoteProtocolError, httpx.RemoteProtocolError),
    (httpcore.LocalProtocolError, httpx.LocalProtocolError),
    (httpcore.UnsupportedProtocol, httpx.UnsupportedProtocol),
    (httpcore.ProtocolError, httpx.ProtocolError),
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of one request (a redirect is another request), in seconds and bytes.

    A step is one read or write; `seconds` includes all steps, from resolving the name to the last byte.
    `most_bytes` is the limit of what is received, and of what that becomes when it is unpacked. An answer in
    thousands of parts of a few bytes is as good as too large.
    """

    connect_seconds: float = 3.0
    step_seconds: float = 4.0
    seconds: float = 8.0
    most_bytes: int = 1 << 20
    most_connections: int = 64


@cache  # each transport of a process trusts the same ones, and reading them takes 15 ms
def _public_certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


class OutsideTransport(httpx.AsyncBaseTransport):
    """Transport of an httpx client for addresses that somebody else chose.

    Raises AddressRefused, AnswerTooLarge, AnswerEncoded, AnswerTooLate, and httpx's other errors.
    """

    def __init__(
        self,
        guard: Guard,
        bounds: Bounds | None = None,
        *,
        tls: ssl.SSLContext | None = None,
        for_sites: bool = False,
    ) -> None:
        """Take the guard of its connections, and the trusted certificates (usually the public ones).

        `for_sites`: port 80 may be requested without TLS if the guard allows that port, because many sites
        only redirect from there; and answers that are compressed unasked are unpacked.
        """
        self._guard, self._bounds, self._for_sites = guard, bounds or Bounds(), for_sites
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or _public_certificates(),
            max_connections=self._bounds.most_connections,
            max_keepalive_connections=self._bounds.most_connections,
            keepalive_expiry=15.0,
            network_backend=guard,
        )

    async def check(self, url: httpx.URL) -> None:
        """Check an address before it is stored: it resolves the name, but opens no connection.

        Raises AddressRefused, or `httpx.ConnectError` or `httpx.ConnectTimeout` if the name cannot be
        resolved.
        """
        with _TRANSLATED:
            port = self._check_form(url)
            await self._guard.check(_host(url), port, self._bounds.connect_seconds)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; redirects are the client's, and each is checked here again."""
        ends = asyncio.get_running_loop().time() + self._bounds.seconds
        with _TRANSLATED:
            port = self._check_form(request.url)
            try:
                async with asyncio.timeout_at(ends):
                    response = await self._pool.handle_async_request(self._outgoing(request, port))
            except TimeoutError as error:
                raise AnswerTooLate("the answer did not begin in time") from error
        unpacks = _unpacking(response) if self._for_sites else None
        unread = _NEVER_READ if unpacks is None else _NEVER_READ | _OF_PACKED
        headers = [pair for pair in response.headers if pair[0].lower() not in unread]
        return httpx.Response(
            response.status, headers=headers, stream=_Body(response, self._bounds.most_bytes, ends, unpacks)
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()

    def _check_form(self, url: httpx.URL) -> int:
        """Return the port of a URL that may be requested."""
        host = _host(url)
        if url.scheme not in _PORTS:
            raise AddressRefused(AddressRefusal.SCHEME)
        port = _PORTS[url.scheme] if url.port is None else url.port
        plain = self._for_sites and port == HTTP
        if url.scheme != "https" and not plain and not self._guard.allows_private(host, port):
            raise AddressRefused(AddressRefusal.SCHEME)
        if url.userinfo:
            raise AddressRefused(AddressRefusal.USER_INFO)
        if not host:
            raise AddressRefused(AddressRefusal.HOST)
        return port

    def _outgoing(self, request: httpx.Request, port: int) -> httpcore.Request:
        step = self._bounds.step_seconds
        timeout = {"connect": self._bounds.connect_seconds, "read": step, "write": step, "pool": step}
        headers = [pair for pair in request.headers.raw if pair[0].lower() not in _NEVER_SENT]
        return httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=port,
                target=request.url.raw_path,
            ),
            headers=[*headers, (b"Accept-Encoding", b"identity")],
            content=cast("httpx.AsyncByteStream", request.stream),
            extensions={"timeout": timeout},  # no other: `sni_hostname` would change the name that TLS checks
        )


def outside_client(transport: httpx.AsyncBaseTransport, *, user_agent: str = "Leadgate") -> httpx.AsyncClient:
    """Return a client for addresses that somebody else chose; it follows no redirects unless asked to."""
    return httpx.AsyncClient(
        transport=transport,
        headers={"User-Agent": user_agent},
        follow_redirects=False,
        max_redirects=3,
    )


async def post_for_status(
    client: httpx.AsyncClient, url: str, content: bytes, headers: Mapping[str, str]
) -> httpx.Response:
    """Post, and return the answer, of which the status and the headers count.

    Its body is read within the bounds and dropped, so that the connection can be used again; one that cannot
    be read changes nothing. Raises what the transport raises before the answer begins.
    """
    async with client.stream("POST", url, content=content, headers=headers) as response:
        with suppress(AnswerTooLarge, httpx.HTTPError):
            async for _ in response.aiter_raw():
                pass
        return response


class _Body(httpx.AsyncByteStream):
    """The body of an answer, with a limit of bytes and of time; one that is compressed is not read, unless
    there is something that unpacks it.

    So the status counts, also of a server that compresses whatever it is asked for.
    """

    def __init__(
        self, response: httpcore.Response, most_bytes: int, ends: float, unpacks: "_Unpacking | None"
    ) -> None:
        self._response, self._most_bytes, self._ends, self._unpacks = response, most_bytes, ends, unpacks

    def __aiter__(self) -> AsyncIterator[bytes]:
        if self._unpacks is not None:
            return self._unpacked(self._unpacks)
        return self._received()

    async def _unpacked(self, unpacking: "_Unpacking") -> AsyncIterator[bytes]:
        size = 0
        async for packed in self._received():
            for part in unpacking.parts(packed):
                size += len(part)
                await self._check(size)
                yield part
        unpacking.check_end()

    async def _received(self) -> AsyncIterator[bytes]:
        if self._unpacks is None and _is_encoded(self._response):
            await self.aclose()
            raise AnswerEncoded("the answer is compressed, although identity encoding was requested")
        size = 0
        parts = aiter(cast("AsyncIterable[bytes]", self._response.stream))
        with _TRANSLATED:
            for number in itertools.count(1):
                try:
                    async with asyncio.timeout_at(self._ends):
                        part = await anext(parts)
                except StopAsyncIteration:
                    return
                except TimeoutError as error:
                    await self.aclose()
                    raise AnswerTooLate("the answer did not end in time") from error
                size += len(part)
                await self._check(size)
                if number > _FREE_PARTS + size // _FEWEST_BYTES:
                    await self.aclose()
                    raise AnswerTooLarge("the answer comes in too many parts")
                if number % _PARTS_AT_ONCE == 0:
                    await asyncio.sleep(0)
                yield part

    async def _check(self, size: int) -> None:
        if size > self._most_bytes:
            await self.aclose()
            raise AnswerTooLarge(f"the answer is larger than {self._most_bytes} bytes")

    async def aclose(self) -> None:
        """Close the connection, unless the whole answer was read."""
        await self._response.aclose()


class _Unpacking:
    """Unpacks an answer in small parts, so that its reader stops before a few bytes become gigabytes."""

    def __init__(self, window_bits: int) -> None:
        self._packed = zlib.decompressobj(window_bits)

    def parts(self, packed: bytes) -> Iterator[bytes]:
        """Yield what these bytes become. Raises AnswerEncoded."""
        while True:
            try:
                part = self._packed.decompress(packed, _PART)
            except zlib.error as error:
                raise AnswerEncoded("the compressed answer is damaged") from error
            if part:
                yield part
            packed = self._packed.unconsumed_tail
            if self._packed.eof or (not packed and len(part) < _PART):
                return

    def check_end(self) -> None:
        """Raise AnswerEncoded unless the answer was whole."""
        if not self._packed.eof:
            raise AnswerEncoded("the compressed answer is damaged")


def _unpacking(response: httpcore.Response) -> _Unpacking | None:
    """Return what unpacks an answer, None if it is not compressed or in a way that is not unpacked."""
    codings = [
        value.strip().lower() for name, value in response.headers if name.lower() == b"content-encoding"
    ]
    window_bits = _UNPACKED.get(codings[0]) if len(codings) == 1 else None
    return None if window_bits is None else _Unpacking(window_bits)


def _is_encoded(response: httpcore.Response) -> bool:
    codings = (value for name, value in response.headers if name.lower() == b"content-encoding")
    return any(value.strip().lower() != b"identity" for value in codings)


def _host(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii").lower()


class _Translation:
    """Raises httpx's errors for httpcore's, and counts refused addresses."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise the error that stands for this one."""
        if error is None:
            return
        if isinstance(error, AddressRefused):
            OUTSIDE_REFUSED.labels(error.why).inc()
            # Not the host: it may be of a person's domain.
            _log.warning("outside_address_refused", why=error.why)
        for ours, theirs in _ERRORS:
            if isinstance(error, ours):
                raise theirs(str(error)) from error


_TRANSLATED = _Translation()  # it has no state
