"""What DNS says about a domain's mail, by RFC 5321 section 5.1 and RFC 7505.

A failure, or a denial without its authority, proves nothing, and names known only inside a network are not
queried.
"""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
from dns.message import Message

from models.outside.addresses import is_public as is_public_address
from models.outside.names import is_public_name
from models.outside.resolver import BACKEND, Resolver


class MailState(StrEnum):
    """Whether a domain accepts mail, according to DNS."""

    DOES_NOT_EXIST = "DOES_NOT_EXIST"
    NULL_MX = "NULL_MX"  # the domain declares that it accepts no mail (RFC 7505)
    NO_EXCHANGER = "NO_EXCHANGER"  # neither MX nor an address (RFC 5321, 5.1)
    EXCHANGER = "EXCHANGER"
    ADDRESS_ONLY = "ADDRESS_ONLY"  # no MX, so its address accepts the mail
    RESERVED = "RESERVED"  # a name that is not public, which is not queried


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """What DNS says about a domain's mail; `sure` if it is authoritative.

    RFC 2308, section 2: a denial carries its SOA.
    """

    state: MailState
    sure: bool = True


def domain_of(address: str) -> str | None:
    """Return the domain of an email address in ASCII, None for an address literal or an address without a
    domain.
    """
    domain = address.rpartition("@")[2].strip().rstrip(".").lower()
    if not domain or "@" not in address or domain.startswith("["):
        return None
    return domain


async def ask_mail_exchange(
    resolver: Resolver, domain: str, *, is_public: Callable[[dns.name.Name], bool] = is_public_name
) -> MailAnswer | None:
    """Ask whether a domain accepts mail; None for an invalid or a private domain.

    `is_public` says which names the resolver may be asked about. Raises DNSException for temporary failures.
    """
    try:
        name = dns.name.from_text(domain + ".")
    except (dns.exception.DNSException, UnicodeError):
        return None
    if not is_public(name):
        return MailAnswer(MailState.RESERVED)
    try:
        mx = await _ask(resolver, name, dns.rdatatype.MX)
        if mx.rrset is None:
            return await _without_exchanger(resolver, name, sure=_denied(mx.response))
        exchanges = [record.exchange for record in mx.rrset]
        if exchanges == [dns.name.root]:
            return MailAnswer(MailState.NULL_MX)
        return MailAnswer(MailState.EXCHANGER) if any(map(is_public, exchanges)) else None
    except dns.resolver.NXDOMAIN as error:
        responses: Mapping[dns.name.Name, Message] = error.responses()  # type: ignore[no-untyped-call]
        return MailAnswer(MailState.DOES_NOT_EXIST, sure=all(map(_denied, responses.values())))


async def _without_exchanger(resolver: Resolver, name: dns.name.Name, *, sure: bool) -> MailAnswer | None:
    for kind in (dns.rdatatype.A, dns.rdatatype.AAAA):
        address = await _ask(resolver, name, kind)
        if address.rrset is not None:
            public = any(is_public_address(ipaddress.ip_address(record.address)) for record in address.rrset)
            return MailAnswer(MailState.ADDRESS_ONLY) if public else None
        sure = sure and _denied(address.response)
    return MailAnswer(MailState.NO_EXCHANGER, sure)


async def _ask(resolver: Resolver, name: dns.name.Name, kind: dns.rdatatype.RdataType) -> dns.resolver.Answer:
    return await resolver.resolve(name, kind, search=False, raise_on_no_answer=False, backend=BACKEND)


def _denied(response: Message) -> bool:
    return any(rrset.rdtype == dns.rdatatype.SOA for rrset in response.authority)
