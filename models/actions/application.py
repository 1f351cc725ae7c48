"""Owns what happens to an application: submitted, reviewed, accepted, declined.

It must not say when something opens or what comes back: `rules` decides, this carries it out.
"""

from uuid import UUID

from models.actions.transitions import open_contact, reminder_key, settle
from models.application import Hold
from models.case import Case, lock_cases, pending_deadlines, save_cases
from models.clock import database_now
from models.closed_identity import refuse_identity
from models.contact_data.text import InvalidText, clean_block
from models.database import Connection, fetch, transaction
from models.feed import NotificationKind
from models.journal import EventRow, Journal, MessageRow
from models.movement import capture, refund, release
from models.outbox import OutboxKind
from models.reading_order import ANSWERING
from models.refusal import Refusal, RefusalCode, not_found
from models.viewer import Viewer
from models.wake import Wake
from rules import DISAGREEMENT, decide
from rules.refund import Refund
from rules.refund import refund as refund_rules
from rules.visibility import VISIBLE, Response, visibility

_LONGEST_MESSAGE = 5_000


async def take_case(conn: Connection, application_id: UUID, viewer: Viewer) -> tuple[Case, Journal]:
    """Lock a case that is the viewer's to act on, read the clock, and settle what is due on it.

    Raises `Refusal` NOT_FOUND for an id that does not exist or is another's.
    """
    found = await lock_cases(conn, [application_id], ANSWERING)
    case = found[0] if found else None
    theirs = case is not None and (
        viewer.operator
        or (viewer.prospect_id is not None and viewer.prospect_id == case.prospect_id)
        or (viewer.vendor_id is not None and viewer.vendor_id == case.account_id)
    )
    if case is None or not theirs:
        raise not_found("applicationId", "application")
    journal = Journal(await database_now(conn), viewer.user_id)
    settle([case], await pending_deadlines(conn, [case.id]), journal)
    return case, journal


async def save_case(conn: Connection, case: Case, journal: Journal) -> None:
    await save_cases(conn, [case])
    await journal.write(conn)


async def _answered(conn: Connection, case: Case, journal: Journal) -> None:
    """An answer leaves nothing to wait for: what is not due yet is done with, an unsent reminder is moot."""
    settled = {deadline_id for deadline_id, _ in journal.done}
    for deadline in (await pending_deadlines(conn, [case.id])).get(case.id, []):
        if deadline.id not in settled:
            journal.done.append((deadline.id, "answered"))
    reminder = reminder_key(case.id)
    journal.messages = [message for message in journal.messages if message.idempotency_key != reminder]
    await fetch(  # one that is being sent right now is not waited for
        conn,
        """UPDATE outbox_message SET expires_at = $2
           WHERE id = (SELECT id FROM outbox_message WHERE idempotency_key = $1 AND state = 'PENDING'
                       FOR NO KEY UPDATE SKIP LOCKED)""",
        reminder,
        journal.now,
    )


def _require_prospect(case: Case, viewer: Viewer, deed: str) -> None:
    if viewer.prospect_id is None or viewer.prospect_id != case.prospect_id:
        raise Refusal(
            RefusalCode.FORBIDDEN, ("applicationId",), f"Only the prospect can {deed} an application."
        )


async def review(viewer: Viewer, wake: Wake, application_id: UUID) -> None:
    """Note that the prospect opened an application; the first time counts (S1.10)."""
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
    """Accept an application: the contact data opens at once (S1.1, S1.4, S1.7); twice is once."""
    async with transaction() as conn:
        case, journal = await take_case(conn, application_id, viewer)
        _require_prospect(case, viewer, "accept")
        if case.response is not Response.ACCEPTED:
            _check_version(case, expected_version)
            await _accept(conn, case, journal)
        await save_case(conn, case, journal)
    await wake.send(journal.recipients, journal.due)


