"""Instants that are read as seconds."""

from datetime import UTC, datetime, timedelta
from random import Random

from models.base.clock import seconds
from models.base.database import connection, fetch
from tests.support.database import Database

EPOCH, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2242, 1, 1, tzinfo=UTC)


async def test_seconds_are_exact_to_the_microsecond(database: Database) -> None:
    del database
    random = Random(1)
    span = (LAST - EPOCH) // timedelta(microseconds=1)
    instants = [EPOCH + timedelta(microseconds=random.randrange(span)) for _ in range(10_000)]
    instants += [
        EPOCH,
        LAST,
        datetime(2026, 3, 29, 1, 0, 0, 1, UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC),
    ]
    rows = await fetch(
        connection(),
        f"SELECT {seconds('at')} FROM unnest($1::timestamptz[]) WITH ORDINALITY AS of (at, n) ORDER BY n",
        instants,
    )
    assert [datetime.fromtimestamp(row[0], UTC) for row in rows] == instants
