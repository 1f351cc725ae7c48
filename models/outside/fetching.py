"""Fetching one document from outside: its size and time, its redirects, and turns of its host."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from email.message import Message
from enum import Enum, auto

import httpx

from models.contact_data.redaction import Redacted
from models.outside.host_turns import HostBusy, HostTurns
from models.outside.names import registrable_domain
from models.outside.sources.source import OutsideOutcome
from models.outside.unanswered import Unanswered, unanswered

MOST_REDIRECTS = 3
_MOST_PATIENCE = 4  # documents that a host's turn may take, in their longest time
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_SECONDS = re.compile(r"[0-9]{1,6}")
_MOST_KIND = 200  # characters of a Content-Type: its reader takes the square of its length


class Follow(Enum):
    """Which redirects are followed; each is checked anew, and none to an address without TLS."""

    NONE = auto()
    WITHIN_DOMAIN = auto()  # within one registrable domain
    ANYWHERE = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of document: `most_bytes` is its limit, at which it is refused, or `cut` and used.

    `last`: what others want of its host is requested first.
    """

    accept: str
    most_bytes: int
    follow: Follow = Follow.NONE
    cut: bool = False
    last: bool = False


PAGE = Wanted("text/html,application/xhtml+xml;q=0.9", 1 << 20, Follow.WITHIN_DOMAIN)
JSON = Wanted("application/json", 64 << 10)
IMAGE = Wanted("image/png,image/webp,image/jpeg,image/gif,image/x-icon", 256 << 10, Follow.WITHIN_DOMAIN)


@dataclass(frozen=True, slots=True, repr=False)
class Document(Redacted):
    """An answer with the status 200; `url` is where it was, after redirects."""

    url: httpx.URL
    body: bytes
    media_type: str = ""
    charset: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Posted(Redacted):
    """A JSON document that is posted instead of getting one."""

    content: bytes


@dataclass(slots=True)
class Fetcher:
    """Fetches documents with the client of `transport.outside_client`.

    `seconds` is the limit of a document with all its redirects, from when its host's turn has come.
    """

    client: httpx.AsyncClient
    turns: HostTurns
    seconds: float = 8.0

    async def fetch(
        self,
        url: str | httpx.URL,
        wanted: Wanted,
        *,
        headers: Mapping[str, str] | None = None,
        posted: Posted | None = None,
        check: Callable[[httpx.URL], Awaitable[None]] | None = None,
    ) -> Document:
        """Return one document. Raises Unanswered, with NOTHING for a status 204, 404 or 410.

        `check` is asked about each address with TLS before it is requested, and raises Unanswered. An address
        without TLS is only followed to where it leads.
        """
        with unanswered():
            asked = httpx.URL(url)
            if headers or posted:  # a key or what is asked about goes to nobody else
                wanted = replace(wanted, follow=Follow.NONE)
            spent = 0.0
            for _ in range(MOST_REDIRECTS + 1):
                if check is not None and asked.scheme == "https":
                    await check(asked)
                answer, spent = await self._hop(asked, wanted, headers or {}, posted, spent)
                if isinstance(answer, Document):
                    return answer
                asked = _checked_hop(asked, answer, wanted.follow)
        raise Unanswered(OutsideOutcome.NOTHING, "too many redirects")

    async def _hop(
        self, url: httpx.URL, wanted: Wanted, headers: Mapping[str, str], posted: Posted | None, spent: float
    ) -> tuple[Document | httpx.URL, float]:
        """Return a document or where it is, and the seconds that this document has taken."""
        loop = asyncio.get_running_loop()
        try:
            async with self.turns.of(url.host, _MOST_PATIENCE * self.seconds, last=wanted.last):
                begun = loop.time()
                async with asyncio.timeout(max(self.seconds - spent, 0.0)):
                    answer = await self._request(url, wanted, headers, posted)
                return answer, spent + loop.time() - begun
        except HostBusy:
            raise Unanswered(OutsideOutcome.BUSY, "host") from None

    async def _request(
        self, url: httpx.URL, wanted: Wanted, headers: Mapping[str, str], posted: Posted | None
    ) -> Document | httpx.URL:
        sent = {"Accept": wanted.accept, **headers}
        if posted is not None:
            sent["Content-Type"] = "application/json"
        request = self.client.build_request(
            "GET" if posted is None else "POST",
            url,
            headers=sent,
            content=None if posted is None else posted.content,
        )
        response = await self.client.send(request, stream=True, follow_redirects=False)
        try:
            if response.status_code in _REDIRECTS and "Location" in response.headers:
                return url.join(response.headers["Location"])
            self._check_status(url.host, response)
            if url.scheme != "https":
                raise Unanswered(OutsideOutcome.NOTHING, "without TLS")
            kind = Message()
            kind["Content-Type"] = response.headers.get("Content-Type", "")[:_MOST_KIND]
            body = await _read(response, wanted)
            return Document(url, body, kind.get_content_type(), kind.get_content_charset())
        finally:
            await response.aclose()

    def _check_status(self, host: str, response: httpx.Response) -> None:
        """Raise Unanswered unless the status is 200."""
        status = response.status_code
        if status == httpx.codes.OK:
            return
        after = response.headers.get("Retry-After", "")
        if status in _BUSY and _SECONDS.fullmatch(after):
            self.turns.leave_alone(host, float(after))
        if status in {httpx.codes.NO_CONTENT, httpx.codes.NOT_FOUND, httpx.codes.GONE}:
            outcome = OutsideOutcome.NOTHING
        elif status == httpx.codes.TOO_MANY_REQUESTS:
            outcome = OutsideOutcome.BUSY
        elif response.is_server_error:
            outcome = OutsideOutcome.UNREACHABLE
        else:
            outcome = OutsideOutcome.BAD_ANSWER
        raise Unanswered(outcome, f"status {status}")


async def _read(response: httpx.Response, wanted: Wanted) -> bytes:
    body = bytearray()
    async for part in response.aiter_raw():
        body += part
        if len(body) > wanted.most_bytes:
            if wanted.cut:
                break
            raise Unanswered(OutsideOutcome.TOO_LARGE, "bytes")
    return bytes(body[: wanted.most_bytes])


def _checked_hop(before: httpx.URL, after: httpx.URL, follow: Follow) -> httpx.URL:
    """Return where a redirect leads if it is followed. Raises Unanswered."""
    if after.scheme != "https":
        raise Unanswered(OutsideOutcome.NOTHING, "redirect without TLS")
    here, there = (registrable_domain(url.host) for url in (before, after))
    # A host without a registrable domain is refused by the guard, which counts it.
    if follow is Follow.NONE or (follow is Follow.WITHIN_DOMAIN and there is not None and here != there):
        raise Unanswered(OutsideOutcome.NOTHING, "redirect to another site")
    return after
