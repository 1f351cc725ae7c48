"""Connections to public addresses only: a name is resolved once, and the checked address is connected to.

The guard is below TLS and below redirects, so no library that is given the client can connect to an address
that was not checked. TLS still verifies the certificate for the name.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Collection, Iterable

import dns.exception
import httpcore

from models.outside.addresses import Address, is_private, is_public
from models.outside.names import public_name
from models.outside.refused import AddressRefusal, AddressRefused
from models.outside.resolver import Resolver, addresses_of

HTTP, HTTPS = 80, 443
_MOST_ADDRESSES = 4  # of one name that are tried; a name may have hundreds
_SECONDS = 10.0  # if the caller sets no limit


class Guard(httpcore.AsyncNetworkBackend):
    """Network of an httpcore pool that opens connections to public addresses on these ports.

    `private` are hosts, names or numbers, and ports that the operator allows in addition: their addresses may
    be private, but never link-local or of a metadata service.
    """

    def __init__(
        self,
        resolver: Resolver | None,
        *,
        ports: Collection[int] = (HTTPS,),
        private: Collection[tuple[str, int]] = (),
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        """Take the resolver of public names (None if this machine has none) and what opens connections."""
        self._resolver = resolver
        self._ports = frozenset(ports)
        self._private = frozenset((host.lower(), port) for host, port in private)
        self._network = network or httpcore.AnyIOBackend()

    def allows_private(self, host: str, port: int) -> bool:
        """Return whether the operator allows this host to be private."""
        return (host, port) in self._private

    async def check(self, host: str, port: int, seconds: float) -> tuple[Address, ...]:
        """Return the addresses of a host if all are allowed; it resolves the name, but opens no connection.

        Raises AddressRefused, `httpcore.ConnectError` for a name without addresses, and
        `httpcore.ConnectTimeout`.
        """
        if self.allows_private(host, port):
            addresses = await _system_addresses(host, port, seconds)
            allowed = all(is_public(address) or is_private(address) for address in addresses)
        else:
            if port not in self._ports:
                raise AddressRefused(AddressRefusal.PORT)
            addresses = await self._public_addresses(host, seconds)
            allowed = all(map(is_public, addresses))
        if not allowed:
            raise AddressRefused(AddressRefusal.ADDRESS)
        if not addresses:
            raise httpcore.ConnectError("the name has no address")
        return addresses

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface of httpcore
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first checked address that answers, within `timeout` seconds."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + (_SECONDS if timeout is None else timeout)
        tried = (await self.check(host, port, ends - loop.time()))[:_MOST_ADDRESSES]
        failure: Exception = httpcore.ConnectTimeout("no time left to connect")
        for waiting, address in zip(range(len(tried), 0, -1), tried, strict=True):
            seconds = (ends - loop.time()) / waiting  # an address that is silent leaves time for the others
            if seconds <= 0:
                break
            try:
                return await self._network.connect_tcp(
                    str(address),
                    port,
                    timeout=seconds,
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Wait between attempts of the pool."""
        await self._network.sleep(seconds)

    async def _public_addresses(self, host: str, seconds: float) -> tuple[Address, ...]:
        name = public_name(host)
        if name is None:
            raise AddressRefused(AddressRefusal.HOST)
        if self._resolver is None:
            raise httpcore.ConnectError("this machine has no DNS resolver")
        try:
            return await addresses_of(self._resolver, name, seconds)
        except dns.exception.Timeout as error:
            raise httpcore.ConnectTimeout("the name could not be resolved in time") from error
        except dns.exception.DNSException as error:
            raise httpcore.ConnectError("the name could not be resolved") from error


async def _system_addresses(host: str, port: int, seconds: float) -> tuple[Address, ...]:
    """Return a private host's addresses, also from the system's hosts file, which DNS does not know."""
    try:
        async with asyncio.timeout(seconds):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout("the name could not be resolved in time") from error
    except OSError as error:
        raise httpcore.ConnectError("the name could not be resolved") from error
    return tuple(dict.fromkeys(ipaddress.ip_address(one[4][0]) for one in found))
