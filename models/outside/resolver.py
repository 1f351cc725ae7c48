"""Addresses of a public host name, from DNS and within a time limit.

The system's `getaddrinfo` would occupy a thread for as long as somebody's name server takes to answer.
"""

import asyncio
import ipaddress

import dns.asyncresolver
import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver

from models.outside.addresses import Address

Resolver = dns.asyncresolver.Resolver


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
        answer = await resolver.resolve(name, kind, search=False, raise_on_no_answer=False, lifetime=seconds)
    except dns.resolver.NXDOMAIN:
        return []
    return [ipaddress.ip_address(record.address) for record in answer.rrset or ()]
