"""Actions of the prospect on an application: review, accept, decline.

`rules` decides what is revealed and which fees are returned; the actions carry it out.
"""

from uuid import UUID

from models.applications.calendar_event import write_event_of
from models.applications.case import Case, lock_cases, save_cases
from models.applications.closed_identity import refuse_identity
from models.applications.deadlines import APPLICATION, open_contact
from models.applications.fee import notify, settle_fee, write_message
from models.applications.refusals import ApplicationRefusal
from models.base.clock import database_now
from models.base.database import Connection, transaction
from models.base.viewer import Viewer
from models.contact_data.checked_text import checked_text
from models.deadlines.settle import settle_due, withdraw
from models.feed.journal import Journal
from models.feed.kinds import MessageTemplate, NotificationKind
from models.leads.reading_order import ANSWERING
from models.process.wake import Wake
from rules import decide
from rules.visibility import VISIBLE, Response, visibility

_LONGEST_MESSAGE = 5_000


async def take_case(conn: Connection, application_id: UUID, viewer: Viewer) -> tuple[Case, Journal]:
    """Lock a case that the viewer may act on, read the clock, and carry out its due deadlines.

    Raises `Refusal` NOT_FOUND if the id does not exist or belongs to somebody else.
    """
    found = await lock_cases(conn, [application_id], ANSWERING)
    case = found[0] if found else None
    theirs = case is not None and (
        viewer.operator
        or (viewer.prospect_id is not None and viewer.prospect_id == case.prospect_id)
        or (viewer.vendor_id is not None and viewer.vendor_id == case.account_id)
    )
    if case is None or not theirs:
        raise ApplicationRefusal.APPLICATION_NOT_FOUND.at("applicationId")
    journal = Journal(await database_now(conn), viewer.user_id)
    await settle_due(conn, APPLICATION, [case], journal)
    return case, journal


async def save_case(conn: Connection, case: Case, journal: Journal) -> None:
    await save_cases(conn, [case])
    await journal.write(conn)


def _require_prospect(case: Case, viewer: Viewer, verb: str) -> None:
    if viewer.prospect_id is None or viewer.prospect_id != case.prospect_id:
        raise ApplicationRefusal.ONLY_THE_PROSPECT.at("applicationId", verb=verb)


async def review(viewer: Viewer, wake: Wake, application_id: UUID) -> None:
    """Record that the prospect opened an application; only the first time counts (S1.10)."""
    async with transaction() as conn:
        case, journal = await take_case(conn, application_id, viewer)
        _require_prospect(case, viewer, "review")
        if case.reviewed_at is None:
            case.reviewed_at, case.changed = journal.now, True
        await save_case(conn, case, journal)
    await wake.send(journal.recipients, journal.due)


async def accept(
    viewer: Viewer, wake: Wake, application_id: UUID, expected_version: int | None = None
) -> None:
    """Accept an application: the contact data is revealed immediately (S1.1, S1.4, S1.7). Idempotent."""
    async with transaction() as conn:
        case, journal = await take_case(conn, application_id, viewer)
        _require_prospect(case, viewer, "accept")
        if case.response is not Response.ACCEPTED:
            _check_version(case, expected_version)
            await _accept(conn, case, journal)
        await save_case(conn, case, journal)
    await wake.send(journal.recipients, journal.due)


def _require_not_ended(case: Case, journal: Journal) -> None:
    if case.ended_at is not None:
        decision = decide(visibility, case.policy, case.visibility_facts(), journal.now)
        raise ApplicationRefusal.APPLICATION_ENDED.at("applicationId", decision=decision)


async def _accept(conn: Connection, case: Case, journal: Journal) -> None:
    _require_not_ended(case, journal)
    if case.response is not Response.NONE:
        decision = decide(visibility, case.policy, case.visibility_facts(), journal.now)
        raise ApplicationRefusal.DECLINE_IS_FINAL.at("applicationId", decision=decision)
    case.accepted_at, case.changed = journal.now, True
    decision = decide(visibility, case.policy, case.visibility_facts(), journal.now)
    if decision.verdict is not VISIBLE:
        raise ApplicationRefusal.ACCEPTANCE_NOT_ALLOWED.at("applicationId", decision=decision)
    await withdraw(conn, APPLICATION, [case.id], journal, "answered")
    if case.revealed_at is None:
        open_contact(case, journal.now, decision, journal)
    else:
        kind = NotificationKind.APPLICATION_ACCEPTED
        notify(journal, case, case.account_id, kind, journal.record(case.id, decision))
    write_event_of(journal, case, MessageTemplate.CALENDAR_UPDATED)


def _check_version(case: Case, expected_version: int | None) -> None:
    if expected_version is not None and expected_version != case.version:
        raise ApplicationRefusal.APPLICATION_CHANGED.at(
            "expectedVersion", version=case.version, expected=expected_version
        )


async def decline(
    viewer: Viewer,
    wake: Wake,
    application_id: UUID,
    expected_version: int | None = None,
    message: str | None = None,
) -> None:
    """Decline, or withdraw an acceptance (S1.3, S1.8, S1.9). Idempotent.

    In time, it closes the contact data permanently; late, it closes nothing that has been revealed.
    """
    if message is not None:
        message = checked_text("message", message, _LONGEST_MESSAGE) or None
    async with transaction() as conn:
        case, journal = await take_case(conn, application_id, viewer)
        _require_prospect(case, viewer, "decline")
        if case.declined_at is None:
            _check_version(case, expected_version)
            await _decline(conn, case, journal, message)
        await save_case(conn, case, journal)
    await wake.send(journal.recipients, journal.due)


async def _decline(conn: Connection, case: Case, journal: Journal, message: str | None) -> None:
    _require_not_ended(case, journal)
    case.declined_at, case.decline_message, case.changed = journal.now, message, True
    await withdraw(conn, APPLICATION, [case.id], journal, "answered")
    decision = decide(visibility, case.policy, case.visibility_facts(), journal.now)
    if message is not None and decision.verdict is not VISIBLE:
        await refuse_identity(conn, case.lead_id, "message", message)
    decision_id = journal.record(case.id, decision)
    declined = notify(journal, case, case.account_id, NotificationKind.APPLICATION_DECLINED, decision_id)
    settle_fee(case, journal)
    write_message(journal, case, MessageTemplate.APPLICATION_DECLINED, declined)
    write_event_of(journal, case, MessageTemplate.CALENDAR_CANCELLED)
