"""A complaint has the same status in SQL as in Python, at every instant."""

import asyncio
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import connection, fetch
from models.complaints.facts import ComplaintStatus, status_of, status_sql
from tests.support.database import Database
from tests.support.marketplace import START

_TICK = timedelta(microseconds=1)
# Close to one instant, so that the boundaries are tested.
_moments = st.integers(-2, 2).map(lambda ticks: START + ticks * _TICK)
_Row = tuple[datetime | None, datetime, datetime]
_COLUMNS = ", ".join(
    f"{status_sql(status, 'complaint.now')} AS status_{status.lower()}" for status in ComplaintStatus
)


async def _compare(rows: list[_Row]) -> None:
    found = await fetch(
        connection(),
        f"""SELECT {_COLUMNS} FROM unnest($1::timestamptz[], $2::timestamptz[], $3::timestamptz[])
            WITH ORDINALITY AS complaint (decided_at, decide_by, now, place) ORDER BY place""",
        *map(list, zip(*rows, strict=True)),
    )
    for row, sql in zip(rows, found, strict=True):
        assert [one for one in ComplaintStatus if sql[f"status_{one.lower()}"]] == [status_of(*row)], row


@given(rows=st.lists(st.tuples(st.none() | _moments, _moments, _moments), min_size=1, max_size=50))
@settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_a_status_in_sql_is_the_status_in_python(
    database: Database, loop: asyncio.AbstractEventLoop, rows: list[_Row]
) -> None:
    loop.run_until_complete(_compare(rows))
