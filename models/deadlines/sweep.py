"""Sweep of due deadlines: claims a batch of each subject, carries it out and returns the outcomes.

Any number of sweeps may run concurrently: claims skip rows locked by others.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import structlog
from tortoise.exceptions import IntegrityError

from models.base.clock import CLOCK, NOW, database_now
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.deadlines.registry import SUBJECTS, C, Done, Subject, descriptions, quoted
from models.deadlines.settle import settle_due
from models.feed.journal import Journal
from models.process.wake import Wake

LARGEST_BATCH = 2_000

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Settled:
    """The result of a sweep: the deadlines carried out, how late each was, in seconds, and whether more are
    due.
    """

    deadlines: Sequence[Done]
    lateness: Sequence[float]
    more: bool


class _Claim(NamedTuple):
    """A due deadline that is locked with its case."""

    subject: UUID
    due_at: datetime
    id: UUID


_FIRST = _Claim(UUID(int=0), datetime.min.replace(tzinfo=UTC), UUID(int=0))  # before all deadlines


async def sweep(wake: Wake, batch: int = 1_000) -> Settled:
    """Settle about `batch` due deadlines (1 to 2,000) of each subject by the database's clock.

    Each batch of a subject has a separate transaction, after which the readers are woken.
    """
    batch = max(1, min(batch, LARGEST_BATCH))
    now, due = await _look()
    settled: list[Done] = []
    more = False
    for about in SUBJECTS:
        kinds = due & about.kinds.keys()
        done, full = await _sweep(wake, about, kinds, now, batch) if kinds else ([], False)
        await about.after(wake, done)
        settled += done
        more = more or full
    lateness = [(now - deadline.due_at).total_seconds() for deadline in settled]
    return Settled(settled, lateness, more)


def look_statement() -> str:
    """Return the statement that finds which kinds are due: one index probe of `deadline_by_kind` per kind.

    The kinds are literals rather than parameters, and each probe is sorted; otherwise the planner would read
    all pending or all finished deadlines, expecting to find a match soon.
    """
    firsts = (
        f"""(SELECT '{kind}'::text FROM deadline WHERE kind = '{kind}' AND done_at IS NULL
             AND due_at <= {NOW} ORDER BY due_at LIMIT 1)"""
        for kind in descriptions()
    )
    return f"""WITH {CLOCK} SELECT {NOW} AS now,
        array_remove(ARRAY[{", ".join(firsts)}], NULL) AS due"""


async def _look() -> tuple[datetime, set[str]]:
    row = await fetch_one(connection(), look_statement())
    if row is None:
        raise RuntimeError("the database clock did not respond")
    return row["now"], set(row["due"])


async def _sweep(
    wake: Wake, about: Subject[C], kinds: Collection[str], now: datetime, batch: int
) -> tuple[list[Done], bool]:
    """Settle one subject batch by batch, until `batch` deadlines were carried out or nothing more is due.
    Return what was done, and whether more may be due.

    Each batch starts after the previous one, because deadlines in doubt stay due, and would keep all later
    ones waiting.
    """
    done: list[Done] = []
    after = _FIRST
    while True:
        claimed, settled = await _settle_batch(wake, about, kinds, now, batch, after)
        done += settled
        if len(claimed) < batch:
            return done, False
        if len(done) >= batch:
            return done, True
        after = claimed[-1]


async def _settle_batch(
    wake: Wake, about: Subject[C], kinds: Collection[str], now: datetime, batch: int, after: _Claim
) -> tuple[list[_Claim], list[Done]]:
    """Settle a batch; return what was claimed and what was carried out.

    If the database refuses a batch, its cases are settled one by one, so that only the faulty case waits.
    """
    claimed: list[_Claim] = []
    try:
        async with transaction() as conn:
            claimed = await _claim(conn, about, kinds, now, batch, after)
            ids = {one.subject for one in claimed}
            cases = await (about.read or about.lock)(conn, ids) if ids else []
            journal, done = await _carry_out(conn, about, cases, now)
        await wake.send(journal.recipients, journal.due)
    except IntegrityError:
        one_by_one = dict.fromkeys(one.subject for one in claimed)
        done = [one for case_id in one_by_one for one in await settle_one(wake, about, case_id)]
    return claimed, done


async def _claim(
    conn: Connection, about: Subject[C], kinds: Collection[str], now: datetime, batch: int, after: _Claim
) -> list[_Claim]:
    """Lock the cases of the longest overdue deadlines after one, skipping locked ones; return the deadlines.

    The kinds are literals in the statement, because the best index depends on how many of each are pending.
    """
    rows = await fetch(
        conn,
        f"""SELECT deadline.subject, deadline.due_at, deadline.id FROM deadline
            JOIN {about.table} ON {about.table}.{about.key} = deadline.subject
            WHERE deadline.done_at IS NULL AND deadline.due_at <= $1
              AND deadline.kind IN ({quoted(sorted(kinds))})
              AND (deadline.due_at, deadline.id) > ($3, $4)
            ORDER BY deadline.due_at, deadline.id LIMIT $2
            FOR NO KEY UPDATE OF {about.table}, deadline SKIP LOCKED""",
        now,
        batch,
        after.due_at,
        after.id,
    )
    return list(map(_Claim._make, rows))


async def _carry_out(
    conn: Connection, about: Subject[C], cases: Sequence[C], now: datetime
) -> tuple[Journal, list[Done]]:
    journal = Journal(now)
    if not cases:
        return journal, []
    done = await settle_due(conn, about, cases, journal)
    await about.save(conn, cases)
    await journal.write(conn)
    return journal, done


async def settle_one(wake: Wake, about: Subject[C], case_id: UUID) -> list[Done]:
    """Settle the due deadlines of one case in a separate transaction; return what was done, nothing if
    refused.
    """
    try:
        async with transaction() as conn:
            now = await database_now(conn)
            journal, done = await _carry_out(conn, about, await about.lock(conn, [case_id]), now)
    except IntegrityError as error:
        _log.error("case_not_settled", table=about.table, subject=str(case_id), reason=type(error).__name__)
        return []
    await wake.send(journal.recipients, journal.due)
    return done


async def seconds_until_due(since: datetime) -> float | None:
    """Return how long until the first deadline due after `since`, by the database's clock; None without one.

    Zero or less if it became due meanwhile. A pending deadline due before `since` is locked by another sweep,
    which settles it.
    """
    row = await fetch_one(
        connection(),
        f"""WITH {CLOCK} SELECT extract(epoch FROM due_at - {NOW})::float8 AS seconds
            FROM deadline WHERE done_at IS NULL AND due_at > $1 AND kind = ANY($2::text[])
            ORDER BY due_at, id LIMIT 1""",
        since,
        list(descriptions()),
    )
    return row["seconds"] if row is not None else None
