"""Addresses of a public host name, from DNS and within a time limit.

The system's `getaddrinfo` would occupy a thread for as long as somebody's name server takes to answer.
"""

import asyncio
import ipaddress
from typing import Any

import dns.asyncbackend
import dns.asyncresolver
import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
from dns._asyncbackend import Backend  # `dns.asyncbackend` has it as well, but not for type checkers

from models.outside.addresses import Address

Resolver = dns.asyncresolver.Resolver


class ClosingBackend(Backend):
    """The network of questions, of which each socket is closed in the end.

    If a question is cancelled while its socket is made, uvloop keeps the socket until garbage is collected.
    """

    def __init__(self, inner: Backend | None = None) -> None:
        """Take what makes sockets, by default dnspython's own network of asyncio."""
        self._inner: Any = inner or dns.asyncbackend.get_backend("asyncio")  # whose methods have no types

    def name(self) -> str:
        """Return the name of the library."""
        return str(self._inner.name())

    async def make_socket(self, *given: Any, **named: Any) -> Any:
        """Return a new socket, which its caller closes."""
        making = asyncio.ensure_future(self._inner.make_socket(*given, **named))
        try:
            return await asyncio.shield(making)
        except asyncio.CancelledError:
            making.add_done_callback(_close)
            raise

    def datagram_connection_required(self) -> bool:
        """Return whether datagrams need a connection."""
        return bool(self._inner.datagram_connection_required())

    async def sleep(self, interval: float) -> None:
        """Wait between attempts."""
        await self._inner.sleep(interval)

    def get_transport_class(self) -> Any:
        """Return the transport of DNS over HTTPS, which is not used."""
        return self._inner.get_transport_class()

    async def wait_for(self, awaitable: Any, timeout: float | None) -> Any:  # noqa: ASYNC109 - the interface
        """Return what an awaitable returns in time."""
        return await self._inner.wait_for(awaitable, timeout)


def _close(making: asyncio.Future[Any]) -> None:
    """Close a socket that nobody waits for any more."""
    if not making.cancelled() and making.exception() is None:
        _closing.add(closed := asyncio.ensure_future(making.result().close()))
        closed.add_done_callback(_closing.discard)


_closing: set[asyncio.Future[Any]] = set()
BACKEND = ClosingBackend()


def system_resolver() -> Resolver | None:
    """Return this machine's resolver, None if it has none."""
    try:
        return Resolver()
    except dns.exception.DNSException:
        return None


async def addresses_of(resolver: Resolver, name: dns.name.Name, seconds: float) -> tuple[Address, ...]:
    """Return the IPv4 and then the IPv6 addresses of a name, none if it has none.

    Asks once for each kind. Raises DNSException if neither question was answered within `seconds`.
    """
    answers = await asyncio.gather(
        *(_ask(resolver, name, kind, seconds) for kind in (dns.rdatatype.A, dns.rdatatype.AAAA)),
        return_exceptions=True,
    )
    found: list[Address] = []
    failures: list[BaseException] = []
    for answer in answers:
        if isinstance(answer, BaseException):
            failures.append(answer)
        else:
            found += answer
    # One kind is enough: only addresses that were checked are connected to.
    if failures and not found:
        raise failures[0]
    return tuple(dict.fromkeys(found))


async def _ask(
    resolver: Resolver, name: dns.name.Name, kind: dns.rdatatype.RdataType, seconds: float
) -> list[Address]:
    try:
        answer = await resolver.resolve(
            name, kind, search=False, raise_on_no_answer=False, lifetime=seconds, backend=BACKEND
        )
    except dns.resolver.NXDOMAIN:
        return []
    return [ipaddress.ip_address(record.address) for record in answer.rrset or ()]
