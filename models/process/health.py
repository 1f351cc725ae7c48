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
_DISPATCHES = Gauge("leadgate_dispatches", "Dispatches that are waiting, uncertain or given up.", ("state",))
_DISPATCH_AGE = Gauge(
    "leadgate_dispatches_oldest_waiting_seconds",
    "Seconds since the oldest message that has never been tried became ready to send.",
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
    dispatches_waiting: int
    dispatches_uncertain: int
    dispatches_dead: int
    dispatches_oldest_waiting: float
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
            unexpanded AS (SELECT count(*) AS many, min(not_before) AS oldest FROM outbox_message
                           WHERE expanded_at IS NULL),
            waiting AS (SELECT count(*) AS many, min(due_at) FILTER (WHERE attempts = 0) AS oldest
                        FROM dispatch WHERE state = 'WAITING'),
            problems AS (SELECT count(*) FILTER (WHERE state = 'DEAD') AS dead,
                                count(*) FILTER (WHERE state = 'UNCERTAIN') AS uncertain
                         FROM dispatch WHERE state IN ('UNCERTAIN', 'DEAD'))
            SELECT late.many AS overdue, unexpanded.many + waiting.many AS waiting, problems.dead,
                   problems.uncertain,
                   coalesce(extract(epoch FROM clock.now - late.oldest), 0)::float8 AS overdue_age,
                   greatest(0, coalesce(extract(
                       epoch FROM clock.now - least(unexpanded.oldest, waiting.oldest)), 0))::float8
                       AS waiting_age,
                   (SELECT coalesce(sum(last_seq), 0) FROM feed_counter)::bigint AS events
            FROM clock, late, unexpanded, waiting, problems""",
    )
    if row is None:
        raise LookupError("the database returned no row for a query that always has one")
    return Gauges(
        deadlines_overdue=row["overdue"],
        deadlines_oldest_overdue=row["overdue_age"],
        dispatches_waiting=row["waiting"],
        dispatches_uncertain=row["uncertain"],
        dispatches_dead=row["dead"],
        dispatches_oldest_waiting=row["waiting_age"],
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
        _DISPATCHES.labels("WAITING").set(now.dispatches_waiting)
        _DISPATCHES.labels("UNCERTAIN").set(now.dispatches_uncertain)
        _DISPATCHES.labels("DEAD").set(now.dispatches_dead)
        _DISPATCH_AGE.set(now.dispatches_oldest_waiting)
        _FEED_EVENTS.set(now.feed_events)
        if self._totals_at is None or time.monotonic() - self._totals_at >= TOTALS_SECONDS:
            for done in await done_counts(conn):
                _STORED.labels(done.kind, done.outcome).set(done.count)
            self._totals_at = time.monotonic()
        if self._lateness_at is None or time.monotonic() - self._lateness_at >= LATENESS_SECONDS:
            await show_recent_lateness(conn)
            self._lateness_at = time.monotonic()
