"""The event of an application, as its vendor and its prospect see it (S1.6).

There is one event per application for ever, with one UID. Contact data is in it only for the vendor, and only
while the contact is revealed.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from models.contact_data.redaction import Redacted
from models.feed.wording.language import language_for, zone_for
from models.feed.wording.notices import NoticeText
from models.messages.calendar.document import CalendarState, Event, Method, Party
from models.messages.calendar.words import WORDS, CalendarWords

_DAY = timedelta(days=1)


class Audience(StrEnum):
    """Who receives the event."""

    VENDOR = "VENDOR"
    PROSPECT = "PROSPECT"


@dataclass(frozen=True, slots=True, repr=False)
class RevealedContact(Redacted):
    """What the vendor's event says about the prospect."""

    name: str
    organisation: str | None = None
    phone: str | None = None
    phone_extension: str | None = None
    email: str | None = None
    meeting_url: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """When the two sides meet, or one of them proposed to."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, repr=False)
class EventFacts(Redacted):
    """What an event shows. TENTATIVE: no answer yet. CONFIRMED: the contact is revealed. CANCELLED: declined,
    cancelled, ended or closed.

    Without a meeting, the event is a note on the day on which the answer is due.
    """

    application_id: UUID
    state: CalendarState
    lead: str
    vendor: str
    answer_due: datetime
    meeting: MeetingTime | None = None
    contact: RevealedContact | None = None

    def __post_init__(self) -> None:
        """Refuse contact data in an event that is not confirmed, and a confirmed event without any."""
        if (self.contact is not None) is not (self.state is CalendarState.CONFIRMED):
            raise ValueError("an event has contact data if and only if it is confirmed")

    @property
    def method(self) -> Method:
        """The method of the document with this event."""
        return Method.CANCEL if self.state is CalendarState.CANCELLED else Method.REQUEST


@dataclass(frozen=True, slots=True, repr=False)
class EventCopy(Redacted):
    """The event of an application for one of its sides."""

    facts: EventFacts
    audience: Audience


@dataclass(frozen=True, slots=True, repr=False)
class Invitation(Redacted):
    """A version of an event for one side; `stamp` is the instant at which the version was first composed."""

    event: EventCopy
    sequence: int
    stamp: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Recipient(Redacted):
    """Who one copy is for. A copy has one attendee, so that colleagues do not see each other's addresses."""

    party: Party
    audience: Audience
    locale: str
    zone: ZoneInfo
    url: str  # of the application, in the recipient's view


def event_of(
    facts: EventFacts,
    recipient: Recipient,
    *,
    sequence: int,
    stamp: datetime,
    organizer: Party,
    domain: str,
) -> Event:
    """Return the event in the recipient's language.

    `stamp` is the instant at which this version was first composed, so that a repeat is the same bytes;
    `domain` is that of the marketplace's mail.
    """
    words = WORDS[language_for(recipient.locale).catalog.language]
    starts, ends = times_of(facts, recipient.zone)
    contact = facts.contact if recipient.audience is Audience.VENDOR else None
    return Event(
        uid=f"application-{facts.application_id}@{domain}",
        sequence=sequence,
        stamp=stamp,
        state=facts.state,
        starts=starts,
        ends=ends,
        free=facts.meeting is None,
        summary=_summary(facts, recipient.audience, words),
        description="\n".join([*_description(facts, recipient, words), "", recipient.url]),
        url=recipient.url,
        location=(contact.meeting_url or "") if contact else "",
        organizer=organizer,
        attendee=recipient.party,
    )


def letter_of(event: EventCopy, locale: str, time_zone: str) -> NoticeText:
    """Return what the letter around an event says, in the recipient's language.

    It contains no contact data, unlike the event: subjects and texts of letters are read in more places.
    """
    facts = event.facts
    recipient = Recipient(Party("", ""), event.audience, locale, zone_for(time_zone), "")
    words = WORDS[language_for(locale).catalog.language]
    if facts.state is CalendarState.CONFIRMED and event.audience is Audience.VENDOR:
        text = words.attached_text
    else:
        (text,) = _description(facts, recipient, words)
    title = words.cancelled if facts.state is CalendarState.CANCELLED else words.letter
    return NoticeText(title.format(lead=facts.lead), text)


def times_of(facts: EventFacts, zone: ZoneInfo) -> tuple[datetime, datetime] | tuple[date, date]:
    """Return when an event starts and ends: two instants, or two days for a note on the reader's day."""
    if facts.meeting:
        return facts.meeting.starts, facts.meeting.ends
    on = facts.answer_due.astimezone(zone).date()
    return on, on + _DAY


def _summary(facts: EventFacts, audience: Audience, words: CalendarWords) -> str:
    of_vendor = audience is Audience.VENDOR
    if facts.state is CalendarState.CANCELLED:
        title = words.cancelled
    elif facts.state is CalendarState.TENTATIVE:
        with_meeting = words.proposed_to_prospect if of_vendor else words.proposed_by_vendor
        title = with_meeting if facts.meeting else words.answer_due if of_vendor else words.answer
    elif facts.meeting:
        title = words.meeting
    else:
        title = words.contact if of_vendor else words.revealed
    other = facts.vendor
    if of_vendor and facts.contact:
        other = facts.contact.organisation or facts.contact.name
    return title.format(lead=facts.lead, other=other)


def _description(facts: EventFacts, recipient: Recipient, words: CalendarWords) -> list[str]:
    of_vendor = recipient.audience is Audience.VENDOR
    if facts.state is CalendarState.CANCELLED:
        return [words.cancelled_text]
    if facts.state is CalendarState.TENTATIVE:
        language = language_for(recipient.locale)
        sentence = words.waiting_text if of_vendor else words.answer_text
        due = language.moment(facts.answer_due, recipient.zone, start=of_vendor)
        return [sentence.format(due=due, vendor=facts.vendor)]
    if not of_vendor or facts.contact is None:
        return [words.revealed_text.format(vendor=facts.vendor)]
    contact = facts.contact
    phone = contact.phone
    if phone and contact.phone_extension:
        phone = words.extension.format(phone=phone, extension=contact.phone_extension)
    labelled = (
        (words.name, contact.name),
        (words.organisation, contact.organisation),
        (words.phone, phone),
        (words.email, contact.email),
        (words.link, contact.meeting_url),
    )
    return [f"{label}: {value}" for label, value in labelled if value]
