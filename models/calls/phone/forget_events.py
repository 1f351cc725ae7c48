"""Events of telephone systems are kept for 30 days; so are the ids by which systems know calls."""

from datetime import datetime, timedelta

from models.base.database import fetch, transaction

KEPT = timedelta(days=30)
_BATCH = 1_000

_FORGET = """DELETE FROM phone_event WHERE id IN (
    SELECT id FROM phone_event WHERE received_at <= $1 ORDER BY received_at LIMIT $2) RETURNING id"""
# An id of a call that is still open is needed, however old it is.
_FORGET_KEYS = """DELETE FROM phone_call_key WHERE id IN (
    SELECT known.id FROM phone_call_key AS known JOIN call ON call.id = known.call_id
    WHERE known.made_at <= $1 AND (call.finished_at IS NOT NULL OR call.closed_at IS NOT NULL)
    ORDER BY known.made_at LIMIT $2) RETURNING id"""


async def forget_events(now: datetime) -> int:
    """Delete events that are older than 30 days, in transactions of 1,000; return how many."""
    total = 0
    for statement in (_FORGET, _FORGET_KEYS):
        while True:
            async with transaction() as conn:
                found = len(await fetch(conn, statement, now - KEPT, _BATCH))
            total += found if statement == _FORGET else 0
            if found < _BATCH:
                break
    return total
