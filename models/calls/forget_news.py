"""The feed of calls that all agents share is kept for two days: nobody replays it from further back.

A client that was away for longer gets a gap, and reads its lists again.
"""

from datetime import datetime, timedelta

from models.base.database import fetch_one, transaction
from models.calls.call_case import AGENTS_FEED

KEPT = timedelta(days=2)
_BATCH = 1_000

# The oldest events in order, as long as each is older than $2. An event may be dated before earlier ones:
# a call is closed as of its due time.
_FORGET = """WITH oldest AS (
        SELECT seq, at FROM feed_event WHERE recipient = $1 ORDER BY seq LIMIT $3),
    past AS (
        SELECT max(seq) AS seq FROM (
            SELECT seq, bool_and(at < $2) OVER (ORDER BY seq) AS old FROM oldest) AS dated WHERE old),
    gone AS (
        DELETE FROM feed_event USING past WHERE recipient = $1 AND feed_event.seq <= past.seq
        RETURNING feed_event.seq),
    moved AS (
        UPDATE feed_counter SET removed_through = past.seq
        FROM past WHERE recipient = $1 AND past.seq IS NOT NULL)
    SELECT count(*) AS n FROM gone"""


async def forget_news(now: datetime) -> int:
    """Delete events of the agents' feed that are older than two days; return how many."""
    total = 0
    while True:
        async with transaction() as conn:  # short ones: calls wait for the feed's counter
            row = await fetch_one(conn, _FORGET, AGENTS_FEED, now - KEPT, _BATCH)
        found: int = row["n"] if row else 0
        total += found
        if found < _BATCH:
            return total
