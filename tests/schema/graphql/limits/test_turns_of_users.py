"""One user's slow reads do not delay others, and end in time; tested over the API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
import pytest_asyncio

import embedded
from models.base.database import pool
from schema.graphql.ids import write_id
from tests.support.api import Api, api_settings, running_api
from tests.support.database import Database
from tests.support.marketplace import Marketplace

POINTS = "{ viewer { account { points } } }"
SIGN_OUT = "mutation { signOut { userErrors { code } } }"
PURCHASE = """mutation ($account: ID!) { pointsPurchase(input: {
    accountId: $account, points: 1, idempotencyKey: "one"}) { userErrors { code } } }"""
COUNTS = "{" + " ".join(f"a{one}: leads(first: 1) {{ totalCount }}" for one in range(12)) + "}"
SECONDS = 60.0  # a time limit, not a wait


@pytest_asyncio.fixture(loop_scope="session")
async def open_api(database: Database, services: embedded.Services, place: Marketplace) -> AsyncIterator[Api]:
    """The application on a separate marketplace."""
    async with running_api(api_settings(services, database.url)) as api:
        yield api


@asynccontextmanager
async def leads_held(database: Database) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Lock the table of leads so that readers wait."""
    holder = await asyncpg.connect(database.url)
    try:
        await holder.execute("BEGIN; LOCK TABLE lead IN ACCESS EXCLUSIVE MODE")
        yield holder
    finally:
        await holder.close()


async def reach(holder: "asyncpg.Connection[asyncpg.Record]", count: int) -> None:
    """Return once this many statements are waiting for it."""
    waiting = "SELECT count(*) FROM pg_locks WHERE relation = 'lead'::regclass AND NOT granted"
    async with asyncio.timeout(SECONDS):
        while await holder.fetchval(waiting) != count:  # noqa: ASYNC110 - the database sends no event
            await asyncio.sleep(0.005)


async def test_six_requests_of_many_counts_do_not_delay_other_users(
    open_api: Api, place: Marketplace, database: Database
) -> None:
    """The tests' pool has five connections: this user's reads get one of them."""
    vendor = await open_api.client(place.vendor.owner.user_id)
    again = await open_api.client(place.vendor.owner.user_id)
    rival = await open_api.client(place.other_vendor.owner.user_id)
    operator = await open_api.client(place.operator.user_id)
    account = write_id("Account", place.other_vendor.id)
    async with leads_held(database) as holder:
        slow = [asyncio.create_task(vendor.ask(COUNTS)) for _ in range(6)]
        await reach(holder, 1)
        async with asyncio.timeout(SECONDS):
            assert (await rival.ask(POINTS)).data["viewer"]["account"]["points"] == 100
            assert (await operator.ask(PURCHASE, account=account)).data["pointsPurchase"]["userErrors"] == []
            assert (await again.ask(SIGN_OUT)).data["signOut"]["userErrors"] == []  # the same user
        await reach(holder, 1)
    async with asyncio.timeout(SECONDS):
        for answer in await asyncio.gather(*slow):
            assert {field["totalCount"] for field in answer.data.values()} == {1}


async def test_a_read_that_takes_too_long_is_a_timeout_with_a_remedy(
    open_api: Api, place: Marketplace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = await open_api.client(place.vendor.owner.user_id)
    monkeypatch.setattr(pool(), "read_seconds", 0.1)
    async with leads_held(database), asyncio.timeout(SECONDS):
        answer = await vendor.ask("{ leads(first: 1) { nodes { id } } }")
    assert answer.codes == ["TIMEOUT"]
    assert answer.body["errors"][0]["message"] == (
        "A database query took too long and was cancelled. Request less data, or use a narrower filter."
    )
