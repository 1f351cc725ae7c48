"""Reveals, refunds and complaints over time: of a vendor's own account, for operators of all accounts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.base.database import Connection, fetch
from models.base.keyset import SelectStatement
from models.base.viewer import Viewer


class ActivityStep(StrEnum):
    """How long each part of the period is."""

    DAY = "DAY"
    WEEK = "WEEK"


# How many days a period may have, so that there are at most about 100 parts.
MOST_DAYS = {ActivityStep.DAY: 92, ActivityStep.WEEK: 732}
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ActivityView:
    """What happened in one part of a period: `reveals` counts vendors that received contact data, `refunds`
    movements that gave points back, and `complaints` the contacts complained about.
    """

    begins: date
    reveals: int
    refunds: int
    points_refunded: int
    complaints: int


@dataclass(frozen=True, slots=True)
class _Series:
    """Rows that are counted by time: `amount` is added up for each."""

    at: str
    account: str
    tables: str
    amount: str = "1"


_REVEALS = _Series("delivery.received_at", "delivery.account_id", "delivery")
_REFUNDS = _Series(
    "posting_group.at",
    "posting_group.account_id",
    """posting_group JOIN posting ON posting.group_id = posting_group.id AND posting.book = 'AVAILABLE'
         AND posting_group.kind IN ('RELEASE', 'REFUND') AND posting_group.unit = 'POINTS'""",
    "posting.amount",
)
_COMPLAINTS = _Series(
    "complaint.submitted_at",
    "complaint.account_id",
    "complaint JOIN complaint_item ON complaint_item.complaint_id = complaint.id",
)


async def activity(
    conn: Connection, viewer: Viewer, since: datetime, until: datetime, step: ActivityStep
) -> list[ActivityView]:
    """Return what happened from `since` on and before `until`, one part for each day or week (from Monday),
    in the viewer's time zone, the earliest first; one statement a series.

    The first and last parts count what is in the period. The caller checks that the viewer acts for a vendor,
    whose own numbers these are, or is an operator, and that the period is not longer than `MOST_DAYS`.
    """
    reveals, _ = await _read(conn, viewer, _REVEALS, since, until, step)
    refunds, points = await _read(conn, viewer, _REFUNDS, since, until, step)
    complaints, _ = await _read(conn, viewer, _COMPLAINTS, since, until, step)
    return [
        ActivityView(begins, reveals[begins], refunds[begins], points[begins], complaints[begins])
        for begins in _parts(since, until, viewer.time_zone, step)
    ]


async def _read(
    conn: Connection, viewer: Viewer, series: _Series, since: datetime, until: datetime, step: ActivityStep
) -> tuple[Counter[date], Counter[date]]:
    """Return how many rows each part has, and the sum of their amounts."""
    statement = SelectStatement([])
    zone, unit = statement.bind(viewer.time_zone, "text"), statement.bind(step.lower(), "text")
    statement.where(f"{series.at} >= {statement.bind(since, 'timestamptz')}")
    statement.where(f"{series.at} < {statement.bind(until, 'timestamptz')}")
    if not viewer.operator:
        statement.where(f"{series.account} = {statement.bind(viewer.vendor_id, 'uuid')}")
    rows = await fetch(
        conn,
        f"""SELECT date_trunc({unit}, {series.at} AT TIME ZONE {zone})::date AS begins, count(*) AS n,
                sum({series.amount})::bigint AS amount
            FROM {series.tables} WHERE {statement.all_conditions()} GROUP BY 1""",
        *statement.values,
    )
    return (
        Counter({row["begins"]: row["n"] for row in rows}),
        Counter({row["begins"]: row["amount"] for row in rows}),
    )


def _parts(since: datetime, until: datetime, time_zone: str, step: ActivityStep) -> Iterator[date]:
    """Yield the first day of each part of the period, also of those in which nothing happened."""
    if since >= until:
        return
    zone = ZoneInfo(time_zone)
    begins, last = since.astimezone(zone).date(), (until - _INSTANT).astimezone(zone).date()
    if step is ActivityStep.WEEK:
        begins -= timedelta(days=begins.weekday())
    while begins <= last:
        yield begins
        begins += timedelta(days=7 if step is ActivityStep.WEEK else 1)
