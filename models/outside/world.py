"""Names under `example` lead to the demo world, where there is one, and nowhere else.

The world is one address of this machine, without TLS. No other name leads there, and no URL can name it: what
is requested at that address is decided by this transport, never by a redirect or a setting.
"""

from collections.abc import Callable
from dataclasses import dataclass

import dns.asyncresolver
import httpx

from models.outside.guard import Guard
from models.outside.names import is_example
from models.outside.refused import AddressRefusal, AddressRefused
from models.outside.resolver import Resolver
from models.outside.transport import Bounds, OutsideTransport

LOOPBACK = "127.0.0.1"
SCHEME_HEADER = "X-Forwarded-Proto"  # how the name was requested
NO_SUCH_HOST = "x-no-such-host"  # said by the world of a name that it does not have


@dataclass(frozen=True, slots=True)
class WorldPorts:
    """Where the world listens on this machine: for HTTP, and for DNS over UDP."""

    http: int
    dns: int


Locate = Callable[[], WorldPorts | None]


class WorldTransport(httpx.AsyncBaseTransport):
    """A transport whose names under `example` lead to the world; all others are requested outside."""

    def __init__(self, outside: OutsideTransport, locate: Locate, bounds: Bounds) -> None:
        """Take the transport of all other names, and where the world is (None while it is not running)."""
        self._outside, self._locate, self._bounds = outside, locate, bounds
        self._worlds: dict[int, OutsideTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. Raises what OutsideTransport raises."""
        if not is_example(request.url.host):
            return await self._outside.handle_async_request(request)
        if request.url.port is not None or request.url.scheme not in {"http", "https"}:
            raise AddressRefused(AddressRefusal.PORT)
        ports = self._locate()
        if ports is None:
            raise httpx.ConnectError("the demo world is not running")
        there = request.url.copy_with(scheme="http", host=LOOPBACK, port=ports.http)
        headers = [*request.headers.raw, (SCHEME_HEADER.encode(), request.url.raw_scheme)]
        sent = httpx.Request(request.method, there, headers=headers, stream=request.stream)
        response = await self._world(ports.http).handle_async_request(sent)
        if NO_SUCH_HOST in response.headers:
            await response.aclose()
            raise httpx.ConnectError("the name has no address")
        return response

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in (self._outside, *self._worlds.values()):
            await transport.aclose()

    def _world(self, port: int) -> OutsideTransport:
        found = self._worlds.get(port)
        if found is None:
            guard = Guard(None, ports=(), private=[(LOOPBACK, port)])
            found = self._worlds[port] = OutsideTransport(guard, self._bounds, for_sites=True)
        return found


def resolver_of_world(locate: Locate) -> Resolver | None:
    """Return the resolver that asks the world, None while it is not running."""
    ports = locate()
    if ports is None:
        return None
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = [LOOPBACK]
    resolver.port = ports.dns
    return resolver
