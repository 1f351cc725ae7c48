"""What happens at once: two users who search, and what changes while an answer is stored."""

import asyncio

import pytest

from models.base.database import connection, fetch, fetch_one
from models.base.refusal import Refusal
from models.process.wake import Silence
from models.reconciliation import reconcile
from models.smart_data.run import run_search
from models.smart_data.tables import SearchState
from models.tables import SmartSearch
from rules import production_parameters
from tests.support.concurrency import holding
from tests.support.database import Database
from tests.support.marketplace import START, MadeMarket, make_market
from tests.support.smart_data import (
    CONTEXT,
    WEBSITE,
    Sources,
    by_lead,
    found,
    make_person,
    make_switched_on,
    run,
    search,
    searched,
)

SETTINGS = "SELECT FROM smart_data_settings WHERE account_id = $1 FOR UPDATE"
PROSPECT = "SELECT FROM prospect WHERE id = $1 FOR UPDATE"


async def test_two_users_who_search_at_once_get_one_search(database: Database, market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    async with holding(database.url, SETTINGS, vendor.id) as meeting:
        for viewer in (vendor.owner, vendor.member):
            await meeting.join(search(viewer, by_lead(lead)))
    first, second = await meeting.outcomes()
    assert first == second
    assert await SmartSearch.all().count() == 1


async def test_the_limit_holds_for_searches_at_once(database: Database) -> None:
    parameters = production_parameters()
    parameters["smart_data"]["searches_an_hour"] = 1
    await database.clock.set(START)
    market = await make_market(parameters=parameters)
    vendor = await make_switched_on()
    leads = [await make_person(market, vendor, email=f"{name}@fake-firm.com") for name in ("a", "b")]
    async with holding(database.url, SETTINGS, vendor.id) as meeting:
        for lead in leads:
            await meeting.join(search(vendor.owner, by_lead(lead)))
    outcomes = await meeting.outcomes()
    assert sum(isinstance(one, Refusal) for one in outcomes) == 1
    assert await SmartSearch.all().count() == 1


async def test_an_erasure_that_is_under_way_when_the_answer_comes_wins(
    database: Database, market: MadeMarket
) -> None:
    """The answer waits for the person's lock, and is thrown away."""
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    search_id = await search(vendor.owner, by_lead(lead))
    sources = Sources({WEBSITE: (found(),)})
    async with holding(database.url, PROSPECT, lead.prospect.id) as meeting:
        await meeting.join(run_search(search_id, CONTEXT, sources.outside, Silence()))
        await meeting.holder.execute(
            "UPDATE prospect SET erased_at = $2 WHERE id = $1", lead.prospect.id, START
        )
    await meeting.outcomes()
    assert len(sources.asked) == 1
    assert (await SmartSearch.get(id=search_id)).state is SearchState.FAILED
    row = await fetch_one(connection(), "SELECT count(*) AS n FROM found_field")
    assert row is not None
    assert row["n"] == 0


async def test_an_answer_that_is_stored_twice_is_stored_once(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    search_id = await searched(vendor, await make_person(market, vendor))
    await asyncio.gather(*(run(search_id, Sources({WEBSITE: (found(value="Again"),)})) for _ in range(2)))
    rows = await fetch(connection(), "SELECT search_id FROM found_field")
    assert [row["search_id"] for row in rows] == [search_id]


PLANTED = [
    ("smart_data_charges_and_hits_agree", "UPDATE smart_search SET points = 2"),
    ("smart_data_charges_and_hits_agree", "UPDATE smart_search SET points = 0"),
    ("smart_data_charges_and_hits_agree", "DELETE FROM smart_search"),
    ("smart_data_searches_end", "DELETE FROM deadline WHERE kind = 'SMART_SEARCH_END'"),
    ("smart_data_searches_end", "UPDATE smart_search SET state = 'RUNNING', ended_at = NULL"),
]


@pytest.mark.parametrize(("check", "fault"), PLANTED)
async def test_a_planted_fault_is_found_and_nothing_without_one(
    database: Database, check: str, fault: str
) -> None:
    parameters = production_parameters()
    parameters["smart_data"]["points_a_hit"] = 3
    await database.clock.set(START)
    market = await make_market(parameters=parameters)
    vendor = await make_switched_on(10)
    await searched(vendor, await make_person(market, vendor))
    if "DELETE FROM deadline" in fault:
        await search(vendor.owner, by_lead(await make_person(market, vendor, email="b@fake-firm.com")))
    assert (await reconcile()).counts[check] == 0
    await database._connection.execute(fault)
    assert (await reconcile()).counts[check] > 0
