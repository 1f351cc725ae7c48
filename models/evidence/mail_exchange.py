"""Owns what DNS says about a domain's mail, by RFC 5321 5.1 and RFC 7505.

It must not take a failure, or a negative answer without its authority, for a proof.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import dns.asyncresolver
import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
from dns.message import Message

from models.evidence.detail import Detail

# RFC 6761 and RFC 2606: these lie outside of DNS, and the demo market lives in one of them.
_RESERVED = tuple(
    dns.name.from_text(name)
    for name in (
        "example",
        "example.com",
        "example.net",
        "example.org",
        "internal",
        "invalid",
        "local",
        "localhost",
        "onion",
        "test",
    )
)
Resolver = dns.asyncresolver.Resolver


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """What a domain says; `sure` when the one who may deny it does (RFC 2308 2: a denial carries its SOA)."""

    detail: Detail
    sure: bool = True


def system_resolver() -> Resolver | None:
    """Return this machine's resolver, None where it has none."""
    try:
        return Resolver()
    except dns.exception.DNSException:
        return None


def domain_of(address: str) -> str | None:
    """Return the domain of an e-mail address in ASCII, None for an address literal and for what has none."""
    domain = address.rpartition("@")[2].strip().rstrip(".").lower()
    if not domain or "@" not in address or domain.startswith("["):
        return None
    return domain


async def ask_mail_exchange(resolver: Resolver, domain: str) -> MailAnswer | None:
    """Ask whether a domain takes mail; None for what is no domain. Raises DNSException for what passes."""
    try:
        name = dns.name.from_text(domain + ".")
    except (dns.exception.DNSException, UnicodeError):
        return None
    if any(name.is_subdomain(reserved) for reserved in _RESERVED):
        return MailAnswer(Detail.RESERVED_DOMAIN)
    try:
        mx = await _ask(resolver, name, dns.rdatatype.MX)
        if mx.rrset is not None:
            exchanges = [record.exchange for record in mx.rrset]
            null = exchanges == [dns.name.root]
            return MailAnswer(Detail.NULL_MX if null else Detail.MAIL_EXCHANGER)
        sure = _denied(mx.response)
        for kind in (dns.rdatatype.A, dns.rdatatype.AAAA):
            address = await _ask(resolver, name, kind)
            if address.rrset is not None:
                return MailAnswer(Detail.ADDRESS_ONLY)
            sure = sure and _denied(address.response)
    except dns.resolver.NXDOMAIN as error:
        responses: Mapping[dns.name.Name, Message] = error.responses()  # type: ignore[no-untyped-call]
        return MailAnswer(Detail.DOMAIN_DOES_NOT_EXIST, sure=all(map(_denied, responses.values())))
    return MailAnswer(Detail.NO_MAIL_EXCHANGER, sure)


async def _ask(resolver: Resolver, name: dns.name.Name, kind: dns.rdatatype.RdataType) -> dns.resolver.Answer:
    return await resolver.resolve(name, kind, search=False, raise_on_no_answer=False)


def _denied(response: Message) -> bool:
    return any(rrset.rdtype == dns.rdatatype.SOA for rrset in response.authority)
