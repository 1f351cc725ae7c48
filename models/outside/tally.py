"""Counting what the sources answered, for all processes together."""

from collections.abc import Sequence

from models.base.clock import CLOCK, NOW
from models.base.database import connection, fetch
from models.outside.rounds import Asked

# Of an earlier day nothing is kept; one that ended while this was written counts with the next.
_SAME_DAY = "outside_asked.day >= excluded.day"
_COUNT = f"""WITH {CLOCK}
    INSERT INTO outside_asked AS outside_asked (source, day, asked, failed, away_until)
    SELECT source, ({NOW} AT TIME ZONE 'UTC')::date, 1, failed,
        CASE WHEN rest > 0 THEN {NOW} + make_interval(secs => rest) END
    FROM unnest($1::text[], $2::int[], $3::float8[]) AS one (source, failed, rest)
    ORDER BY source
    ON CONFLICT (source) DO UPDATE SET
        day = greatest(outside_asked.day, excluded.day),
        asked = excluded.asked + CASE WHEN {_SAME_DAY} THEN outside_asked.asked ELSE 0 END,
        failed = excluded.failed + CASE WHEN {_SAME_DAY} THEN outside_asked.failed ELSE 0 END,
        away_until = coalesce(excluded.away_until, outside_asked.away_until)"""


async def count_asked(asked: Sequence[Asked]) -> None:
    """Count answers of different sources, in one statement of its own."""
    await fetch(
        connection(),
        _COUNT,
        [one.source.value for one in asked],
        [int(one.failed) for one in asked],
        [one.rest_seconds for one in asked],
    )
