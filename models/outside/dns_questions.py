"""Questions to DNS about names that somebody else chose: a few at a time, each within a time limit."""

import asyncio
from collections.abc import Callable

import dns.exception
import dns.name
import dns.rdata
import dns.rdatatype
import dns.resolver
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT

from models.outside.mail_exchange import MailAnswer, MailState, ask_mail_exchange
from models.outside.names import is_example, is_public_name
from models.outside.resolver import BACKEND, Resolver
from models.outside.sources.source import OutsideOutcome
from models.outside.unanswered import Unanswered

AT_ONCE = 16  # questions of a process; each is a socket
SECONDS = 4.0
_MOST_RECORDS = 20
_MOST_CHARS = 4_096  # of one TXT record


def _nothing() -> Resolver | None:
    return None


def _is_of_world(name: dns.name.Name) -> bool:
    return is_example(name.to_text())


class DnsQuestions:
    """Asks the resolver of this machine, and about names under `example` that of the demo world, if any."""

    def __init__(
        self,
        resolver: Resolver | None,
        world: Callable[[], Resolver | None] = _nothing,
        seconds: float = SECONDS,
    ) -> None:
        """Take the resolvers; `seconds` is the limit of a question."""
        self._resolver, self._world, self._seconds = resolver, world, seconds
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def exchangers(self, domain: str) -> list[str]:
        """Return the hosts that accept a domain's mail, the preferred first; `.` is none (RFC 7505).

        Raises Unanswered.
        """
        records = [
            (
                record.preference,
                record.exchange.to_text(omit_final_dot=True).lower(),
            )
            for record in await self._ask(domain, dns.rdatatype.MX)
            if isinstance(record, MX)
        ]
        return [host for _, host in sorted(records)]

    async def mail_exchange(self, domain: str) -> MailAnswer | None:
        """Ask whether a domain accepts mail: see `ask_mail_exchange`.

        None without a resolver, and if DNS fails or does not answer in time, which proves nothing.
        """
        example = is_example(domain)
        resolver = self._world() if example else self._resolver
        if resolver is None:
            return MailAnswer(MailState.RESERVED) if example else None
        is_public = _is_of_world if example else is_public_name
        try:
            async with self._turns, asyncio.timeout(self._seconds):
                return await ask_mail_exchange(resolver, domain, is_public=is_public)
        except (TimeoutError, dns.exception.DNSException, OSError, ValueError):
            return None

    async def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name, each joined and cut. Raises Unanswered."""
        records = await self._ask(name, dns.rdatatype.TXT)
        return [
            b"".join(record.strings)[:_MOST_CHARS].decode("utf-8", errors="replace")
            for record in records
            if isinstance(record, TXT)
        ]

    async def _ask(self, text: str, kind: dns.rdatatype.RdataType) -> list[dns.rdata.Rdata]:
        try:
            name = dns.name.from_text(f"{text}.")
        except (dns.exception.DNSException, UnicodeError):
            raise Unanswered(OutsideOutcome.SKIPPED, "no name") from None
        example = is_example(text)
        resolver = self._world() if example else self._resolver
        if resolver is None or not (example or is_public_name(name)):
            raise Unanswered(OutsideOutcome.UNREACHABLE, "no resolver" if resolver is None else "reserved")
        try:
            async with self._turns:
                answer = await resolver.resolve(
                    name,
                    kind,
                    search=False,
                    raise_on_no_answer=False,
                    lifetime=self._seconds,
                    backend=BACKEND,
                )
        except dns.resolver.NXDOMAIN:
            return []
        except dns.exception.Timeout:
            raise Unanswered(OutsideOutcome.TIMED_OUT, "DNS") from None
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise Unanswered(OutsideOutcome.UNREACHABLE, type(error).__name__) from None
        return list(answer.rrset or ())[:_MOST_RECORDS]
