"""Forgetting who called (S4 R.retention, Art. 17 GDPR): times, outcome, employees and costs stay.

The nightly job forgets the calls that are old enough; `erase_caller` forgets one number on request. An open
call is not forgotten, because its agent needs it: it is marked, and forgotten after its end.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch, transaction
from models.base.metrics import FORGETTING_LATENESS

BATCH = 1_000

# Its columns of a call, and everything of the tables around it, that say who called or what about.
_FORGET = """WITH forgotten AS (
        UPDATE call SET version = version + 1, caller = NULL, caller_shown = '', diverted_from = NULL,
            vip_caller_id = NULL, external_id = NULL, cause = NULL, forgotten_at = $2
        WHERE id = ANY($1::uuid[]) RETURNING id),
    note AS (
        UPDATE call_note SET caller_name = NULL, company = NULL, phone = NULL, concern = NULL, answers = '{}',
            refused_keys = '{}', callback_by = NULL
        FROM forgotten WHERE call_note.call_id = forgotten.id),
    attempt AS (
        UPDATE transfer_attempt SET number = '', message_for_caller = NULL
        FROM forgotten WHERE transfer_attempt.call_id = forgotten.id),
    leg AS (DELETE FROM call_leg USING forgotten WHERE call_leg.call_id = forgotten.id)
    SELECT count(*) AS n FROM forgotten"""
_ENDED = "(finished_at IS NOT NULL OR closed_at IS NOT NULL)"


async def forget(conn: Connection, call_ids: Collection[UUID], now: datetime) -> int:
    """Empty ended calls that the transaction has locked; return their number."""
    rows = await fetch(conn, _FORGET, list(call_ids), now)
    count: int = rows[0]["n"]
    return count


async def forget_callers(now: datetime) -> int:
    """Forget the callers of all calls that are old enough, in transactions of 1,000; return their number.

    Calls that another transaction has locked are left for the next night.
    """
    forgotten = 0
    while True:
        async with transaction() as conn:
            rows = await fetch(
                conn,
                f"""SELECT id, forget_at FROM call
                    WHERE forgotten_at IS NULL AND forget_at <= $1 AND {_ENDED}
                    ORDER BY forget_at LIMIT {BATCH} FOR NO KEY UPDATE SKIP LOCKED""",
                now,
            )
            for row in rows[:1]:
                FORGETTING_LATENESS.set((now - row["forget_at"]).total_seconds())
            forgotten += await forget(conn, [row["id"] for row in rows], now)
        if len(rows) < BATCH:
            if not forgotten:
                FORGETTING_LATENESS.set(0)
            return forgotten


async def forget_number(
    conn: Connection, number: str, secretariat_id: UUID | None, now: datetime
) -> tuple[int, list[tuple[UUID, UUID]]]:
    """Forget the calls of a number (E.164) and delete its VIP entries, of one company or of all.

    A number is a caller's, or the one that a caller left in the note. Returns how many calls, open ones
    included, and the deleted entries with their secretariats. It waits for calls that others have locked.
    """
    calls = await fetch(
        conn,
        f"""SELECT call.id, {_ENDED} AS ended FROM call
            WHERE call.forgotten_at IS NULL AND ($2::uuid IS NULL OR call.secretariat_id = $2)
              AND (call.caller = $1 OR call.id IN (SELECT call_id FROM call_note WHERE phone = $1))
            ORDER BY call.id FOR NO KEY UPDATE OF call""",
        number,
        secretariat_id,
    )
    await forget(conn, [row["id"] for row in calls if row["ended"]], now)
    await fetch(
        conn,
        "UPDATE call SET forget_at = $2 WHERE id = ANY($1::uuid[])",
        [row["id"] for row in calls if not row["ended"]],
        now,
    )
    entries = await fetch(
        conn,
        """DELETE FROM vip_caller WHERE number = $1 AND NOT block
               AND ($2::uuid IS NULL OR secretariat_id = $2)
           RETURNING id, secretariat_id""",
        number,
        secretariat_id,
    )
    return len(calls), [(row["id"], row["secretariat_id"]) for row in entries]
