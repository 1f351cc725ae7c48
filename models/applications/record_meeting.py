"""Records about a meeting: rescheduled, cancelled, took place, no-show.

A vendor cannot record what would help its own refund (readings of S1).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from asyncpg.exceptions import LockNotAvailableError

from models.applications.answer import save_case, take_case
from models.applications.calendar_event import write_event_of
from models.applications.case import Case
from models.applications.fee import notify, settle_fee
from models.applications.refusals import ApplicationRefusal
from models.applications.submit import check_meeting_time
from models.applications.tables import MeetingEvidenceKind, Side
from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.feed.journal import Journal
from models.feed.kinds import MessageTemplate, NotificationKind
from models.process.wake import Wake
from rules.refund import MeetingStatement

_EVERYBODY = frozenset(Side)
# For other locks, while the case is locked: a prospect who answers at the last moment waits for the case,
# and a vendor could prolong that wait with other changes of its own account.
_LONGEST_WAIT_MS = 100
# Of one kind by one side, within that time: the other side is notified of each.
MOST_RECORDS, RECORDS_WITHIN = 20, timedelta(hours=24)
_NOT_THE_VENDOR = frozenset({Side.PROSPECT, Side.OPERATOR})

# Who may record which kind: see the readings under S1.
MAY_RECORD: Mapping[MeetingEvidenceKind, frozenset[Side]] = {
    MeetingEvidenceKind.RESCHEDULED: _EVERYBODY,
    MeetingEvidenceKind.CANCELLED: _EVERYBODY,
    MeetingEvidenceKind.TOOK_PLACE: _NOT_THE_VENDOR,
    MeetingEvidenceKind.NO_SHOW: _NOT_THE_VENDOR,
}


def _side(case: Case, viewer: Viewer) -> Side:
    if viewer.operator:
        return Side.OPERATOR
    return Side.PROSPECT if viewer.prospect_id == case.prospect_id else Side.VENDOR


async def record_meeting(
    viewer: Viewer,
    wake: Wake,
    *,
    application_id: UUID,
    kind: MeetingEvidenceKind,
    idempotency_key: str,
    at: datetime | None = None,
) -> None:
    """Record something about the meeting of an application; `at` is the new time of a rescheduled one.

    A vendor's or a prospect's new time is a proposal until the other side records the same time; an
    operator's applies immediately. Effects on the refund of a declined application happen now.

    A vendor or a prospect can record each kind 20 times in 24 hours; agreeing is always possible.

    Raises `Refusal`: NOT_FOUND, FORBIDDEN, REQUIRED, INVALID, CONFLICT, IDEMPOTENCY_CONFLICT, LIMIT_EXCEEDED.
    """
    try:
        journal = await _record(viewer, application_id, kind, idempotency_key, at)
    except LockNotAvailableError as error:
        raise ApplicationRefusal.ACCOUNT_BEING_CHANGED.at("applicationId") from error
    if journal is not None:
        await wake.send(journal.recipients, journal.due)


async def _record(
    viewer: Viewer,
    application_id: UUID,
    kind: MeetingEvidenceKind,
    idempotency_key: str,
    at: datetime | None,
) -> Journal | None:
    async with transaction() as conn:
        record_id = new_id()
        earlier = await first_answer(
            conn,
            scope=viewer.user_id or viewer.account_id or record_id,
            operation="meetingRecord",
            key=idempotency_key,
            given={"applicationId": str(application_id), "kind": str(kind), "at": at},
            result=record_id,
            now=await database_now(conn),
        )
        if earlier is not None:
            return None
        case, journal = await take_case(conn, application_id, viewer)
        if viewer.prospect_id is None:
            await fetch(conn, "SELECT set_config('lock_timeout', $1, true)", f"{_LONGEST_WAIT_MS}ms")
        side = _side(case, viewer)
        if side not in MAY_RECORD[kind]:
            raise ApplicationRefusal.MEETING_RECORD_NOT_YOURS.at("kind", kind=str(kind))
        if side is not Side.OPERATOR and not _agrees(case, side, kind, at):
            await _refuse_too_many(conn, case, side, kind, journal.now)
        await fetch(
            conn,
            """INSERT INTO meeting_record (id, application_id, kind, side, meeting_at, recorded_at,
                                           recorded_by_id)
               VALUES ($1, $2, $3, $4, $5, $6, $7)""",
            record_id,
            case.id,
            kind,
            side,
            at,
            journal.now,
            viewer.user_id,
        )
        journal.calendars |= {case.account_id, case.prospect_id}  # an entry changes with its latest record
        if kind is MeetingEvidenceKind.RESCHEDULED:
            _reschedule(case, journal, side, at)
        elif kind is MeetingEvidenceKind.CANCELLED:
            _cancel(case, journal)
        else:
            _state(case, journal, side, kind, at)
        await save_case(conn, case, journal)
    return journal


def _agrees(case: Case, side: Side, kind: MeetingEvidenceKind, at: datetime | None) -> bool:
    proposed = kind is MeetingEvidenceKind.RESCHEDULED and case.proposed_by not in {None, side}
    return proposed and at is not None and case.proposed_meeting_at == at


async def _refuse_too_many(
    conn: Connection, case: Case, side: Side, kind: MeetingEvidenceKind, now: datetime
) -> None:
    row = await fetch_one(
        conn,
        """SELECT count(*) AS records, min(recorded_at) AS first FROM meeting_record
           WHERE application_id = $1 AND side = $2 AND kind = $3 AND recorded_at > $4""",
        case.id,
        side,
        kind,
        now - RECORDS_WITHIN,
    )
    if row is not None and row["records"] >= MOST_RECORDS:
        again = row["first"] + RECORDS_WITHIN
        raise ApplicationRefusal.TOO_MANY_MEETING_RECORDS.at(
            "kind", kind=str(kind), most=MOST_RECORDS, again=again
        )


def _tell_both(journal: Journal, case: Case, kind: NotificationKind) -> None:
    for recipient in (case.account_id, case.prospect_id):
        notify(journal, case, recipient, kind)


def _require_open(case: Case) -> None:
    if case.declined_at is not None:
        raise ApplicationRefusal.NO_MEETING_AFTER_DECLINE.at("applicationId")
    if case.ended_at is not None:
        raise ApplicationRefusal.NO_MEETING_AFTER_END.at("applicationId")


def _reschedule(case: Case, journal: Journal, side: Side, at: datetime | None) -> None:
    _require_open(case)
    if at is None:
        raise ApplicationRefusal.MEETING_TIME_MISSING.at("at")
    check_meeting_time(at, journal.now, "at")
    if side is Side.OPERATOR or _agrees(case, side, MeetingEvidenceKind.RESCHEDULED, at):
        case.changed = True
        case.meeting_at, case.proposed_meeting_at, case.proposed_by = at, None, None
        _tell_both(journal, case, NotificationKind.MEETING_AGREED)
        write_event_of(journal, case, MessageTemplate.CALENDAR_UPDATED)
        return
    # No new version: proposals of one side must not make the other side's answers fail.
    case.proposed_meeting_at, case.proposed_by, case.noted = at, side, True
    other = case.account_id if side is Side.PROSPECT else case.prospect_id
    notify(journal, case, other, NotificationKind.MEETING_PROPOSED)


def _cancel(case: Case, journal: Journal) -> None:
    _require_open(case)
    if case.meeting_at is None:
        raise ApplicationRefusal.NO_MEETING_TO_CANCEL.at("applicationId")
    if case.meeting_at <= journal.now:
        raise ApplicationRefusal.MEETING_IS_OVER.at("applicationId", at=case.meeting_at)
    case.meeting_at = case.proposed_meeting_at = case.proposed_by = None
    case.changed = True
    _tell_both(journal, case, NotificationKind.MEETING_CANCELLED)
    write_event_of(journal, case, MessageTemplate.CALENDAR_CANCELLED)


def _state(case: Case, journal: Journal, side: Side, kind: MeetingEvidenceKind, at: datetime | None) -> None:
    if at is not None and at > journal.now:
        raise ApplicationRefusal.RECORD_IN_FUTURE.at("at")
    if kind is MeetingEvidenceKind.NO_SHOW and case.meeting_at is not None and case.meeting_at > journal.now:
        raise ApplicationRefusal.MEETING_NOT_YET.at("kind", at=case.meeting_at)
    if case.statement_by is Side.OPERATOR and side is Side.PROSPECT:
        return  # the record is stored, but the operator's takes precedence
    case.statement, case.statement_by, case.changed = MeetingStatement(kind.value), side, True
    _tell_both(journal, case, NotificationKind.MEETING_RECORDED)
    if case.declined_at is not None:
        settle_fee(case, journal)
