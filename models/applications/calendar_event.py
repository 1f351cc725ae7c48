"""The calendar event of an application: its messages, and what it shows (S1.6).

The vendor's event has the prospect's contact data once the reveal is carried out, and loses it when the
application is declined or the contact data is closed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from asyncpg import Record

from models.applications.case import CASE_COLUMNS, CASE_TABLES, Case, case_of
from models.base.clock import database_now
from models.base.database import Connection, fetch
from models.base.ids import new_id
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
    | {"meeting_url"}
)
_SELECT = f"""SELECT {CASE_COLUMNS}, lead.title, account.name AS vendor, {_CALLED_OFF} AS called_off,
        contact.full_name, contact.organisation, contact.phone, contact.phone_extension, contact.email,
        contact.meeting_url
    FROM {CASE_TABLES}
    JOIN account ON account.id = application.account_id
    LEFT JOIN contact ON contact.lead_id = application.lead_id
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
    """Send the event of a case to both sides."""
    write_event(journal, template, case.id, case.policy_id, case.account_id, case.prospect_id)


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
        write_event(journal, MessageTemplate.CALENDAR_CANCELLED, *row.values())


async def read_copies(conn: Connection, messages: Sequence[MessageHead]) -> Mapping[UUID, EventCopy]:
    """Return the event of each message for its recipient; one that has nothing to show is left out."""
    rows = await fetch(conn, _SELECT, list({message.subject for message in messages}))
    now = await database_now(conn)
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    found: dict[UUID, tuple[Case, EventFacts]] = {}
    for row in rows:
        case = case_of({name: value for name, value in row.items() if name not in _EXTRA}, policies)
        due = opens_at(case.policy, case.received_at)
        if due is None:
            continue
        visible = decide(visibility, case.policy, case.visibility_facts(), now).verdict is VISIBLE
        state = _state(
            case, visible=visible, called_off=row["called_off"], known=row["full_name"] is not None
        )
        found[case.id] = (
            case,
            EventFacts(
                application_id=case.id,
                state=state,
                lead=row["title"],
                vendor=row["vendor"],
                answer_due=due,
                meeting=MeetingTime(case.meeting_at, case.meeting_at + _MEETING) if case.meeting_at else None,
                contact=_contact(row) if state is CalendarState.CONFIRMED else None,
            ),
        )
    return {
        message.id: EventCopy(facts, _audience(case, message.recipient))
        for message in messages
        if message.subject in found
        for case, facts in (found[message.subject],)
    }


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
