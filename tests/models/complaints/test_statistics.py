"""Operators see all numbers, vendors their own; `test_folded` tests the marketplace's numbers for vendors."""

from datetime import timedelta

import pytest

from models.base.database import connection
from models.base.refusal import RefusalCode
from models.base.viewer import Viewer
from models.complaints.statistics import ComplaintStatistic, StatisticsBy, complaint_statistics
from models.leads.tables import LeadSource
from rules.complaint import ComplaintReason
from tests.support.complaints import (
    PROVEN,
    RECORD,
    REJECTED,
    deliver,
    filed,
    make_contact,
    say,
    verdict,
)
from tests.support.database import Database
from tests.support.marketplace import START, Marketplace
from tests.support.query_recorder import recorded_statements
from tests.support.reading import refused

DAY = timedelta(days=1)
BY = StatisticsBy


async def _some(place: Marketplace, database: Database) -> None:
    """File for the vendor (accepted, rejected after 2 days, open) and another (accepted after 4 days)."""
    contest = await make_contact(place.market, source=LeadSource.CONTEST)
    await filed(place.vendor, [await deliver(place, place.vendor, contest, RECORD)], PROVEN)
    _, (item,) = await filed(place.vendor, [await deliver(place, place.vendor, kind=RECORD)])
    _, (others,) = await filed(place.other_vendor, [await deliver(place, place.other_vendor, kind=RECORD)])
    wrong = ComplaintReason.WRONG_ADDRESS
    await filed(place.vendor, [await deliver(place, place.vendor, kind=RECORD)], reason=wrong)
    await database.clock.advance(2 * DAY)
    await say(place.operator, verdict(item, REJECTED))
    await database.clock.advance(2 * DAY)
    await say(place.operator, verdict(others))


def _lines(found: list[ComplaintStatistic]) -> list[tuple[object, ...]]:
    return [(one.key, one.filed, one.accepted, one.rejected, one.open, one.median_days) for one in found]


async def _ask(viewer: Viewer, by: StatisticsBy, *, own: bool = False) -> list[ComplaintStatistic]:
    return await complaint_statistics(connection(), viewer, by, own=own)


async def test_the_operator_sees_everything_exactly(place: Marketplace, database: Database) -> None:
    await _some(place, database)
    assert _lines(await _ask(place.operator, BY.SOURCE)) == [
        ("OPPORTUNITY", 3, 1, 1, 1, 3.0),
        ("CONTEST", 1, 1, 0, 0, 0.0),
    ]
    by_reason = await _ask(place.operator, BY.REASON)
    assert _lines(by_reason) == [
        ("NUMBER_DOES_NOT_EXIST", 3, 2, 1, 0, 2.0),
        ("WRONG_ADDRESS", 1, 0, 0, 1, None),
    ]
    assert {one.name for one in by_reason} == {None}


async def test_a_vendor_sees_no_other_buyer(place: Marketplace, database: Database) -> None:
    await _some(place, database)
    mine = (str(place.vendor.id), 3, 1, 1, 1, 1.0)
    others = (str(place.other_vendor.id), 1, 1, 0, 0, 4.0)
    assert _lines(await _ask(place.operator, BY.BUYER)) == [mine, others]
    assert _lines(await _ask(place.vendor.owner, BY.BUYER)) == [mine]
    (found,) = await _ask(place.other_vendor.owner, BY.BUYER)
    assert found.name == "Other Fake Vendor Ltd"


async def test_a_vendor_sees_its_own_numbers_and_the_marketplaces(
    place: Marketplace, database: Database
) -> None:
    await _some(place, database)
    assert _lines(await _ask(place.vendor.owner, BY.SOURCE, own=True)) == [
        ("OPPORTUNITY", 2, 0, 1, 1, 2.0),
        ("CONTEST", 1, 1, 0, 0, 0.0),
    ]
    await refused(_ask(place.operator, BY.SOURCE, own=True), RefusalCode.FORBIDDEN, "own")


async def test_a_period_selects_by_the_time_of_filing(place: Marketplace, database: Database) -> None:
    await _some(place, database)
    await filed(place.vendor, [await deliver(place, place.vendor, kind=RECORD)])
    viewer = place.operator
    early = await complaint_statistics(connection(), viewer, BY.SOURCE, until=START + DAY)
    late = await complaint_statistics(connection(), viewer, BY.SOURCE, since=START + DAY)
    assert (sum(one.filed for one in early), sum(one.filed for one in late)) == (4, 1)
    assert await complaint_statistics(connection(), viewer, BY.SOURCE, until=START) == []


@pytest.mark.parametrize("by", list(StatisticsBy))
async def test_nobody_else_sees_them_and_each_is_one_statement(
    place: Marketplace, database: Database, by: StatisticsBy
) -> None:
    for viewer in (place.vendor.employee, place.prospect.viewer, place.agent):
        await refused(_ask(viewer, by), RefusalCode.FORBIDDEN)
    for viewer in (place.operator, *([] if by is BY.DECIDER else [place.vendor.owner])):
        with recorded_statements() as statements:
            await _ask(viewer, by)
        assert len(statements) == 1


async def test_operators_see_who_decided_and_who_decided_against_the_rules(
    place: Marketplace, database: Database
) -> None:
    """What the rules decided, or nobody yet, has no key; a person has a name."""
    await _some(place, database)
    voicemail = ComplaintReason.VOICEMAIL
    _, (item,) = await filed(
        place.vendor, [await deliver(place, place.vendor, kind=RECORD)], reason=voicemail
    )
    await say(place.operator, verdict(item, override="The recording proves it."))
    found = {one.key: one for one in await _ask(place.operator, BY.DECIDER)}
    decider = found[str(place.operator.user_id)]
    assert (decider.filed, decider.accepted, decider.rejected, decider.overridden) == (3, 2, 1, 1)
    assert decider.name
    assert (found[""].filed, found[""].overridden, found[""].name) == (2, 0, None)
    assert sum(one.overridden or 0 for one in await _ask(place.operator, BY.REASON)) == 1


async def test_vendors_see_neither_who_decided_nor_overrides(place: Marketplace, database: Database) -> None:
    await _some(place, database)
    await refused(_ask(place.vendor.owner, BY.DECIDER), RefusalCode.FORBIDDEN, "by")
    await refused(_ask(place.vendor.owner, BY.DECIDER, own=True), RefusalCode.FORBIDDEN, "by")
    for by in (BY.REASON, BY.BUYER):
        assert {one.overridden for one in await _ask(place.vendor.owner, by, own=True)} == {None}
