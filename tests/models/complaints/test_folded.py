"""Statistics for vendors do not single out another vendor's complaints, by time or by small numbers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations

import pytest

from models.base.database import connection
from models.base.refusal import RefusalCode
from models.complaints.statistics import ComplaintStatistic, StatisticsBy, complaint_statistics
from rules.complaint import ComplaintReason
from rules.visibility import DeliveryKind
from tests.support.complaints import PROVEN, REJECTED, deliver, filed, say, verdict
from tests.support.database import Database
from tests.support.marketplace import HOUR, SECOND, START, MadeVendor, Marketplace, make_vendor
from tests.support.reading import refused

DAY = timedelta(days=1)
MIDNIGHT = START.replace(hour=0)
R = ComplaintReason
NUMBER, ADDRESS, CLOSED, OTHER = (
    R.NUMBER_DOES_NOT_EXIST,
    R.WRONG_ADDRESS,
    R.BUSINESS_CLOSED,
    R.NUMBER_OF_ANOTHER_PERSON,
)


@pytest.fixture(name="rivals")
async def _rivals(place: Marketplace) -> list[MadeVendor]:
    """Create three vendors in addition to the one that queries."""
    return [place.other_vendor, *[await make_vendor(name=f"Rival {one} Fake Ltd") for one in range(2)]]


async def _file(
    place: Marketplace, items: Sequence[tuple[MadeVendor, ComplaintReason, int]], *, proven: bool = False
) -> None:
    for vendor, reason, count in items:
        deliveries = [await deliver(place, vendor, kind=DeliveryKind.RECORD, points=0) for _ in range(count)]
        await filed(vendor, deliveries, *((PROVEN,) if proven else ()), reason=reason)


async def _lines(
    place: Marketplace,
    by: StatisticsBy = StatisticsBy.REASON,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[ComplaintStatistic]:
    return await complaint_statistics(connection(), place.vendor.owner, by, since=since, until=until)


def _filed(lines: Sequence[ComplaintStatistic]) -> Mapping[str, int]:
    return {line.key: line.filed for line in lines}


async def test_vendors_see_the_marketplace_only_in_large_enough_groups(
    place: Marketplace, database: Database, rivals: list[MadeVendor]
) -> None:
    """The vendor's own items are included, but do not count towards a group's minimum size."""
    await _file(place, [(rival, NUMBER, 2) for rival in rivals])
    await _file(place, [(rival, ADDRESS, 2) for rival in rivals])
    await _file(place, [(place.vendor, NUMBER, 1)])
    await database.clock.advance(DAY)
    assert _filed(await _lines(place)) == {str(NUMBER): 7, str(ADDRESS): 6}
    assert _filed(await _lines(place, StatisticsBy.SOURCE)) == {"OPPORTUNITY": 13}


async def test_a_market_of_two_or_three_vendors_shows_no_numbers(
    place: Marketplace, database: Database, rivals: list[MadeVendor]
) -> None:
    """Subtracting one's own numbers would leave one rival, or two who each know their own."""
    await _file(place, [(place.vendor, NUMBER, 9), (rivals[0], NUMBER, 9)])
    await database.clock.advance(DAY)
    assert await _lines(place) == []
    await _file(place, [(rivals[1], NUMBER, 9)])
    await database.clock.advance(DAY)
    assert await _lines(place) == []
    await _file(place, [(rivals[2], NUMBER, 1)])
    await database.clock.advance(DAY)
    assert _filed(await _lines(place)) == {str(NUMBER): 28}


async def test_small_groups_are_merged(
    place: Marketplace, database: Database, rivals: list[MadeVendor]
) -> None:
    """Groups with few items or few accounts, or that are large only because of the vendor's own items."""
    await _file(place, [(rival, NUMBER, 3) for rival in rivals])
    await _file(place, [(rivals[0], ADDRESS, 9), (rivals[1], CLOSED, 1), (rivals[2], OTHER, 1)])
    await _file(place, [(place.vendor, CLOSED, 7)])
    await database.clock.advance(DAY)
    assert _filed(await _lines(place)) == {"SMALL_GROUPS": 18, str(NUMBER): 9}


async def test_a_merged_group_that_is_still_small_takes_the_next_smallest(
    place: Marketplace, database: Database, rivals: list[MadeVendor]
) -> None:
    """So both groupings have the same total, and their difference reveals nothing."""
    await _file(place, [(rival, NUMBER, 3) for rival in rivals])
    await _file(place, [(rival, CLOSED, 2) for rival in rivals])
    await _file(place, [(rivals[0], ADDRESS, 1)])
    await database.clock.advance(DAY)
    assert _filed(await _lines(place)) == {str(NUMBER): 9, "SMALL_GROUPS": 7}
    sums = [
        sum(one.filed for one in await _lines(place, by)) for by in (StatisticsBy.REASON, StatisticsBy.SOURCE)
    ]
    assert sums == [16, 16]


