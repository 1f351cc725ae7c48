"""A DNS server and an example business register on this machine; the network is never used."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import parse_qs, urlsplit

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

    `failing` names return SERVFAIL, `silent` names get no response, and `bare` denials carry no SOA.
    """

    def __init__(self, zone: Zone) -> None:
        self.zone, self.asked = zone, list[tuple[str, str]]()
        self.was_asked = asyncio.Event()
        self.failing, self.silent, self.bare = set[str](), set[str](), set[str]()
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
        if said in self.failing:
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


Answer = tuple[int, dict[str, str], bytes]


def as_json(value: object, status: int = 200) -> Answer:
    """Return a response in the register's format."""
    return status, {"Content-Type": "application/json"}, json.dumps(value).encode()


@dataclass
class RegisterServer:
    """An example register: `answer` returns status, headers and body for the requested number."""

    answer: Callable[[str], Answer] = lambda _: as_json({"status": "ACTIVE"})
    seconds: float = 0.0
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""
    at_once: int = 0
    most_at_once: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one request and close."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            query = {name: values[0] for name, values in parse_qs(urlsplit(head.split()[1]).query).items()}
            self.asked.append(query)
            await asyncio.sleep(self.seconds)
            status, headers, body = self.answer(query["number"])
            lines = [f"HTTP/1.1 {status} said", "Connection: close", f"Content-Length: {len(body)}"]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client may have disconnected
        finally:
            self.at_once -= 1
            writer.close()


@asynccontextmanager
async def register_server() -> AsyncIterator[RegisterServer]:
    """Yield an example register that listens on this machine."""
    register = RegisterServer()
    server = await asyncio.start_server(register.serve, "127.0.0.1", 0)
    register.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/status?tenant=leadgate"
    try:
        yield register
    finally:
        server.close()
