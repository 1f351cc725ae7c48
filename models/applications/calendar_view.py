"""The calendar event of an application in the API, and its file to download.

It is the version that was sent last, or the next one if what it shows has changed since. Operators see the
prospect's copy, which never has contact data.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from models.applications.calendar_event import read_events
from models.applications.case import Case
from models.base.database import Connection
from models.base.viewer import Viewer
from models.feed.wording.language import zone_for
from models.messages.calendar.application_event import (
    Audience,
    EventCopy,
    Invitation,
    Recipient,
    event_of,
    times_of,
)
from models.messages.calendar.document import CalendarState, Method, Party, calendar_document
from models.messages.calendar.revision import revise
from models.messages.events import fingerprint_key
from models.messages.sending_context import SendingContext


@dataclass(frozen=True, slots=True)
class CalendarEventView:
    """An event without what it says; the end is exclusive. Whole days are those of the viewer's time zone."""

    application_id: UUID
    state: CalendarState
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    sequence: int


async def calendar_events(
    conn: Connection, context: SendingContext, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, CalendarEventView]:
    """Return the events of those of these applications that the viewer may see and that have one."""
    zone = zone_for(viewer.time_zone)
    found = {}
    for application_id, version in (await _versions(conn, context, viewer, ids)).items():
        facts = version.event.facts
        starts, ends = times_of(facts, zone)
        found[application_id] = CalendarEventView(
            application_id,
            facts.state,
            _instant(starts, zone),
            _instant(ends, zone),
            facts.meeting is None,
            version.sequence,
        )
    return found


async def event_file(
    conn: Connection,
    context: SendingContext,
    viewer: Viewer,
    application_id: UUID,
    *,
    sender: str,
    domain: str,
) -> bytes | None:
    """Return the event as a document to import, in the viewer's language; None if there is none for them.

    `sender` is the address that emails come from, `domain` that of their ids.
    """
    version = (await _versions(conn, context, viewer, [application_id])).get(application_id)
    if version is None:
        return None
    recipient = Recipient(
        party=Party("", ""),
        audience=version.event.audience,
        locale=viewer.locale,
        zone=zone_for(viewer.time_zone),
        url=context.origin,
    )
    event = event_of(
        version.event.facts,
        recipient,
        sequence=version.sequence,
        stamp=version.stamp,
        organizer=Party("Leadgate", sender),
        domain=domain,
    )
    return calendar_document(Method.PUBLISH, [replace(event, attendee=None)])


async def _versions(
    conn: Connection, context: SendingContext, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, Invitation]:
    """Return the viewer's copies, in one statement."""
    key = fingerprint_key(context)
    versions: dict[UUID, Invitation] = {}
    for application_id, event in (await read_events(conn, ids)).items():
        audience, version = _audience(event.case, viewer), revise(event.sent, event.facts, key)
        if audience is None or version is None:  # nobody received what was cancelled
            continue
        stamp = event.sent_at if event.sent_at is not None and version == event.sent else event.now
        versions[application_id] = Invitation(EventCopy(event.facts, audience), version.sequence, stamp)
    return versions


def _audience(case: Case, viewer: Viewer) -> Audience | None:
    """Return whose copy a viewer sees, None for a stranger."""
    if viewer.vendor_id is not None and viewer.vendor_id == case.account_id:
        return Audience.VENDOR
    if viewer.operator or (viewer.prospect_id is not None and viewer.prospect_id == case.prospect_id):
        return Audience.PROSPECT
    return None


def _instant(at: datetime | date, zone: ZoneInfo) -> datetime:
    return at if isinstance(at, datetime) else datetime.combine(at, time(), zone)
