"""The event of an application in each of its states, for each side and in each language."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from models.messages.calendar.application_event import (
    Audience,
    EventFacts,
    MeetingTime,
    Recipient,
    RevealedContact,
    event_of,
)
from models.messages.calendar.document import CalendarState, Event, Party, calendar_document
from models.messages.calendar.words import WORDS

AT = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
MEETING = MeetingTime(AT, AT + timedelta(hours=1))
CONTACT = RevealedContact(
    name="Petra Nowak",
    organisation="Kettle GmbH",
    phone="+493012345678",
    phone_extension="42",
    email="petra@kettle.example",
    meeting_url="https://meet.example/kettle",
)
SECRETS = ("Petra", "Kettle", "12345678", "42", "kettle.example", "meet.example")  # parts of it
TENTATIVE = EventFacts(
    application_id=UUID(int=0xBEEF),
    state=CalendarState.TENTATIVE,
    lead="Office kitchen; new, for ten",
    vendor="Demo Agency",
    answer_due=DUE,
)
CONFIRMED = replace(TENTATIVE, state=CalendarState.CONFIRMED, contact=CONTACT)
CANCELLED = replace(TENTATIVE, state=CalendarState.CANCELLED)
STATES = (TENTATIVE, CONFIRMED, CANCELLED)


def recipient(audience: Audience, locale: str = "en-GB", zone: str = "Europe/Berlin") -> Recipient:
    """Somebody who gets the event."""
    return Recipient(
        party=Party("Vera Lindqvist", "vera@demo.example"),
        audience=audience,
        locale=locale,
        zone=ZoneInfo(zone),
        url="https://leadgate.example/applications/beef",
    )


def event(facts: EventFacts, to: Recipient, sequence: int = 0) -> Event:
    """The event that a recipient gets."""
    organizer = Party("Leadgate", "mail@leadgate.example")
    return event_of(
        facts, to, sequence=sequence, stamp=AT, organizer=organizer, domain="mail.leadgate.example"
    )


def document(facts: EventFacts, to: Recipient, sequence: int = 0) -> bytes:
    """The document with that event."""
    return calendar_document(facts.method, [event(facts, to, sequence)])


def every() -> Iterator[tuple[EventFacts, Recipient]]:
    """Every state with and without a meeting, for each side, in each language."""
    for facts in STATES:
        for meeting in (None, MEETING):
            for audience in Audience:
                for language in WORDS:
                    yield replace(facts, meeting=meeting), recipient(audience, language)
