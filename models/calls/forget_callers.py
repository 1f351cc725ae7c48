"""Forgetting who called (S4 R.retention, Art. 17 GDPR): times, outcome, employees and costs stay.

The nightly job forgets the calls that are old enough; `erase_caller` forgets one number on request. An open
call is not forgotten, because its agent needs it: it is marked, and forgotten after its end.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import phonenumbers

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
    leg AS (DELETE FROM call_leg USING forgotten WHERE call_leg.call_id = forgotten.id),
    event AS (
        UPDATE phone_event SET sha256 = NULL, detail = NULL
        FROM forgotten WHERE phone_event.call_id = forgotten.id)
    SELECT count(*) AS n FROM forgotten"""
# Of a number ($1), with the digits that all its notations have ($3), of a company ($2) or of all.
_SIGNS = " -/.()\u00a0"  # that people write within a number
_OF_NUMBER = f"""SELECT id FROM call
    WHERE caller = $1 AND forgotten_at IS NULL AND ($2::uuid IS NULL OR secretariat_id = $2)
    UNION
    SELECT call.id FROM call_note JOIN call ON call.id = call_id
    WHERE translate(concat_ws(';', phone, concern, caller_name, company, answers::text), '{_SIGNS}', '')
          LIKE '%' || $3 || '%' AND ($2::uuid IS NULL OR secretariat_id = $2)"""
_ENDED = "(finished_at IS NOT NULL OR closed_at IS NOT NULL)"


def digits_of(number: str) -> str:
    """Return the digits of a number (E.164) after its country code, which all notations have."""
    return phonenumbers.national_significant_number(phonenumbers.parse(number))


def has_number(text: str, number: str) -> bool:
    """Whether a text has a number (E.164), in whatever notation."""
    return digits_of(number) in text.translate(str.maketrans("", "", _SIGNS))


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
            if forgotten == 0:  # the first batch has the oldest
                late = now - rows[0]["forget_at"] if rows else timedelta(0)
                FORGETTING_LATENESS.set(late.total_seconds())
            forgotten += await forget(conn, [row["id"] for row in rows], now)
        if len(rows) < BATCH:
            return forgotten


async def forget_number(
    conn: Connection, number: str, secretariat_id: UUID | None, now: datetime
) -> tuple[int, list[tuple[UUID, UUID]]]:
    """Forget the calls of a number (E.164) and delete its VIP entries, of one company or of all.

    A number is a caller's, or is in the note that a caller left, in any notation. Returns how many calls, the
    open ones included, and the deleted entries with their secretariats. It waits for calls that are locked.
    """
    found = await fetch(conn, _OF_NUMBER, number, secretariat_id, digits_of(number))
    calls = await fetch(
        conn,
        f"""SELECT id, {_ENDED} AS ended FROM call WHERE id = ANY($1::uuid[]) AND forgotten_at IS NULL
            ORDER BY id FOR NO KEY UPDATE""",
        [row["id"] for row in found],
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
