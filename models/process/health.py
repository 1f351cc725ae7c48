"""Gauges of the system's state as the database knows it: deadlines overdue, messages waiting to be sent.

Nothing here takes longer the more is stored: counts are of what waits and have a limit, and the sizes of
tables are the planner's estimates. Each is read on its own and in half a second at most, so that one that
fails or takes too long leaves the others; it then has no value (NaN) rather than an old one.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

import structlog
from asyncpg import Record
from prometheus_client import Gauge

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.metrics import GAUGE_FAILURES
from models.process.lateness import hide_recent_lateness, show_recent_lateness
from rules.messages.dispatch import DispatchChannel

MOST_COUNTED, MOST_LOOKED = 100_000, 10_000
STATEMENT_MS, ANSWER_SECONDS = 500, 1.0
LATENESS_SECONDS = 10.0  # between two readings

# Of several processes, the one that was asked last has the database's present state.
_LATEST: Literal["mostrecent"] = "mostrecent"
_OVERDUE = Gauge(
    "leadgate_deadlines_overdue",
    f"Deadlines due but not carried out, at most {MOST_COUNTED:,}.",
    multiprocess_mode=_LATEST,
)
_OVERDUE_AGE = Gauge(
    "leadgate_deadlines_oldest_overdue_seconds",
    "Seconds since the oldest overdue deadline became due.",
    multiprocess_mode=_LATEST,
)
_DISPATCHES = Gauge(
    "leadgate_dispatches",
    f"Dispatches that are waiting, uncertain or given up, at most {MOST_COUNTED:,} each.",
    ("state",),
    multiprocess_mode=_LATEST,
)
_DISPATCH_AGE = Gauge(
    "leadgate_dispatches_oldest_waiting_seconds",
    "Seconds since the oldest message that has never been tried became ready to send.",
    multiprocess_mode=_LATEST,
)
_FEED_EVENTS = Gauge(
    "leadgate_feed_events",
    "Number of stored feed events, as PostgreSQL estimates it.",
    multiprocess_mode=_LATEST,
)
_STORED = Gauge(
    "leadgate_deadlines_stored",
    "Number of stored deadlines, as PostgreSQL estimates it.",
    multiprocess_mode=_LATEST,
)

T = TypeVar("T")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """One row read for some gauges: a column each, NULL for none; ages in seconds."""

    name: str
    sql: str
    gauges: dict[str, Gauge]

    async def read(self, conn: Connection) -> Record | None:
        """Return the row."""
        return await fetch_one(conn, self.sql)

    def show(self, row: Record | None) -> None:
        """Set the gauges; without a row, to no value."""
        for column, gauge in self.gauges.items():
            gauge.set(math.nan if row is None else float(row[column] or 0))


def counted(source: str) -> str:
    """Return the expression that counts rows, up to the limit; `source` follows FROM."""
    return f"(SELECT count(*) FROM (SELECT FROM {source} LIMIT {MOST_COUNTED}) AS counted)"


def age(oldest: str) -> str:
    """Return the expression for the seconds since an instant, after `CLOCK`; NULL for none."""
    return f"greatest(0, extract(epoch FROM {NOW} - {oldest}))::float8"


OVERDUE_COUNT = counted(f"deadline WHERE done_at IS NULL AND due_at <= {NOW}")
OLDEST_OVERDUE = "(SELECT due_at FROM deadline WHERE done_at IS NULL ORDER BY due_at, id LIMIT 1)"
# The first of each channel by its index; it is not looked for behind very many that have been tried before.
_OLDEST_WAITING = f"""(SELECT min(first.due_at)
    FROM unnest(ARRAY[{", ".join(f"'{channel}'" for channel in DispatchChannel)}]) AS channels (channel)
    CROSS JOIN LATERAL (
        SELECT due_at, attempts FROM dispatch
        WHERE state = 'WAITING' AND dispatch.channel = channels.channel
        ORDER BY due_at, id LIMIT {MOST_LOOKED}) AS first
    WHERE first.attempts = 0)"""
_OLDEST_UNEXPANDED = f"""(SELECT min(not_before) FROM (
    SELECT not_before FROM outbox_message WHERE expanded_at IS NULL
    ORDER BY id LIMIT {MOST_LOOKED}) AS first)"""
OLDEST_UNSENT = f"least({_OLDEST_UNEXPANDED}, {_OLDEST_WAITING})"
READINGS = (
    Reading(
        "overdue",
        f"WITH {CLOCK} SELECT {age(OLDEST_OVERDUE)} AS age, {OVERDUE_COUNT} AS overdue",
        {"age": _OVERDUE_AGE, "overdue": _OVERDUE},
    ),
    Reading(
        "waiting",
        f"""WITH {CLOCK} SELECT
            {age(OLDEST_UNSENT)} AS age,
            {counted("outbox_message WHERE expanded_at IS NULL")}
                + {counted("dispatch WHERE state = 'WAITING'")} AS waiting""",
        {"age": _DISPATCH_AGE, "waiting": _DISPATCHES.labels("WAITING")},
    ),
    Reading(
        "problems",
        f"""SELECT {counted("dispatch WHERE state = 'UNCERTAIN'")} AS uncertain,
                   {counted("dispatch WHERE state = 'DEAD'")} AS dead""",
        {"uncertain": _DISPATCHES.labels("UNCERTAIN"), "dead": _DISPATCHES.labels("DEAD")},
    ),
    Reading(
        "stored",
        """SELECT greatest(0, max(reltuples) FILTER (WHERE relname = 'feed_event')) AS events,
                  greatest(0, max(reltuples) FILTER (WHERE relname = 'deadline')) AS deadlines
           FROM pg_class WHERE oid IN ('feed_event'::regclass, 'deadline'::regclass)""",
        {"events": _FEED_EVENTS, "deadlines": _STORED},
    ),
)


async def overdue(conn: Connection) -> float:
    """Return for how many seconds the oldest overdue deadline has been due; 0 if there is none."""
    row = await fetch_one(conn, f"WITH {CLOCK} SELECT {age(OLDEST_OVERDUE)} AS age")
    return float(row["age"] or 0) if row is not None else 0.0


class DatabaseMetrics:
    """Updates the gauges above for `/metrics`; one per process."""

    def __init__(self) -> None:
        """Start without lateness: the first `refresh` reads it."""
        self._lateness_at: float | None = None

    async def refresh(self) -> None:
        """Update the gauges, the lateness every ten seconds.

        A database that does not answer at all is not asked for the rest.
        """
        answers = True
        for reading in READINGS:
            row: Record | None = None
            if answers:
                try:
                    row = await _in_time(reading.read)
                except Exception as error:  # noqa: BLE001 - whatever it is, the other gauges are read
                    answers = not isinstance(error, TimeoutError)
                    _failed(reading.name, error)
            reading.show(row)
        if self._lateness_at is None or time.monotonic() - self._lateness_at >= LATENESS_SECONDS:
            await self._read_lateness()

    async def _read_lateness(self) -> None:
        try:
            await _in_time(show_recent_lateness)
        except Exception as error:  # noqa: BLE001 - as above
            hide_recent_lateness()
            _failed("lateness", error)
        else:
            self._lateness_at = time.monotonic()


async def _in_time(read: Callable[[Connection], Awaitable[T]]) -> T:
    async def read_only() -> T:
        async with transaction() as conn:
            await fetch(conn, f"SET LOCAL statement_timeout = {STATEMENT_MS}")
            return await read(conn)

    return await asyncio.wait_for(read_only(), ANSWER_SECONDS)


def _failed(name: str, error: Exception) -> None:
    GAUGE_FAILURES.labels(name).inc()
    _log.warning("gauge_failed", gauge=name, error=type(error).__name__)