async def _accept(conn: Connection, case: Case, journal: Journal) -> None:
    if case.response is not Response.NONE:
        raise Refusal(
            RefusalCode.REFUSED_BY_RULE,
            ("applicationId",),
            "You have declined this application, and a decline is final.",
            decide(visibility, case.policy, case.visibility_facts(), journal.now),
        )
    case.accepted_at, case.changed = journal.now, True
    decision = decide(visibility, case.policy, case.visibility_facts(), journal.now)
    if decision.verdict is not VISIBLE:
        raise Refusal(
            RefusalCode.REFUSED_BY_RULE,
            ("applicationId",),
            f"This application cannot be accepted now. {decision.reason}",
            decision,
        )
    await _answered(conn, case, journal)
    if case.revealed_at is None:
        open_contact(case, journal.now, decision, journal)
    else:
        kind = NotificationKind.APPLICATION_ACCEPTED
        tell(journal, case, case.account_id, kind, journal.record(case.id, decision))
    _message(journal, case, OutboxKind.CALENDAR, "calendar_updated")


def _message(journal: Journal, case: Case, kind: OutboxKind, template: str) -> None:
    key = f"{template}:{case.id}"
    journal.messages.append(MessageRow(kind, template, case.account_id, case.id, key, journal.now))


def _check_version(case: Case, expected_version: int | None) -> None:
    if expected_version is not None and expected_version != case.version:
        raise Refusal(
            RefusalCode.STALE_VERSION,
            ("expectedVersion",),
            f"The application is at version {case.version}, not {expected_version}: read it again, "
            "then decide.",
        )


def tell(
    journal: Journal, case: Case, recipient: UUID, kind: NotificationKind, decision_id: UUID | None = None
) -> None:
    """Add an event about a case to a recipient's feed."""
    journal.events.append(
        EventRow(recipient, kind, journal.now, case.id, case.lead_id, decision_id=decision_id)
    )


def settle_fee(case: Case, journal: Journal) -> None:
    """Let S1.9 decide about the fee of a declined application: released, captured, or paid back, once.

    No points move on an answer on which the evaluators of the rules disagree: the reconciliation finds it.
    """
    decision = decide(refund_rules, case.policy, case.refund_facts(), journal.now)
    if decision.rule_id == DISAGREEMENT:
        return
    refundable = decision.verdict is Refund.REFUNDABLE
    if case.refunded_at is not None or (case.hold is not Hold.HELD and not refundable):
        return
    decision_id = journal.record(case.id, decision)
    case.changed = True
    if case.hold is Hold.HELD and refundable:
        case.hold = Hold.RELEASED
        journal.movements.append(release(case.account_id, case.fee, case.id, decision_id))
    elif case.hold is Hold.HELD:
        case.hold = Hold.CAPTURED
        journal.movements.append(capture(case.account_id, case.fee, case.id, decision_id))
    else:
        journal.movements.append(refund(case.account_id, case.fee, case.id, decision_id))
    if refundable:
        case.refunded_at = journal.now
        if case.fee:
            tell(journal, case, case.account_id, NotificationKind.FEE_REFUNDED, decision_id)


async def decline(
    viewer: Viewer,
    wake: Wake,
    application_id: UUID,
    expected_version: int | None = None,
    message: str | None = None,
) -> None:
    """Decline, or withdraw after an acceptance (S1.3, S1.8, S1.9); twice is once.

    In time it closes the contact data for ever; late it closes nothing that has been seen.
    """
    if message is not None:
        try:
            message = clean_block(message, _LONGEST_MESSAGE) or None
        except InvalidText as error:
            raise Refusal(RefusalCode.INVALID, ("message",), f"message: {error}.") from error
    async with transaction() as conn:
        case, journal = await take_case(conn, application_id, viewer)
        _require_prospect(case, viewer, "decline")
        if case.declined_at is None:
            _check_version(case, expected_version)
            await _decline(conn, case, journal, message)
        await save_case(conn, case, journal)
    await wake.send(journal.recipients, journal.due)


async def _decline(conn: Connection, case: Case, journal: Journal, message: str | None) -> None:
    case.declined_at, case.decline_message, case.changed = journal.now, message, True
    await _answered(conn, case, journal)
    decision = decide(visibility, case.policy, case.visibility_facts(), journal.now)
    if message is not None and decision.verdict is not VISIBLE:
        await refuse_identity(conn, case.lead_id, "message", message)
    decision_id = journal.record(case.id, decision)
    tell(journal, case, case.account_id, NotificationKind.APPLICATION_DECLINED, decision_id)
    settle_fee(case, journal)
    _message(journal, case, OutboxKind.EMAIL, "application_declined")
    _message(journal, case, OutboxKind.CALENDAR, "calendar_cancelled")
