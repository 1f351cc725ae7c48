"""How often each source was asked today: true for all processes, by the database's clock."""

import asyncio
from datetime import timedelta

from models.base.database import connection
from models.outside.rounds import Asked
from models.outside.sources.source import OutsideOutcome, OutsideSource
from models.outside.states import OutsideSourceView, outside_sources
from models.outside.tally import count_asked
from tests.support.database import Database
from tests.support.marketplace import START

WEBSITE, RDAP = OutsideSource.WEBSITE, OutsideSource.RDAP
FOUND = Asked(WEBSITE, OutsideOutcome.FOUND)
FAILED = Asked(WEBSITE, OutsideOutcome.TIMED_OUT)
MIDNIGHT = START.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)


async def state(source: OutsideSource = WEBSITE) -> OutsideSourceView:
    """The state of a source."""
    return next(one for one in await outside_sources(connection(), {WEBSITE}) if one.source is source)


async def test_a_source_that_was_never_asked_has_no_numbers(database: Database) -> None:
    one = await state(RDAP)
    assert (one.on, one.asked_today, one.failed_today, one.away_until) == (False, 0, 0, None)


async def test_questions_and_failures_of_a_day_are_counted(database: Database) -> None:
    await database.clock.set(START)
    nothing = Asked(WEBSITE, OutsideOutcome.NOTHING)
    for asked in (FOUND, FAILED, nothing, Asked(WEBSITE, OutsideOutcome.NOT_ALLOWED_BY_SITE)):
        await count_asked([asked, Asked(RDAP, OutsideOutcome.FOUND)])
    one, other = await state(), await state(RDAP)
    assert (one.on, one.asked_today, one.failed_today) == (True, 4, 1)
    assert (other.asked_today, other.failed_today) == (4, 0)


async def test_two_processes_count_together(database: Database) -> None:
    """Each counts both sources, in another order: neither waits for the other for ever."""
    other = Asked(RDAP, OutsideOutcome.UNREACHABLE)
    await asyncio.gather(*(count_asked([FOUND, other][:: 1 if at % 2 else -1]) for at in range(40)))
    assert [(await state(source)).asked_today for source in (WEBSITE, RDAP)] == [40, 40]


async def test_the_numbers_are_those_of_a_day_in_utc(database: Database) -> None:
    await database.clock.set(MIDNIGHT - MICROSECOND)
    await count_asked([FAILED])
    assert (await state()).asked_today == 1
    await database.clock.set(MIDNIGHT)
    assert ((await state()).asked_today, (await state()).failed_today) == (0, 0)
    await count_asked([FOUND])
    assert ((await state()).asked_today, (await state()).failed_today) == (1, 0)


async def test_a_source_is_away_until_its_minute_is_over(database: Database) -> None:
    await database.clock.set(START)
    await count_asked([Asked(WEBSITE, OutsideOutcome.BUSY, rest_seconds=60)])
    await count_asked([FOUND])  # of another process
    ends = START + timedelta(seconds=60)
    await database.clock.set(ends - MICROSECOND)
    assert (await state()).away_until == ends
    await database.clock.set(ends)
    assert (await state()).away_until is None
