"""The calendar event of an application: its messages, and what it shows (S1.6).

The vendor's event has the prospect's contact data once the reveal is carried out, and loses it when the
application is declined or the contact data is closed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from asyncpg import Record

from models.applications.case import CASE_COLUMNS, CASE_TABLES, Case, case_of
from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.contact_data.redaction import Redacted
from models.feed.journal import Journal, MessageRow
from models.feed.kinds import MessageTemplate
from models.leads.facts import opens_at
from models.messages.calendar.application_event import (
    Audience,
    EventCopy,
    EventFacts,
    MeetingTime,
    RevealedContact,
)
from models.messages.calendar.document import CalendarState
from models.messages.calendar.revision import Revision
from models.messages.letters import MessageHead
from models.policies.versions import policies_by_id
from rules import decide
from rules.visibility import VISIBLE, visibility

_MEETING = timedelta(hours=1)  # only the start of a meeting is agreed

# The last meeting was cancelled and no other was agreed. A reveal afterwards starts the event again, with the
# contact data.
_CALLED_OFF = """(application.meeting_at IS NULL AND EXISTS (
    SELECT FROM meeting_record AS record
    WHERE record.application_id = application.id AND record.kind = 'CANCELLED'
      AND (application.revealed_at IS NULL OR record.recorded_at >= application.revealed_at)))"""
_EXTRA = frozenset(
    {"title", "vendor", "called_off", "full_name", "organisation", "phone", "phone_extension", "email"}
    | {"meeting_url", "now", "sequence", "fingerprint", "changed_at"}
)
_SELECT = f"""WITH {CLOCK}
    SELECT {CASE_COLUMNS}, lead.title, account.name AS vendor, {_CALLED_OFF} AS called_off,
        contact.full_name, contact.organisation, contact.phone, contact.phone_extension, contact.email,
        contact.meeting_url, {NOW} AS now, event.sequence, event.fingerprint, event.changed_at
    FROM {CASE_TABLES}
    JOIN account ON account.id = application.account_id
    LEFT JOIN contact ON contact.lead_id = application.lead_id
    LEFT JOIN calendar_event AS event ON event.application_id = application.id
    WHERE application.id = ANY($1::uuid[])"""


def write_event(
    journal: Journal,
    template: MessageTemplate,
    application_id: UUID,
    policy_id: UUID,
    account_id: UUID,
    prospect_id: UUID,
) -> None:
    """Send the event as it is now to both sides. What was not sent of an earlier version is replaced."""
    for recipient in (account_id, prospect_id):
        key = f"calendar:{application_id}:{recipient}"
        journal.messages.append(
            MessageRow(
                template,
                recipient,
                application_id,
                policy_id,
                f"{template}:{new_id()}",
                journal.now,
                ordering=key,
                replaces=key,
            )
        )


def write_event_of(journal: Journal, case: Case, template: MessageTemplate) -> None:
    """Send the event of a case to both sides, whose calendars have changed."""
    journal.calendars |= {case.account_id, case.prospect_id}
    write_event(journal, template, case.id, case.policy_id, case.account_id, case.prospect_id)


async def update_after_silence(conn: Connection, journal: Journal, applications: Collection[UUID]) -> None:
    """Update the events of those of these applications whose contact data was revealed without an answer.

    It follows from the message to the vendor, so that a sweep of many deadlines writes nothing more.
    """
    rows = await fetch(
        conn,
        """SELECT application.id, application.policy_id, application.account_id, lead.prospect_id
           FROM application JOIN lead ON lead.id = application.lead_id
           WHERE application.id = ANY($1::uuid[]) AND application.accepted_at IS NULL
           ORDER BY application.id""",
        list(applications),
    )
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    for row in rows:
        if policies[row["policy_id"]].messages.calendar_on_silence:
            write_event(journal, MessageTemplate.CALENDAR_UPDATED, *row.values())


async def cancel_events(conn: Connection, journal: Journal, deliveries: Collection[UUID]) -> None:
    """Cancel the events of applications whose contact data is closed, given their deliveries."""
    rows = await fetch(
        conn,
        """SELECT application.id, application.policy_id, application.account_id, lead.prospect_id
           FROM delivery JOIN application ON application.id = delivery.application_id
           JOIN lead ON lead.id = application.lead_id
           WHERE delivery.id = ANY($1::uuid[]) ORDER BY application.id""",
        list(deliveries),
    )
    for row in rows:
        journal.calendars |= {row["account_id"], row["prospect_id"]}
        write_event(journal, MessageTemplate.CALENDAR_CANCELLED, *row.values())


async def read_copies(conn: Connection, messages: Sequence[MessageHead]) -> Mapping[UUID, EventCopy]:
    """Return the event of each message for its recipient; one that has nothing to show is left out."""
    found = await read_events(conn, {message.subject for message in messages})
    return {
        message.id: EventCopy(event.facts, _audience(event.case, message.recipient))
        for message in messages
        for event in (found.get(message.subject),)
        if event is not None
    }


@dataclass(frozen=True, slots=True, repr=False)
class ReadEvent(Redacted):
    """The event of a case as of `now`, and the version that was sent last, if any, with its time."""

    case: Case
    facts: EventFacts
    now: datetime
    sent: Revision | None
    sent_at: datetime | None


async def read_events(conn: Connection, ids: Collection[UUID]) -> dict[UUID, ReadEvent]:
    """Return the events of those of these applications that have one, in one statement."""
    rows = await fetch(conn, _SELECT, list(ids))
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    found: dict[UUID, ReadEvent] = {}
    for row in rows:
        case = case_of({name: value for name, value in row.items() if name not in _EXTRA}, policies)
        due = opens_at(case.policy, case.received_at)
        if due is None:
            continue
        visible = decide(visibility, case.policy, case.visibility_facts(), row["now"]).verdict is VISIBLE
        state = _state(
            case, visible=visible, called_off=row["called_off"], known=row["full_name"] is not None
        )
        facts = EventFacts(
            application_id=case.id,
            state=state,
            lead=row["title"],
            vendor=row["vendor"],
            answer_due=due,
            meeting=MeetingTime(case.meeting_at, case.meeting_at + _MEETING) if case.meeting_at else None,
            contact=_contact(row) if state is CalendarState.CONFIRMED else None,
        )
        sent = None if row["sequence"] is None else Revision(row["sequence"], row["fingerprint"])
        found[case.id] = ReadEvent(case, facts, row["now"], sent, row["changed_at"])
    return found


def _audience(case: Case, recipient: UUID) -> Audience:
    return Audience.PROSPECT if recipient == case.prospect_id else Audience.VENDOR


def _state(case: Case, *, visible: bool, called_off: bool, known: bool) -> CalendarState:
    """Return the state of the event; `known`: there is contact data.

    Only a reveal that was carried out counts: an answer may come before one that is only due.
    """
    if called_off or case.declined_at is not None or case.ended_at is not None:
        return CalendarState.CANCELLED
    if case.revealed_at is None:
        return CalendarState.TENTATIVE if case.waits else CalendarState.CANCELLED
    return CalendarState.CONFIRMED if visible and known else CalendarState.CANCELLED


def _contact(row: Record) -> RevealedContact:
    return RevealedContact(
        name=row["full_name"],
        organisation=row["organisation"],
        phone=row["phone"],
        phone_extension=row["phone_extension"],
        email=row["email"],
        meeting_url=row["meeting_url"],
    )
