"""A DNS server on this machine; the network is never used."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import dns.asyncresolver
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

SOA = "ns.zone. post.zone. 1 3600 600 86400 300"
Zone = dict[str, dict[str, list[str]]]


class NameServer(asyncio.DatagramProtocol):
    """Answers from `zone`, which maps names to record kinds and values; missing names do not exist.

    `failing` names return SERVFAIL, as do `failing_kinds` of a name; `silent` names get no response, and
    `bare` denials carry no SOA.
    """

    def __init__(self, zone: Zone) -> None:
        self.zone, self.asked = zone, list[tuple[str, str]]()
        self.was_asked = asyncio.Event()
        self.failing, self.silent, self.bare = set[str](), set[str](), set[str]()
        self.failing_kinds = set[tuple[str, str]]()
        self.transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        question = dns.message.from_wire(data)
        name = question.question[0].name
        said, kind = name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.question[0].rdtype)
        self.asked.append((said, kind))
        self.was_asked.set()
        if said in self.silent:
            return
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        if said in self.failing or (said, kind) in self.failing_kinds:
            answer.set_rcode(dns.rcode.SERVFAIL)
            self.transport.sendto(answer.to_wire(), addr)
            return
        if alias := self.zone.get(said, {}).get("CNAME"):
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "CNAME", *alias))
            name = dns.name.from_text(alias[0])
            said = name.to_text(omit_final_dot=True)
        if values := self.zone.get(said, {}).get(kind):
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *values))
        else:
            if said not in self.zone:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            if said not in self.bare:
                answer.authority.append(dns.rrset.from_text(name.parent(), 60, "IN", "SOA", SOA))
        self.transport.sendto(answer.to_wire(), addr)


@asynccontextmanager
async def name_server(zone: Zone) -> AsyncIterator[tuple[NameServer, dns.asyncresolver.Resolver]]:
    """Yield a name server, and a resolver that queries only this server."""
    transport, server = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: NameServer(zone), local_addr=("127.0.0.1", 0)
    )
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = transport.get_extra_info("sockname")[1]
    try:
        yield server, resolver
    finally:
        transport.close()