async def test_filings_and_decisions_show_only_after_the_day_ends(
    place: Marketplace, database: Database, rivals: list[MadeVendor]
) -> None:
    """However often it is queried, the result does not change until midnight UTC."""
    await _file(place, [(rival, NUMBER, 2) for rival in rivals])
    assert await _lines(place) == []
    await database.clock.set(MIDNIGHT + DAY - SECOND)
    assert await _lines(place) == []
    await database.clock.set(MIDNIGHT + DAY)
    (before,) = await _lines(place)
    assert (before.filed, before.open, before.rejected) == (6, 6, 0)
    await database.clock.set(MIDNIGHT + DAY + HOUR)
    delivery = await deliver(place, rivals[0], kind=DeliveryKind.RECORD, points=0)
    _, (item,) = await filed(rivals[0], [delivery], reason=NUMBER)
    await say(place.operator, verdict(item, REJECTED))
    assert await _lines(place) == [before]
    await database.clock.set(MIDNIGHT + 2 * DAY)
    (after,) = await _lines(place)
    assert (after.filed, after.open, after.rejected) == (7, 6, 1)


async def test_a_part_of_a_day_is_refused(
    place: Marketplace, database: Database, rivals: list[MadeVendor]
) -> None:
    """For vendors that query the marketplace; their own numbers and the operators' accept any period."""
    microsecond = timedelta(microseconds=1)
    for name, since, until in (
        ("from", START, MIDNIGHT + DAY),
        ("from", MIDNIGHT - microsecond, None),
        ("to", MIDNIGHT, MIDNIGHT + DAY + microsecond),
        ("to", None, START),
    ):
        with pytest.raises(Exception, match="Send midnight in UTC, such as 2026-03-0") as found:
            await _lines(place, since=since, until=until)
        assert getattr(found.value, "field", None) == ("period", name)
        await complaint_statistics(
            connection(), place.operator, StatisticsBy.REASON, since=since, until=until
        )
        own = complaint_statistics(
            connection(), place.vendor.owner, StatisticsBy.REASON, own=True, since=since, until=until
        )
        assert await own == []
    agent = complaint_statistics(connection(), place.agent, StatisticsBy.REASON, since=START)
    await refused(agent, RefusalCode.FORBIDDEN)


async def test_no_period_shows_less_than_the_minimum_group(
    place: Marketplace, database: Database, rivals: list[MadeVendor]
) -> None:
    """Three rivals file once a day: any period shows nothing, or at least five items of three accounts."""
    for _ in range(4):
        await _file(place, [(rival, NUMBER, 1) for rival in rivals])
        await database.clock.advance(DAY)
    days = [MIDNIGHT + day * DAY for day in range(6)]
    seen = {
        (until - since) // DAY: _filed(await _lines(place, since=since, until=until))
        for since, until in combinations(days[:5], 2)
    }
    assert seen == {1: {}, 2: {str(NUMBER): 6}, 3: {str(NUMBER): 9}, 4: {str(NUMBER): 12}}


@pytest.mark.parametrize(("decided", "shown"), [(4, False), (5, True)])
async def test_no_median_is_shown_for_fewer_than_five_items(
    place: Marketplace, database: Database, rivals: list[MadeVendor], decided: int, shown: bool
) -> None:
    """Five decided items of other vendors; the vendor's own do not count."""
    await _file(place, [(rival, NUMBER, 2) for rival in rivals])
    await _file(place, [(rivals[0], NUMBER, decided), (place.vendor, NUMBER, 9)], proven=True)
    await database.clock.advance(DAY)
    (line,) = await _lines(place)
    assert (line.median_days == 0.0) is shown
    assert (line.median_days is None) is not shown


async def test_a_vendors_own_numbers_are_exact_and_current(
    place: Marketplace, database: Database, rivals: list[MadeVendor]
) -> None:
    await _file(place, [(place.vendor, NUMBER, 1), (rivals[0], NUMBER, 1)], proven=True)
    for by in set(StatisticsBy) - {StatisticsBy.DECIDER}:
        (line,) = await complaint_statistics(connection(), place.vendor.owner, by, own=True)
        assert (line.filed, line.accepted, line.median_days) == (1, 1, 0.0)
    (line,) = await _lines(place, StatisticsBy.BUYER)
    assert (line.key, line.filed) == (str(place.vendor.id), 1)
