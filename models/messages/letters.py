"""Registry of letters: what each template of an outbox message says, and when it is no longer worth sending.

A domain registers the letters about its subjects, so that nothing here depends on a domain. `models.tables`
imports the domains, so the registry is complete wherever the database is open.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from models.base.database import Connection
from models.feed.journal import Journal
from models.feed.kinds import MessageTemplate
from models.feed.list import notifications_of_messages
from models.feed.wording.notices import NoticeText, notice
from models.messages.calendar.application_event import EventCopy
from models.messages.tables import LinkPurpose


@dataclass(frozen=True, slots=True)
class MessageHead:
    """What a letter is read by: the message, its subject, and the feed event that it tells of."""

    id: UUID
    template: MessageTemplate
    recipient: UUID
    subject: UUID
    event_id: UUID | None


Words = Callable[[str, str], NoticeText]  # locale and time zone of the reader
Reader = Callable[[Connection, Sequence[MessageHead]], Awaitable[Mapping[UUID, Words]]]
Moot = Callable[[Connection, Collection[UUID]], Awaitable[Collection[UUID]]]
Events = Callable[[Connection, Sequence[MessageHead]], Awaitable[Mapping[UUID, EventCopy]]]
Follow = Callable[[Connection, Journal, Collection[UUID]], Awaitable[None]]
LeadsOf = Callable[[Connection, Collection[UUID]], Awaitable[Mapping[UUID, UUID]]]
Ends = Callable[[Connection, Collection[UUID]], Awaitable[Mapping[UUID, datetime]]]


async def words_of_events(conn: Connection, messages: Sequence[MessageHead]) -> Mapping[UUID, Words]:
    """Return the words of messages that tell of an event: a letter says what the notification says."""
    events = {message.id: message.event_id for message in messages if message.event_id is not None}
    views = await notifications_of_messages(conn, list(set(events.values())))
    return {
        message_id: partial(notice, views[event_id])
        for message_id, event_id in events.items()
        if event_id in views
    }


async def _never(_: Connection, __: Collection[UUID]) -> Collection[UUID]:
    return ()


async def _no_leads(_: Connection, __: Collection[UUID]) -> Mapping[UUID, UUID]:
    return {}


async def _no_ends(_: Connection, __: Collection[UUID]) -> Mapping[UUID, datetime]:
    return {}


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter of a template.

    `moot` returns those of these subjects about which there is nothing left to say. `leads` returns the lead
    of each subject, whose contact is written to if the prospect has no user. `read` returns the words of
    each message. `answers`: what the links of the letter do; `life`: how long they work, by default as long
    as the policy says. `events` returns the calendar event of each message, which is attached; what such a
    letter says follows from the event. `ends` returns until when the reader can do what the letter is about,
    of those subjects for which there is an end. `text_only`: it is sent as text messages only, which say all
    of it; others have the title, and a link. `follow` writes what follows from the messages about these
    subjects when they are expanded, so that the transaction that caused them need not wait for it.
    """

    template: MessageTemplate
    moot: Moot = _never
    leads: LeadsOf = _no_leads
    read: Reader = words_of_events
    answers: LinkPurpose | None = None
    life: timedelta | None = None
    events: Events | None = None
    ends: Ends = _no_ends
    text_only: bool = False
    follow: Follow | None = None


LETTERS: dict[str, Letter] = {}


def register(letter: Letter) -> None:
    """Register the letter of a template. Raises `ValueError` for a second one of the same template."""
    if letter.template in LETTERS:
        raise ValueError(f"{letter.template}: this template has a letter already")
    LETTERS[letter.template] = letter
