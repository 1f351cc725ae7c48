"""iCalendar documents of events: invitations, cancellations and published calendars (RFC 5545, 5546, 7986).

Times are in UTC and there is no VTIMEZONE: no event recurs, and some readers misread time zones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.contact_data.redaction import Redacted
from models.messages.calendar.lines import content_line, day, instant, mail_address, text, uri

_PRODUCT = "-//Leadgate//Leadgate//EN"
_BEGIN = [
    content_line("BEGIN", "VCALENDAR"),
    content_line("VERSION", "2.0"),
    content_line("PRODID", _PRODUCT),
]
_END = content_line("END", "VCALENDAR")
_BEGIN_EVENT, _END_EVENT = content_line("BEGIN", "VEVENT"), content_line("END", "VEVENT")
_ANSWER = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}


class Method(StrEnum):
    """What a document asks of its reader (RFC 5546, section 1.4); also the MIME parameter of its part."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


class CalendarState(StrEnum):
    """The state of an event: the property STATUS."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, repr=False)
class Party(Redacted):
    """The organiser or the attendee: a name and an email address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, repr=False)
class Event(Redacted):
    """One event. `starts` and `ends` are two instants, or two dates for whole days; the end is exclusive.

    `stamp` is the instant of this version. An event that does not block time is `free`.
    """

    uid: str
    sequence: int
    stamp: datetime
    state: CalendarState
    starts: datetime | date
    ends: datetime | date
    summary: str
    description: str = ""
    url: str = ""
    location: str = ""
    free: bool = False
    organizer: Party | None = None
    attendee: Party | None = None

    def __post_init__(self) -> None:
        """Refuse a mixture of instants and dates, and an end that is not after the start."""
        if self.all_day is isinstance(self.ends, datetime):
            raise ValueError("an event starts and ends with instants, or with dates")
        if self.ends <= self.starts:
            raise ValueError("an event ends after it starts")

    @property
    def all_day(self) -> bool:
        """Whether the event has dates instead of instants."""
        return not isinstance(self.starts, datetime)


def calendar_document(
    method: Method, events: Iterable[Event], *, name: str = "", refresh_minutes: int | None = None
) -> bytes:
    """Return a document in UTF-8 with CRLF; a published calendar has a name and a refresh interval."""
    lines = [*_BEGIN, content_line("METHOD", method)]
    if name:
        # The second name is older than the standard's, and more readers know it.
        lines += [content_line(key, text(name)) for key in ("NAME", "X-WR-CALNAME")]
    if refresh_minutes is not None:
        interval = f"PT{refresh_minutes}M"
        lines += [
            content_line("REFRESH-INTERVAL", interval, {"VALUE": "DURATION"}),
            content_line("X-PUBLISHED-TTL", interval),
        ]
    for event in events:
        lines += _event(event)
    lines.append(_END)
    return b"".join(lines)


def _event(event: Event) -> list[bytes]:
    lines = [
        _BEGIN_EVENT,
        content_line("UID", text(event.uid)),
        content_line("SEQUENCE", str(event.sequence)),
        content_line("DTSTAMP", instant(event.stamp)),
        _time("DTSTART", event.starts),
        _time("DTEND", event.ends),
        content_line("STATUS", event.state),
        content_line("TRANSP", "TRANSPARENT" if event.free else "OPAQUE"),
        content_line("SUMMARY", text(_one_line(event.summary))),
    ]
    if event.description:
        lines.append(content_line("DESCRIPTION", text(event.description)))
    if event.location:
        lines.append(content_line("LOCATION", text(_one_line(event.location))))
    if event.url:
        lines.append(content_line("URL", uri(event.url)))
    if event.organizer:
        lines.append(_party("ORGANIZER", event.organizer, {}))
    if event.attendee:
        lines.append(_party("ATTENDEE", event.attendee, _ANSWER))
    lines.append(_END_EVENT)
    return lines


def _time(name: str, at: datetime | date) -> bytes:
    if isinstance(at, datetime):
        return content_line(name, instant(at))
    return content_line(name, day(at), {"VALUE": "DATE"})


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _party(name: str, party: Party, parameters: dict[str, str]) -> bytes:
    if party.name:
        parameters = {"CN": party.name, **parameters}
    return content_line(name, mail_address(party.address), parameters)
