"""What DNS says about a domain's mail, by RFC 5321 section 5.1 and RFC 7505.

A failure, or a denial without its authority, proves nothing, and names known only inside a network are not
queried.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

import dns.asyncresolver
import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
from dns.message import Message

from models.complaints.evidence.detail import Detail

# Names that no public name server knows, but an internal resolver may. They are never queried, so that a
# vendor cannot probe the internal network. RFC 2606, 6761, 6762, 7686, 8375, 9476, ICANN's `internal`, and
# the names that networks use without being assigned them (RFC 6762, appendix G).
_NOT_PUBLIC = tuple(
    dns.name.from_text(name)
    for name in (
        "alt",
        "arpa",
        "corp",
        "domain",
        "example",
        "example.com",
        "example.net",
        "example.org",
        "home",
        "internal",
        "intranet",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "mail",
        "onion",
        "private",
        "test",
        "workgroup",
    )
)
Resolver = dns.asyncresolver.Resolver


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """What DNS says about a domain; `sure` if it is authoritative (RFC 2308 section 2: a denial carries its
    SOA).
    """

    detail: Detail
    sure: bool = True


def system_resolver() -> Resolver | None:
    """Return this machine's resolver, None if it has none."""
    try:
        return Resolver()
    except dns.exception.DNSException:
        return None


def domain_of(address: str) -> str | None:
    """Return the domain of an email address in ASCII, None for an address literal or an address without a
    domain.
    """
    domain = address.rpartition("@")[2].strip().rstrip(".").lower()
    if not domain or "@" not in address or domain.startswith("["):
        return None
    return domain


async def ask_mail_exchange(resolver: Resolver, domain: str) -> MailAnswer | None:
    """Ask whether a domain accepts mail; None for an invalid or a private domain.

    Raises DNSException for temporary failures.
    """
    try:
        name = dns.name.from_text(domain + ".")
    except (dns.exception.DNSException, UnicodeError):
        return None
    if not _is_public(name):
        return MailAnswer(Detail.RESERVED_DOMAIN)
    try:
        mx = await _ask(resolver, name, dns.rdatatype.MX)
        if mx.rrset is None:
            return await _without_exchanger(resolver, name, sure=_denied(mx.response))
        exchanges = [record.exchange for record in mx.rrset]
        if exchanges == [dns.name.root]:
            return MailAnswer(Detail.NULL_MX)
        return MailAnswer(Detail.MAIL_EXCHANGER) if any(map(_is_public, exchanges)) else None
    except dns.resolver.NXDOMAIN as error:
        responses: Mapping[dns.name.Name, Message] = error.responses()  # type: ignore[no-untyped-call]
        return MailAnswer(Detail.DOMAIN_DOES_NOT_EXIST, sure=all(map(_denied, responses.values())))


async def _without_exchanger(resolver: Resolver, name: dns.name.Name, *, sure: bool) -> MailAnswer | None:
    for kind in (dns.rdatatype.A, dns.rdatatype.AAAA):
        address = await _ask(resolver, name, kind)
        if address.rrset is not None:
            public = any(ipaddress.ip_address(record.address).is_global for record in address.rrset)
            return MailAnswer(Detail.ADDRESS_ONLY) if public else None
        sure = sure and _denied(address.response)
    return MailAnswer(Detail.NO_MAIL_EXCHANGER, sure)


async def _ask(resolver: Resolver, name: dns.name.Name, kind: dns.rdatatype.RdataType) -> dns.resolver.Answer:
    return await resolver.resolve(name, kind, search=False, raise_on_no_answer=False)


def _is_public(name: dns.name.Name) -> bool:
    """Return whether a name may be public; the root and single labels are not."""
    return len(name.labels) > 2 and not any(name.is_subdomain(private) for private in _NOT_PUBLIC)


def _denied(response: Message) -> bool:
    return any(rrset.rdtype == dns.rdatatype.SOA for rrset in response.authority)
