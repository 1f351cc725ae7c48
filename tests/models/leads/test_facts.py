"""SQL and Python derive the same facts from a row: visibility, whether it is unsettled, and the status."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import connection, fetch
from models.leads.facts import (
    CLOSED_FACT,
    UNSETTLED,
    VISIBILITY_SQL,
    ApplicationStatus,
    basis_of,
    closed_of,
    is_unsettled,
    status_of,
    status_sql,
    visibility_facts,
)
from models.leads.state import CLOSED
from rules.visibility import DeliveryKind, ViewerKind
from tests.support.database import Database
from tests.support.marketplace import START

_moments = st.timedeltas(timedelta(), timedelta(hours=100)).map(lambda since: START + since)
_maybe = st.none() | _moments


@dataclass(frozen=True, slots=True)
class _Row:
    applied: bool
    received_at: datetime
    accepted_at: datetime | None
    declined_at: datetime | None
    ended_at: datetime | None
    revealed_at: datetime | None
    kind: str | None
    closed: str
    erased_at: datetime | None
    revealed: bool


_rows = st.lists(
    st.builds(
        _Row,
        applied=st.booleans(),
        received_at=_moments,
        accepted_at=_maybe,
        declined_at=_maybe,
        ended_at=_maybe,
        revealed_at=_maybe,
        kind=st.none() | st.sampled_from(list(map(str, DeliveryKind))),
        closed=st.sampled_from(["NO", "NO_CONSENT"]),
        erased_at=_maybe,
        revealed=st.booleans(),
    ),
    min_size=1,
    max_size=30,
)
# Like the outer joins of the lists: without an application or delivery, all its columns are null.
_TABLES = """FROM unnest($1::bool[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[],
        $5::timestamptz[], $6::timestamptz[], $7::text[], $8::text[], $9::timestamptz[], $10::bool[],
        $11::uuid[])
        WITH ORDINALITY AS given (applied, received_at, accepted_at, declined_at, ended_at, revealed_at, kind,
            closed, erased_at, revealed, id, place),
    LATERAL (SELECT given.id AS prospect_id) AS lead, LATERAL (SELECT given.erased_at) AS prospect,
    LATERAL (SELECT CASE WHEN applied THEN given.id END AS id, CASE WHEN applied THEN given.received_at END
             AS received_at, CASE WHEN applied THEN given.accepted_at END AS accepted_at,
             CASE WHEN applied THEN given.declined_at END AS declined_at,
             CASE WHEN applied THEN given.ended_at END AS ended_at,
             CASE WHEN applied THEN given.revealed_at END AS revealed_at) AS application,
    LATERAL (SELECT given.kind, CASE WHEN given.kind IS NOT NULL THEN given.closed END AS closed) AS delivery
    ORDER BY place"""
_COLUMNS = ", ".join(
    [
        *(f"{sql} AS fact_{name}" for name, sql in VISIBILITY_SQL.items()),
        *(
            f"{status_sql(status, 'given.revealed')} AS status_{status.lower()}"
            for status in ApplicationStatus
        ),
        f"{UNSETTLED} AS unsettled",
        f"{CLOSED} AS closed_now",
        f"{CLOSED_FACT} AS closed_fact",
    ]
)


async def _compare(rows: list[_Row]) -> None:
    columns = [[getattr(row, name) for row in rows] for name in _Row.__dataclass_fields__]
    ids = [uuid4() for _ in rows]
    found = await fetch(connection(), f"SELECT {_COLUMNS} {_TABLES}", *columns, ids)
    for row, sql in zip(rows, found, strict=True):
        given = (row.accepted_at, row.declined_at) if row.applied else (None, None)
        received_at = row.received_at if row.applied else None
        closed = closed_of(sql["closed_now"], row.erased_at)
        facts = visibility_facts(
            ViewerKind.VENDOR, basis_of(row.kind, applied=row.applied), closed, START, received_at, *given
        )
        assert sql["fact_basis"] == facts.basis, row
        assert sql["fact_response"] == facts.response, row
        assert sql["fact_responded_after"] == facts.responded_after, row
        assert sql["closed_fact"] == facts.closed, row
        if row.erased_at is None:
            assert sql["fact_closed"] == facts.closed, row
        if row.applied:
            assert sql["fact_waited"] == facts.waited, row
            assert sql["unsettled"] == is_unsettled(*given, row.ended_at, row.revealed_at), row
            status = status_of(*given, row.ended_at, revealed=row.revealed)
            assert [one for one in ApplicationStatus if sql[f"status_{one.lower()}"]] == [status], row


@given(rows=_rows)
@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_facts_in_sql_are_the_facts_in_python(
    database: Database, loop: asyncio.AbstractEventLoop, rows: list[_Row]
) -> None:
    loop.run_until_complete(_compare(rows))
