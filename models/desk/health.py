"""The health of the house: what is late, what waits to be sent, and what the last reconciliation found."""

from dataclasses import dataclass
from datetime import datetime

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch, fetch_one
from models.process.health import MOST_COUNTED, OLDEST_OVERDUE, OLDEST_UNSENT, age


@dataclass(frozen=True, slots=True)
class BookFindingView:
    """A finding of the reconciliation, without contact data."""

    check: str
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class OverdueView:
    """Overdue deadlines of one kind, and for how many seconds the oldest has been due."""

    kind: str
    count: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class HealthView:
    """Ages in seconds, 0 if nothing waits; `overdue_by_kind` adds up to `overdue_deadlines`."""

    overdue_deadlines: int
    overdue_by_kind: tuple[OverdueView, ...]
    oldest_overdue_seconds: float
    outbox_oldest_seconds: float
    feed_lag_seconds: float
    reconciled_at: datetime | None
    findings: tuple[BookFindingView, ...]


# An event is written with the case that it tells of; what lags behind is what is due and would write events.
# So the lag of feeds is the lateness of the latest deadlines that were carried out, and of those that wait.
_LATE = f"""(SELECT greatest(0, max(extract(epoch FROM done_at - due_at)))::float8 FROM (
    SELECT done_at, due_at FROM deadline WHERE done_at > {NOW} - interval '5 minutes'
    ORDER BY done_at DESC LIMIT 1000) AS latest)"""
_HEALTH = f"""WITH {CLOCK}, last AS (
        SELECT id, ended_at FROM reconciliation_run ORDER BY id DESC LIMIT 1)
    SELECT coalesce({age(OLDEST_OVERDUE)}, 0) AS overdue_age,
        coalesce({age(OLDEST_UNSENT)}, 0) AS outbox_age,
        greatest(coalesce({_LATE}, 0), coalesce({age(OLDEST_OVERDUE)}, 0)) AS feed_lag,
        (SELECT ended_at FROM last) AS reconciled_at, (SELECT id FROM last) AS run_id"""
_OVERDUE = f"""WITH {CLOCK}
    SELECT kind, count(*) AS n, {age("min(due_at)")} AS age FROM (
        SELECT kind, due_at FROM deadline WHERE done_at IS NULL AND due_at <= {NOW}
        LIMIT {MOST_COUNTED}) AS overdue
    GROUP BY kind ORDER BY min(due_at), kind"""
_FINDINGS = """SELECT check_name, subject, message FROM reconciliation_finding
    WHERE run_id = $1 ORDER BY ordinal"""


async def health(conn: Connection) -> HealthView:
    """Return the health as of now, in two or three statements; the caller checks that an operator asks."""
    row = await fetch_one(conn, _HEALTH)
    if row is None:
        raise LookupError("a statement without FROM has a row")
    overdue = [OverdueView(one["kind"], one["n"], one["age"]) for one in await fetch(conn, _OVERDUE)]
    found = [] if row["run_id"] is None else await fetch(conn, _FINDINGS, row["run_id"])
    return HealthView(
        sum(one.count for one in overdue),
        tuple(overdue),
        row["overdue_age"],
        row["outbox_age"],
        row["feed_lag"],
        row["reconciled_at"],
        tuple(BookFindingView(one["check_name"], one["subject"], one["message"]) for one in found),
    )
