"""Calendars at `/calendar/…`: the feed that a calendar program subscribes to, and the file of one event.

They need no sign-in: the token or the signature in the link is the proof. Requests are limited by address and
by token before the database is asked.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from models.accounts.authentication import find_user
from models.applications.calendar_view import event_file
from models.base.asking import Asking, asking_for
from models.base.database import Connection, connection
from models.base.viewer import ANONYMOUS, Viewer
from models.complaints.calendar_entries import calendar_digest, read_calendar
from models.messages.calendar.feed_tag import FeedTag
from models.messages.calendar_feeds import ReadFeed, find_feed, note_read
from models.process.release import build
from schema.applications.event_links import is_genuine
from schema.graphql.rate_limit import RateLimit, bucket_of
from schema.graphql.services import Services
from schema.http.link_limits import LinkLimits, address_of

FEED, EVENT = "/calendar/{token}.ics", "/calendar/events/{application_id}.ics"
FEED_READS = 60  # of a token: 60, then one per minute
EVENT_READS = 10  # of a link per minute
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_NO_STORE = {**_HEADERS, "Cache-Control": "no-store"}
_CALENDAR = "text/calendar; charset=utf-8"


class Calendars:
    """The two routes."""

    def __init__(self, services: Callable[[], Services]) -> None:
        """Take a function that returns the services, which exist only after startup."""
        self._services = services
        self._feeds = LinkLimits(services, "calendar", RateLimit(1, FEED_READS))
        self._events = LinkLimits(services, "calendar-event", RateLimit(EVENT_READS, EVENT_READS))

    async def feed(self, request: Request) -> Response:
        """Send a feed; 304 if the client has it, 404 without a valid token."""
        token = request.path_params["token"]
        wait = await self._feeds.seconds_to_wait(request, token)
        if wait:
            return _too_many(wait)
        with asking_for(Asking(bucket_of(ANONYMOUS, address_of(request)))):
            conn = connection()
            feed = await find_feed(conn, token)
            if feed is None:
                return _missing()
            await note_read(conn, feed)
            tag, known = self._tag(feed), _known(request.headers.get("if-none-match", ""))
            if known:
                unchanged = await _unchanged(conn, feed.viewer, tag, known)
                if unchanged is not None:
                    return Response(status_code=304, headers=_cached(unchanged))
            settings = self._services().settings
            made = await read_calendar(conn, feed.viewer, origin=settings.origin, domain=settings.mail_domain)
        headers = {**_cached(tag.of(made.digest)), "Content-Type": _CALENDAR}
        return _document(request, made.document, headers)

    async def event(self, request: Request) -> Response:
        """Send the file of an event for a valid link; 404 without one, 410 if it has expired."""
        services = self._services()
        application_id = request.path_params["application_id"]
        expires = request.query_params.get("expires", "")
        reader = request.query_params.get("reader", "")
        given = request.query_params.get("signature", "")
        wait = await self._events.seconds_to_wait(request, given)
        if wait:
            return _too_many(wait)
        if not is_genuine(services.authentication.issuer, application_id, reader, expires, given):
            return _missing()
        if int(expires) <= services.now().timestamp():
            return PlainTextResponse("The link has expired. Request a new one.", 410, headers=_NO_STORE)
        settings = services.settings
        with asking_for(Asking(bucket_of(ANONYMOUS, address_of(request)))):
            viewer = await find_user(connection(), UUID(hex=reader))
            made = viewer and await event_file(
                connection(),
                services.sending,
                viewer,
                UUID(hex=application_id),
                sender=settings.mail_from,
                domain=settings.mail_domain,
            )
        if not made:
            return _missing()
        headers = {
            **_NO_STORE,
            "Content-Type": _CALENDAR,
            "Content-Disposition": 'attachment; filename="event.ics"',
        }
        return _document(request, made, headers)

    def _tag(self, feed: ReadFeed) -> FeedTag:
        """Return what tags of a feed are compared with: its bytes follow from these facts and its entries."""
        settings, viewer = self._services().settings, feed.viewer
        facts = (str(viewer.recipient), viewer.locale, settings.origin, settings.mail_domain, build())
        return FeedTag(facts, feed.version, feed.now)


async def _unchanged(conn: Connection, viewer: Viewer, tag: FeedTag, known: Sequence[str]) -> str | None:
    """Return the tag of the calendar if it is one of these; if possible, without reading any entry."""
    for one in known:
        if tag.is_current(one):
            return one
    digest = await calendar_digest(conn, viewer)
    return tag.of(digest) if any(one == "*" or tag.has(one, digest) for one in known) else None


def _cached(tag: str) -> dict[str, str]:
    return {**_HEADERS, "ETag": tag, "Cache-Control": "private, max-age=300"}


def _document(request: Request, document: bytes, headers: dict[str, str]) -> Response:
    if request.method == "HEAD":
        return Response(headers={**headers, "Content-Length": str(len(document))})
    return Response(document, headers=headers)


def _known(field: str) -> list[str]:
    """Return the tags in If-None-Match (RFC 9110, 13.1.2: weak comparison)."""
    return [one.strip().removeprefix("W/") for one in field.split(",")] if field else []


def _missing() -> Response:
    return PlainTextResponse("Calendar not found.", 404, headers=_NO_STORE)


def _too_many(wait: int) -> Response:
    headers = {**_NO_STORE, "Retry-After": str(wait)}
    return PlainTextResponse(f"Too many requests. Try again in {wait} s.", 429, headers=headers)
