"""Reading of feeds: the events after a position, for many readers in one statement, and a feed's end.

A feed belongs to its recipient; callers read only the viewer's own.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch, fetch_one
from models.feed.kinds import NotificationKind

EVENT_COLUMNS = """event.id, event.recipient, event.seq, event.kind, event.application_id, event.lead_id,
    event.delivery_id, event.decision_id, event.parameters, event.at, event.read_at"""


class Position(NamedTuple):
    """A recipient, and the last sequence number that was read (0: none); of all events, or only of those
    about one application.
    """

    recipient: UUID
    after: int
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class FeedEventView:
    """One event of a recipient's feed; `seq` is its position, without gaps."""

    id: UUID
    recipient: UUID
    seq: int
    kind: NotificationKind
    application_id: UUID | None
    lead_id: UUID | None
    delivery_id: UUID | None
    decision_id: UUID | None
    parameters: Mapping[str, object]
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class FeedRead:
    """The events after one position, at one point in time.

    `starts_at` is where reading can begin: after the position if retention has removed events (`missed` of
    them, of all kinds), before it if the position is beyond the feed's end (`reset`: the position is not one
    of this feed, as after restoring a backup). `read_through` is how far the feed was read: there are more
    events unless it is `last_seq`.
    """

    events: tuple[FeedEventView, ...]
    starts_at: int
    missed: int
    reset: bool
    read_through: int
    last_seq: int
    now: datetime


def event_view(row: Record) -> FeedEventView:
    """Return the view of a row that has EVENT_COLUMNS."""
    return FeedEventView(
        row["id"],
        row["recipient"],
        row["seq"],
        NotificationKind(row["kind"]),
        row["application_id"],
        row["lead_id"],
        row["delivery_id"],
        row["decision_id"],
        orjson.loads(row["parameters"]),
        row["at"],
        row["read_at"],
    )


# One snapshot for counters and events: an event is seen if and only if its counter is. A position at the end
# of its feed costs one read of the counter and returns no row. Only one of the two reads of events runs; the
# events about an application have an index of their own.
_AFTER = f"""WITH {CLOCK}, wanted AS MATERIALIZED (
        SELECT position.recipient, position.after, position.about,
               coalesce(counter.last_seq, 0) AS last_seq,
               coalesce(counter.removed_through, 0) AS removed_through
        FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS position (recipient, after, about)
        LEFT JOIN feed_counter AS counter ON counter.recipient = position.recipient
        WHERE coalesce(counter.last_seq, 0) <> position.after),
    reading AS MATERIALIZED (
        SELECT wanted.*, CASE WHEN after > last_seq THEN last_seq
                              ELSE greatest(after, removed_through) END AS starts_at FROM wanted)
    SELECT reading.recipient AS reader, reading.after, reading.about, reading.last_seq, reading.starts_at,
           {NOW} AS now, {EVENT_COLUMNS}
    FROM reading LEFT JOIN LATERAL (
        (SELECT * FROM feed_event
         WHERE reading.about IS NULL
           AND feed_event.recipient = reading.recipient AND feed_event.seq > reading.starts_at
         ORDER BY feed_event.seq LIMIT $4)
        UNION ALL
        (SELECT * FROM feed_event
         WHERE feed_event.recipient = reading.recipient AND feed_event.application_id = reading.about
           AND feed_event.seq > reading.starts_at
         ORDER BY feed_event.seq LIMIT $4)) AS event ON true
    ORDER BY reading.recipient, reading.after, reading.about, event.seq"""


async def events_after(
    conn: Connection, positions: Collection[Position], limit_each: int
) -> dict[Position, FeedRead]:
    """Return up to `limit_each` events after each position; positions without new events are left out."""
    if not positions:
        return {}
    recipients, after, about = zip(*set(positions), strict=True)
    found: dict[Position, list[Record]] = {}
    for row in await fetch(conn, _AFTER, list(recipients), list(after), list(about), limit_each):
        found.setdefault(Position(row["reader"], row["after"], row["about"]), []).append(row)
    return {position: _read(position.after, rows, limit_each) for position, rows in found.items()}


def _read(after: int, rows: list[Record], limit: int) -> FeedRead:
    first = rows[0]
    starts_at: int = first["starts_at"]
    events = tuple(event_view(row) for row in rows if row["id"] is not None)
    return FeedRead(
        events=events,
        starts_at=starts_at,
        missed=max(0, starts_at - after),
        reset=starts_at < after,
        read_through=events[-1].seq if len(events) == limit else first["last_seq"],
        last_seq=first["last_seq"],
        now=first["now"],
    )


async def feed_position(conn: Connection, recipient: UUID) -> int:
    """Return the current end of a feed, 0 if it never had events: `Viewer.feedCursor`."""
    row = await fetch_one(conn, "SELECT last_seq FROM feed_counter WHERE recipient = $1", recipient)
    return row["last_seq"] if row else 0
