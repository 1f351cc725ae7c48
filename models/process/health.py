"""Gauges of the system's state as the database knows it: deadlines overdue, messages waiting to be sent.

Totals that grow forever are read at most once a minute.
"""

import time
from dataclasses import dataclass

from prometheus_client import Gauge

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch, fetch_one
from models.process.lateness import show_recent_lateness

TOTALS_SECONDS, LATENESS_SECONDS = 60.0, 10.0

_OVERDUE = Gauge("leadgate_deadlines_overdue", "Deadlines that are due but not carried out.")
_OVERDUE_AGE = Gauge(
    "leadgate_deadlines_oldest_overdue_seconds", "Seconds since the oldest overdue deadline became due."
)
_OUTBOX = Gauge("leadgate_outbox_messages", "Outbox messages waiting to be sent.", ("state",))
_OUTBOX_AGE = Gauge(
    "leadgate_outbox_oldest_pending_seconds",
    "Seconds since the oldest pending message became ready to send.",
)
_FEED_EVENTS = Gauge("leadgate_feed_events", "Total number of feed events written, for all recipients.")
_STORED = Gauge(
    "leadgate_deadlines_stored",
    "Total number of deadlines carried out, by kind and outcome.",
    ("kind", "outcome"),
)


@dataclass(frozen=True, slots=True)
class Gauges:
    """Values that change every second; ages in seconds, 0 if there is nothing."""

    deadlines_overdue: int
    deadlines_oldest_overdue: float
    outbox_pending: int
    outbox_dead: int
    outbox_oldest_pending: float
    feed_events: int


@dataclass(frozen=True, slots=True)
class DoneCount:
    """The number of deadlines of a kind with an outcome."""

    kind: str
    outcome: str
    count: int


async def overdue(conn: Connection) -> float:
    """Return for how many seconds the oldest overdue deadline has been due; 0 if there is none."""
    row = await fetch_one(
        conn,
        f"""WITH {CLOCK} SELECT extract(epoch FROM {NOW} - due_at)::float8 AS age
            FROM deadline WHERE done_at IS NULL ORDER BY due_at, id LIMIT 1""",
    )
    return max(0.0, row["age"]) if row is not None else 0.0


async def gauges(conn: Connection) -> Gauges:
    """Return the overdue and waiting counts and ages, from the partial indexes, in one statement."""
    row = await fetch_one(
        conn,
        f"""WITH {CLOCK},
            late AS (SELECT count(*) AS many, min(due_at) AS oldest FROM deadline
                     WHERE done_at IS NULL AND due_at <= {NOW}),
            pending AS (SELECT count(*) AS many, min(not_before) AS oldest FROM outbox_message
                        WHERE state = 'PENDING'),
            dead AS (SELECT count(*) AS many FROM outbox_message WHERE state = 'DEAD')
            SELECT late.many AS overdue, pending.many AS pending, dead.many AS dead,
                   coalesce(extract(epoch FROM clock.now - late.oldest), 0)::float8 AS overdue_age,
                   greatest(0, coalesce(extract(epoch FROM clock.now - pending.oldest), 0))::float8
                       AS pending_age,
                   (SELECT coalesce(sum(last_seq), 0) FROM feed_counter)::bigint AS events
            FROM clock, late, pending, dead""",
    )
    if row is None:
        raise LookupError("the database returned no row for a query that always has one")
    return Gauges(
        deadlines_overdue=row["overdue"],
        deadlines_oldest_overdue=row["overdue_age"],
        outbox_pending=row["pending"],
        outbox_dead=row["dead"],
        outbox_oldest_pending=row["pending_age"],
        feed_events=row["events"],
    )


async def done_counts(conn: Connection) -> list[DoneCount]:
    """Count finished deadlines by kind and outcome; reads the whole table."""
    rows = await fetch(
        conn,
        """SELECT kind, coalesce(outcome, '') AS outcome, count(*) AS count FROM deadline
           WHERE done_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2""",
    )
    return [DoneCount(row["kind"], row["outcome"], row["count"]) for row in rows]


class DatabaseMetrics:
    """Updates the gauges above for `/metrics`; one per process."""

    def __init__(self) -> None:
        """Start without totals: the first `refresh` reads them."""
        self._totals_at: float | None = None
        self._lateness_at: float | None = None

    async def refresh(self, conn: Connection) -> None:
        """Update the gauges; the totals at most every minute, the lateness every ten seconds."""
        now = await gauges(conn)
        _OVERDUE.set(now.deadlines_overdue)
        _OVERDUE_AGE.set(now.deadlines_oldest_overdue)
        _OUTBOX.labels("PENDING").set(now.outbox_pending)
        _OUTBOX.labels("DEAD").set(now.outbox_dead)
        _OUTBOX_AGE.set(now.outbox_oldest_pending)
        _FEED_EVENTS.set(now.feed_events)
        if self._totals_at is None or time.monotonic() - self._totals_at >= TOTALS_SECONDS:
            for done in await done_counts(conn):
                _STORED.labels(done.kind, done.outcome).set(done.count)
            self._totals_at = time.monotonic()
        if self._lateness_at is None or time.monotonic() - self._lateness_at >= LATENESS_SECONDS:
            await show_recent_lateness(conn)
            self._lateness_at = time.monotonic()
