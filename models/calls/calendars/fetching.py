"""Fetching a calendar: at most 5 MB in ten seconds, with three redirects, each checked like the address."""

import asyncio
from dataclasses import dataclass

import httpx

from models.calls.calendars.reading import MOST_BYTES, CalendarProblem, CalendarUnread
from models.outside.guard import Guard
from models.outside.refused import AddressRefused, AnswerEncoded, AnswerTooLarge
from models.outside.resolver import system_resolver
from models.outside.transport import Bounds, OutsideTransport, outside_client
from settings import Settings

SECONDS = 10.0
MOST_REDIRECTS = 3
BOUNDS = Bounds(connect_seconds=4.0, step_seconds=8.0, seconds=SECONDS, most_bytes=MOST_BYTES)
USER_AGENT = "Leadgate-Calendars/1"
_ACCEPT = "text/calendar,application/octet-stream;q=0.5,text/plain;q=0.5"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server wants to be asked with next time."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """The content of a calendar."""

    content: bytes
    validators: Validators


def outside_of_calendars(settings: Settings) -> OutsideTransport:
    """Return the transport: public addresses, and the hosts that the settings allow."""
    guard = Guard(system_resolver(), private=settings.private_calendar_hosts)
    return OutsideTransport(guard, BOUNDS, for_sites=True)


class CalendarClient:
    """Requests calendars through the guarded transport."""

    def __init__(self, transport: OutsideTransport) -> None:
        """Take the transport; nothing is connected yet."""
        self._client = outside_client(transport, user_agent=USER_AGENT)

    async def fetch(self, url: str, known: Validators) -> Fetched | None:
        """Return a calendar, None if it has not changed. Raises CalendarUnread."""
        return await _fetch(self._client, url, known)

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()


async def _fetch(client: httpx.AsyncClient, url: str, known: Validators) -> Fetched | None:
    try:
        async with asyncio.timeout(SECONDS):
            return await _follow(client, httpx.URL(url), known)
    except (TimeoutError, httpx.TimeoutException):
        raise CalendarUnread(CalendarProblem.TOO_SLOW) from None
    except (AddressRefused, httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
        raise CalendarUnread(CalendarProblem.ADDRESS) from None
    except AnswerTooLarge:
        raise CalendarUnread(CalendarProblem.TOO_LARGE) from None
    except AnswerEncoded:
        raise CalendarUnread(CalendarProblem.COMPRESSED) from None
    except httpx.HTTPError:
        raise CalendarUnread(CalendarProblem.UNREACHABLE) from None


async def _follow(client: httpx.AsyncClient, url: httpx.URL, known: Validators) -> Fetched | None:
    headers = {"Accept": _ACCEPT}
    if known.etag is not None:
        headers["If-None-Match"] = known.etag
    if known.last_modified is not None:
        headers["If-Modified-Since"] = known.last_modified
    for _ in range(MOST_REDIRECTS + 1):
        async with client.stream("GET", url, headers=headers, follow_redirects=False) as response:
            if response.status_code in _REDIRECTS and "Location" in response.headers:
                url = url.join(response.headers["Location"])
                continue
            if response.status_code == httpx.codes.NOT_MODIFIED and known != Validators():
                return None
            _check(response)
            content = b"".join([part async for part in response.aiter_raw()])
            return Fetched(content, _validators(response))
    raise CalendarUnread(CalendarProblem.REDIRECTS)


def _check(response: httpx.Response) -> None:
    status = response.status_code
    if status == httpx.codes.OK:
        if response.headers.get("Content-Type", "").partition(";")[0].strip().lower() in _PAGES:
            raise CalendarUnread(CalendarProblem.NOT_A_CALENDAR)
        return
    if status in {httpx.codes.NOT_FOUND, httpx.codes.GONE}:
        raise CalendarUnread(CalendarProblem.NOT_FOUND)
    if response.is_server_error or status == httpx.codes.TOO_MANY_REQUESTS:
        raise CalendarUnread(CalendarProblem.UNREACHABLE)
    raise CalendarUnread(CalendarProblem.REFUSED)


def _validators(response: httpx.Response) -> Validators:
    """Return the validators of an answer; those that are longer than any program's are not kept."""
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    return Validators(
        etag if etag and len(etag) <= 500 and etag.isprintable() else None,
        modified if modified and len(modified) <= 100 and modified.isprintable() else None,
    )
