"""Owns the part of the sweep about complaints: their deadlines, those of remedies, and waits for stock.

It must not depend on who runs it or how many do: claims skip what another holds.
"""

from collections.abc import Sequence
from uuid import UUID

import structlog
from asyncpg import Record
from tortoise.exceptions import IntegrityError

from models.applications.case import PendingDeadline
from models.base.clock import database_now
from models.base.database import connection, fetch_one, transaction
from models.base.metrics import COMPLAINTS_OVERDUE
from models.base.refusal import Refusal
from models.complaints.answer_files import ensure_answers
from models.complaints.deadlines import KINDS, settle_complaints
from models.complaints.remedy_deadlines import settle_fallbacks
from models.deadlines.tables import DeadlineKind
from models.deliveries.waiting_replacements import serve_waiting
from models.feed.journal import Journal
from models.process.wake import Wake

_FALLBACK = DeadlineKind.REPLACEMENT_FALLBACK
SWEPT = (*KINDS, _FALLBACK)

# In the words of the index `deadline_of_complaints`: among all that waits, it would cost the whole backlog.
_TO_DO = """SELECT EXISTS (SELECT FROM deadline WHERE done_at IS NULL AND due_at <= $1
                           AND kind NOT IN ('REVEAL', 'REVIEW_REMINDER') AND kind = ANY($2::text[])) AS due,
                   EXISTS (SELECT FROM remedy WHERE settled_at IS NULL) AS waiting"""

_log = structlog.get_logger(__name__)


async def sweep_complaints(wake: Wake, batch: int) -> list[PendingDeadline]:
    """Carry out up to `batch` due deadlines of complaints, and as many of remedies, each as of its due time.

    When the database refuses a batch, its deadlines are carried out one by one, so that only the one at fault
    waits. Then remedies that wait get what is in stock: whoever accepted them may have met it locked. Answer
    files that promise a replacement until then are made anew once the wait is over.
    """
    to_do = await fetch_one(
        connection(), _TO_DO, await database_now(connection()), [str(kind) for kind in SWEPT]
    )
    settled: list[Record] = []
    if to_do is not None and to_do["due"]:
        claimed: list[Record] = []
        try:
            settled = await _settle(wake, batch, None, claimed)
        except IntegrityError:
            settled = [done for row in claimed for done in await _settle_one(wake, row["id"])]
    if to_do is not None and to_do["waiting"]:
        await _serve(wake)
    await ensure_answers({row["complaint_id"] for row in settled if row["kind"] == _FALLBACK})
    return [PendingDeadline(row["id"], row["kind"], row["due_at"]) for row in settled]


async def _settle(wake: Wake, batch: int, only: Sequence[UUID] | None, claimed: list[Record]) -> list[Record]:
    async with transaction() as conn:
        journal = Journal(await database_now(conn))
        claimed += await settle_complaints(conn, journal, journal.now, batch, only)
        claimed += await settle_fallbacks(conn, journal, journal.now, batch, only)
        await journal.write(conn)
    COMPLAINTS_OVERDUE.inc(sum(outcome == "overdue" for _, outcome in journal.done))
    await wake.send(journal.recipients, journal.due)
    return claimed


async def _settle_one(wake: Wake, deadline_id: UUID) -> list[Record]:
    try:
        return await _settle(wake, 1, [deadline_id], [])
    except IntegrityError as error:
        _log.error("deadline_not_settled", deadline_id=str(deadline_id), reason=type(error).__name__)
        return []


async def _serve(wake: Wake) -> None:
    try:
        async with transaction() as conn:
            journal = Journal(await database_now(conn))
            await serve_waiting(conn, journal)
            await journal.write(conn)
    except Refusal as refusal:  # the evaluators of the rules disagree: the wait goes on
        _log.error("waits_not_served", reason=str(refusal))
        return
    await wake.send(journal.recipients, journal.due)
