"""The DNS of the world: one answer to each packet, over UDP."""

import asyncio
from collections.abc import Mapping
from typing import cast

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

Records = Mapping[str, Mapping[str, list[str]]]

_LARGEST = 512  # bytes of a packet, as in every network; what is larger is truncated
_SOA = "ns.nic.example. hostmaster.nic.example. 1 3600 600 86400 300"
_MAIL = {"MX": ["10 mail.nic.example."]}
_PROTECTED = {
    "MX": ["10 mx1.google.com.", "20 mx2.google.com."],
    "TXT": ['"v=spf1 include:_spf.google.com -all"'],
}
RECORDS: Records = {
    "speichenwerk.example": {
        "MX": ["10 mx00.kundenserver.de.", "10 mx01.kundenserver.de."],
        "TXT": ['"v=spf1 include:_spf.kundenserver.de -all"', '"something else"'],
    },
    "_dmarc.speichenwerk.example": {"TXT": ['"v=DMARC1; p=quarantine; rua=mailto:a@speichenwerk.example"']},
    "thirdkettle.example": _PROTECTED,
    "_dmarc.thirdkettle.example": {"TXT": ['"v=DMARC1; p=reject"']},
    "default._bimi.thirdkettle.example": {"TXT": ['"v=BIMI1; l=https://thirdkettle.example/logo.svg"']},
    "_mta-sts.thirdkettle.example": {"TXT": ['"v=STSv1; id=20260101"']},
    "seeufer.example": {"MX": ["10 seeufer-example.mail.protection.outlook.com."]},
    "ninthrow.example": {"MX": ["10 mail.ninthrow.example."]},
    **{
        f"{name}.example": _MAIL
        for name in (
            "halloran",
            "wenninghof",
            "paperlantern",
            "pompe",
            "pennwood",
            "lampenhaus",
            "ebersreuth",
        )
    },
    "granit.example": {"MX": ["10 mx.home.pl."], "TXT": ['"v=spf1 -all"']},
    "ammersbek.example": {"MX": ["0 ."]},  # accepts no mail
    "chain.example": {"CNAME": ["chain1.example."]},
    **{f"chain{at}.example": {"CNAME": [f"chain{at + 1}.example."]} for at in range(1, 9)},
    "chain9.example": _MAIL,
    "large.example": {"MX": ["10 mail.nic.example."], "TXT": [f'"{at:0250}"' for at in range(250)]},
}
FAILING, SILENT = frozenset({"failing.example"}), frozenset({"silent.example"})


class NameServer(asyncio.DatagramProtocol):
    """Answers about the names of the world; others do not exist."""

    def __init__(self, records: Records = RECORDS) -> None:
        """Take the records by name and kind."""
        self._records = records
        self._transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Answer a question; what is none gets no answer."""
        try:
            question = dns.message.from_wire(data)
            asked = question.question[0]
        except (dns.exception.DNSException, IndexError):
            return
        name = asked.name.to_text(omit_final_dot=True).lower()
        if name in SILENT:
            return
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        if name in FAILING:
            answer.set_rcode(dns.rcode.SERVFAIL)
        else:
            self._fill(answer, name, dns.rdatatype.to_text(asked.rdtype))
        try:
            packet = answer.to_wire(max_size=_LARGEST)
        except dns.exception.TooBig:
            answer.flags |= dns.flags.TC
            answer.answer.clear()
            packet = answer.to_wire()
        self._transport.sendto(packet, addr)

    def _fill(self, answer: dns.message.Message, name: str, kind: str) -> None:
        while alias := self._records.get(name, {}).get("CNAME"):
            answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "CNAME", *alias))
            name = alias[0].rstrip(".")
        if values := self._records.get(name, {}).get(kind):
            answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", kind, *values))
            return
        if name not in self._records:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        answer.authority.append(dns.rrset.from_text("nic.example.", 60, "IN", "SOA", _SOA))
