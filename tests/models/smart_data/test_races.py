"""What happens at once: two users who search, and what changes while an answer is stored."""

import asyncio
from datetime import timedelta

import pytest

from models.base.database import connection, fetch, fetch_one
from models.base.refusal import Refusal
from models.process.wake import Silence
from models.reconciliation import reconcile
from models.smart_data.forget_expired import forget_expired
from models.smart_data.keep import keep_fields
from models.smart_data.organisation_people import remove_person
from models.smart_data.run import run_search
from models.smart_data.tables import SearchState
from models.tables import Organisation, OrganisationPerson, SmartSearch
from rules import production_parameters
from tests.support.concurrency import holding
from tests.support.database import Database
from tests.support.marketplace import START, MadeMarket, make_market
from tests.support.smart_data import (
    CONTEXT,
    FIRM,
    WEBSITE,
    Sources,
    by_lead,
    found,
    make_person,
    make_switched_on,
    run,
    search,
    search_again,
    searched,
)

SETTINGS = "SELECT FROM smart_data_settings WHERE account_id = $1 FOR UPDATE"
FIELD = "SELECT FROM found_field WHERE id = $1 FOR UPDATE"
ORGANISATION = "SELECT FROM organisation WHERE id = $1 FOR KEY SHARE"
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


@pytest.mark.parametrize("first", ["keeping", "a refresh"])
async def test_a_value_that_a_refresh_replaces_is_kept_or_the_user_is_told(
    database: Database, market: MadeMarket, first: str
) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead, Sources({WEBSITE: (found(value="Earlier"),)}))
    (field,) = await fetch(connection(), "SELECT id FROM found_field")
    await database.clock.advance(timedelta(days=1))
    again = await search_again(vendor.owner, lead, f"rita@{FIRM}")
    calls = {
        "keeping": keep_fields(vendor.owner, CONTEXT, [field["id"]], START + timedelta(days=30)),
        "a refresh": run(again, Sources({WEBSITE: (found(value="Later"),)})),
    }
    async with holding(database.url, FIELD, field["id"]) as meeting:
        await meeting.join(calls.pop(first))
        await meeting.join(*calls.values())
    outcomes = await meeting.outcomes()
    there = await fetch(connection(), "SELECT kept_until FROM found_field WHERE id = $1", field["id"])
    if first == "keeping":
        assert outcomes == [None, None]
        assert [row["kept_until"] for row in there] == [START + timedelta(days=30)]
    else:
        assert there == []
        assert isinstance(outcomes[1], Refusal)
        assert outcomes[1].code == "NOT_FOUND"


@pytest.mark.parametrize("leaves", ["the last person", "nobody"])
async def test_a_person_who_joins_while_an_organisation_is_deleted_stays_in_it(
    database: Database, market: MadeMarket, leaves: str
) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    other = await make_person(market, vendor, organisation=None)
    (organisation,) = await Organisation.filter(account_id=vendor.id)
    if leaves == "nobody":
        await OrganisationPerson.all().delete()
    async with holding(database.url, ORGANISATION, organisation.id) as meeting:
        await meeting.holder.execute(
            """INSERT INTO organisation_person (id, organisation_id, account_id, lead_id, added_at)
               VALUES (gen_random_uuid(), $1, $2, $3, $4)""",
            organisation.id,
            vendor.id,
            other.id,
            START,
        )
        deletes = forget_expired(START)
        if leaves == "the last person":
            deletes.close()
            await meeting.join(remove_person(vendor.owner, lead_id=lead.id))
        else:
            await meeting.join(deletes)
    assert not any(isinstance(one, Exception) for one in await meeting.outcomes())
    assert await OrganisationPerson.all().values_list("lead_id", flat=True) == [other.id]


async def test_a_deletion_finds_by_an_index_what_refers_to_the_row(database: Database) -> None:
    """Of rows that are deleted while others refer to them; without an index each deletion reads all."""
    rows = await fetch(
        connection(),
        """SELECT conrelid::regclass::text || '.' || attname AS referring
           FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
           WHERE contype = 'f' AND confrelid IN ('found_field'::regclass, 'organisation'::regclass)
             AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = conrelid AND indkey[0] = attnum)""",
    )
    assert [row["referring"] for row in rows] == []


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
