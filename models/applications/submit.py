"""Submission of an application: the bid, the held fee, the pinned policy and the deadlines.

Deadlines follow from the rules, which say when their verdict changes.
"""

from datetime import datetime, timedelta
from uuid import UUID

from tortoise.exceptions import IntegrityError

from models.applications.calendar_event import write_event
from models.applications.deadlines import APPLICATION
from models.applications.refusals import ApplicationRefusal
from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.refusal import Refusal
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.contact_data.checked_text import checked_text
from models.contact_data.searching import find_in
from models.contact_data.stored_spans import write_spans
from models.deadlines.settle import start
from models.feed.journal import EventRow, Journal, MessageRow
from models.feed.kinds import MessageTemplate, NotificationKind
from models.leads.refusals import LeadRefusal
from models.leads.state import LeadState, lock_lead
from models.ledger.movements import hold
from models.policies.versions import policy_in_force
from models.process.wake import Wake

_LONGEST_INTRODUCTION = 5_000
_FARTHEST_MEETING = timedelta(days=366)


def check_meeting_time(at: datetime, now: datetime, field: str) -> None:
    """Refuse a meeting time that is in the past or more than a year ahead."""
    if not now < at <= now + _FARTHEST_MEETING:
        raise ApplicationRefusal.MEETING_TIME_OUT_OF_RANGE.at(field, named=field, now=now)


async def submit(
    viewer: Viewer,
    wake: Wake,
    *,
    lead_id: UUID,
    introduction: str,
    idempotency_key: str,
    meeting_at: datetime | None = None,
) -> UUID:
    """Submit an application for the viewer's account and return its id; received now (readings of S1).

    Raises `Refusal`: FORBIDDEN for a viewer who acts for no vendor, NOT_FOUND, CONFLICT (already applied,
    already held, closed), INSUFFICIENT_POINTS, INVALID, REQUIRED, IDEMPOTENCY_CONFLICT.
    """
    account_id = acting_vendor(viewer, "apply", "leadId")
    text = checked_text(
        "introduction",
        introduction,
        _LONGEST_INTRODUCTION,
        missing="required. Describe who you are and what you offer.",
    )
    spans = await _search(lead_id, text)
    try:
        async with transaction() as conn:
            application_id = new_id()
            earlier = await first_answer(
                conn,
                scope=account_id,
                operation="applicationSubmit",
                key=idempotency_key,
                given={"leadId": str(lead_id), "introduction": introduction, "meetingAt": meeting_at},
                result=application_id,
                now=await database_now(conn),
            )
            if earlier is not None:
                return earlier
            journal = await _submit(
                conn,
                viewer,
                account_id=account_id,
                application_id=application_id,
                lead_id=lead_id,
                introduction=text,
                spans=spans,
                meeting_at=meeting_at,
            )
            await journal.write(conn)
    except IntegrityError as error:
        if "application_once_per_account" in str(error):
            raise _applied_before() from error
        raise
    await wake.send(journal.recipients, journal.due)
    return application_id


async def _search(lead_id: UUID, introduction: str) -> str:
    """Return what contact data the introduction contains, as it is stored; before any lock, because it takes
    long.
    """
    row = await fetch_one(connection(), "SELECT country FROM lead WHERE id = $1", lead_id)
    (spans,) = await find_in([introduction], row["country"] if row else None, None)
    return write_spans(spans)


def _applied_before() -> Refusal:
    return ApplicationRefusal.ALREADY_APPLIED.at("leadId")


async def _open_lead(conn: Connection, lead_id: UUID, account_id: UUID) -> LeadState:
    """Lock a lead; shared with other applicants, exclusive of deliveries, sales and stops."""
    lead = await lock_lead(conn, lead_id, account_id, alone=False)
    if lead is None or lead.erased:
        raise LeadRefusal.LEAD_NOT_FOUND.at("leadId")
    if lead.applied:
        raise _applied_before()
    if lead.do_not_contact and not lead.delivered:  # like an unknown lead: nobody learns whose it was
        raise LeadRefusal.LEAD_NOT_FOUND.at("leadId")
    refusals = (
        (lead.delivered, ApplicationRefusal.ALREADY_HELD),
        (lead.exclusive and lead.on_sale, ApplicationRefusal.EXCLUSIVE_FOR_SALE),
        (lead.exclusive, ApplicationRefusal.EXCLUSIVE_SOLD),
    )
    for refused, reason in refusals:
        if refused:
            raise reason.at("leadId")
    return lead


async def _submit(
    conn: Connection,
    viewer: Viewer,
    *,
    account_id: UUID,
    application_id: UUID,
    lead_id: UUID,
    introduction: str,
    spans: str,
    meeting_at: datetime | None,
) -> Journal:
    lead = await _open_lead(conn, lead_id, account_id)
    now = await database_now(conn)
    if lead.closes_at is not None and lead.closes_at <= now:
        raise ApplicationRefusal.LEAD_CLOSED.at("leadId", closed_at=lead.closes_at)
    if meeting_at is not None:
        check_meeting_time(meeting_at, now, "meetingAt")
    policy_id, policy = await policy_in_force(conn, lead.market_id, now)
    await fetch(
        conn,
        """INSERT INTO application (id, version, lead_id, account_id, policy_id, introduction,
               introduction_spans, fee, hold, submitted_at, received_at, meeting_at, statement, both_joined,
               call_seconds)
           VALUES ($1, 1, $2, $3, $4, $5, $9, $6, 'HELD', $7, $7, $8, 'NONE', false, 0)""",
        application_id,
        lead_id,
        account_id,
        policy_id,
        introduction,
        lead.fee,
        now,
        meeting_at,
        spans,
    )
    journal = Journal(now, viewer.user_id)
    journal.movements.append(hold(account_id, lead.fee, application_id))
    received, submitted = (
        EventRow(recipient, kind, now, application_id, lead_id)
        for recipient, kind in (
            (lead.prospect_id, NotificationKind.APPLICATION_RECEIVED),
            (account_id, NotificationKind.APPLICATION_SUBMITTED),
        )
    )
    journal.events += [received, submitted]
    template = MessageTemplate.APPLICATION_RECEIVED
    key = f"{template}:{application_id}"
    journal.messages.append(
        MessageRow(template, lead.prospect_id, application_id, policy_id, key, now, event_id=received.id)
    )
    write_event(
        journal, MessageTemplate.CALENDAR_CREATED, application_id, policy_id, account_id, lead.prospect_id
    )
    journal.deadlines.extend(start(APPLICATION, application_id, policy, now))
    return journal
