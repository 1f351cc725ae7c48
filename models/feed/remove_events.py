"""Removes the oldest events of feeds, always from the beginning: a feed never gets a hole.

A client that asks for what was removed gets a `FeedGap`, and reads its lists again.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch

# The oldest events of each feed in order, as long as each is older than $2. An event may be dated before
# earlier ones: what a deadline does has its due time. A feed that is being written to is left out.
_REMOVE = """WITH counter AS MATERIALIZED (
        SELECT recipient FROM feed_counter WHERE recipient = ANY($1::uuid[])
        ORDER BY recipient FOR NO KEY UPDATE SKIP LOCKED),
    oldest AS (
        SELECT event.* FROM counter CROSS JOIN LATERAL (
            SELECT recipient, seq, at FROM feed_event WHERE feed_event.recipient = counter.recipient
            ORDER BY seq LIMIT $3) AS event),
    past AS (
        SELECT recipient, max(seq) AS seq FROM (
            SELECT recipient, seq, bool_and(at < $2) OVER (PARTITION BY recipient ORDER BY seq) AS old
            FROM oldest) AS dated
        WHERE old GROUP BY recipient),
    gone AS (
        DELETE FROM feed_event USING past
        WHERE feed_event.recipient = past.recipient AND feed_event.seq <= past.seq
        RETURNING feed_event.recipient),
    moved AS (
        UPDATE feed_counter SET removed_through = past.seq
        FROM past WHERE feed_counter.recipient = past.recipient)
    SELECT recipient, count(*) AS n FROM gone GROUP BY recipient"""


async def remove_events(
    conn: Connection, recipients: Collection[UUID], before: datetime, most: int
) -> dict[UUID, int]:
    """Remove the events of these feeds that are older than `before`, at most `most` of each; return how many,
    by recipient.
    """
    rows = await fetch(conn, _REMOVE, list(recipients), before, most)
    return {row["recipient"]: row["n"] for row in rows}
