"""A standby answers no requests: neither by its data nor by its clock, even if a server connects to it.

The standby follows the tests' own PostgreSQL and receives changes when a test lets them through.
"""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

import embedded
from models.accounts.sessions import begin_session
from models.accounts.tokens.access_token import TokenIssuer
from models.base.database import connection, fetch, transaction
from models.base.postgres import PostgresClient
from models.base.unavailable import Unavailable
from models.leads.list import leads_by_id
from rules.visibility import HIDDEN
from tests.models.base.conftest import client_of
from tests.schema.http.outages.conftest import POINTS, says_away
from tests.schema.http.test_processes import serving
from tests.support.api import SECRET, Client, EdgeClock
from tests.support.database import Database
from tests.support.marketplace import Marketplace, apply, make_marketplace
from tests.support.standby import Standby, name_of, standby_of

SECONDS = 60.0  # a time limit, not a wait
HOURS = timedelta(hours=48)


@pytest.fixture(scope="module")
def follower(services: embedded.Services) -> Iterator[Standby]:
    """A standby for tests that do not promote it."""
    with standby_of(services) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def standby(follower: Standby, database: Database) -> Standby:
    """See `Standby`; changes arrive until the test pauses them."""
    await follower.go_on("postgres")
    return follower


@pytest.fixture
def heir(services: embedded.Services, database: Database) -> Iterator[Standby]:
    """A standby that may be promoted."""
    with standby_of(services) as made:
        yield made


async def test_the_clock_of_a_standby_stands_still_at_what_has_arrived(
    standby: Standby, database: Database
) -> None:
    """It shows the instant of the last commit that has arrived, however long ago that was."""
    name = await name_of(database)
    market = await make_marketplace()
    # Wait for this lead: the standby began as a copy that may contain others.
    await standby.arrived(name, f"SELECT count(*) FROM lead WHERE id = '{market.lead.id}'")
    until = await standby.arrived_until(name)
    async with standby.connected(name) as there:
        readings = [await there.fetchval("SELECT leadgate_clock()") for _ in range(3)]
        assert readings == [until] * 3
        assert until < await there.fetchval("SELECT clock_timestamp()")


async def test_nothing_is_due_by_the_clock_of_a_new_standby(heir: Standby, database: Database) -> None:
    """It began as a copy, and no commit has arrived since; otherwise its clock behaves as above."""
    name = await name_of(database)
    until = await heir.arrived_until(name)
    async with heir.connected(name) as there:
        reading: datetime = await there.fetchval("SELECT leadgate_clock()")
    assert reading == (until or datetime(1970, 1, 1, tzinfo=UTC))


async def declined_behind_its_back(standby: Standby, name: str, patience: timedelta) -> Marketplace | None:
    """Return an application that was declined in time, is due by now, and is undeclined on the standby.

    None if the standby received a later change before it was paused, because the machine is too busy.
    """
    place = await make_marketplace()
    application = await apply(place.vendor, place.lead)
    rows = await fetch(
        connection(),
        """UPDATE application SET received_at = clock_timestamp() - $2::interval, submitted_at = received_at
           WHERE id = $1 RETURNING received_at""",
        application,
        HOURS - patience,
    )
    received: datetime = rows[0]["received_at"]
    due = received + HOURS
    moved = f"SELECT received_at = '{received}' FROM application WHERE id = '{application}'"
    await standby.arrived(name, moved)
    until = await standby.arrived_until(name)
    answered = "UPDATE application SET declined_at = $2 WHERE id = $1"
    await fetch(connection(), answered, application, due - HOURS / 2)
    if until is None or until >= due:
        await standby.go_on(name)
        return None
    left = "SELECT greatest(0, extract(epoch FROM $1 - clock_timestamp()))::float8 AS left"
    rows = await fetch(connection(), left, due)
    await asyncio.sleep(rows[0]["left"] + 0.01)  # by the machine's clock, which a test cannot set
    return place


async def test_a_standby_that_lags_shows_nothing_that_a_decline_closed(
    standby: Standby, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even without the check of connections: by the standby's clock, the person can still answer."""
    name = await name_of(database)
    place = None
    for seconds in (1, 4, 16):
        place = place or await declined_behind_its_back(standby, name, timedelta(seconds=seconds))
    assert place is not None
    viewer, lead = place.vendor.owner, place.lead.id
    shown = (await leads_by_id(connection(), viewer, [lead]))[lead]
    assert shown.visibility.rule_id == "declined_in_time"

    async def let_in(_: object) -> None: ...

    monkeypatch.setattr("models.base.postgres.refuse_standby", let_in)
    async with client_of(Database(standby.url(name))) as there:
        shown = (await leads_by_id(there, viewer, [lead]))[lead]
    assert (shown.visibility.verdict, shown.contact) == (HIDDEN, None)
    assert shown.visibility.rule_id == "still_waiting"


async def test_the_pool_takes_no_connection_to_a_standby(standby: Standby, database: Database) -> None:
    """Neither for reading nor for a change."""
    async with client_of(Database(standby.url(await name_of(database)))) as there:
        with pytest.raises(Unavailable):
            await fetch(there, "SELECT 1")
        with pytest.raises(Unavailable):
            await begin(there)


async def begin(client: PostgresClient) -> None:
    """Begin and end a transaction."""
    async with client._in_transaction():
        pass


async def test_a_server_on_a_standby_answers_nothing_until_it_is_promoted(
    heir: Standby, database: Database, services: embedded.Services, tmp_path: Path
) -> None:
    """After that it resumes automatically, as after a failover."""
    name = await name_of(database)
    place = await make_marketplace()
    async with transaction() as conn:
        issuer = TokenIssuer(SECRET.encode())
        owner = place.vendor.owner.user_id
        assert owner is not None
        signed_in = await begin_session(conn, issuer, owner, EdgeClock().now())
    await heir.arrived(name, "SELECT count(*) FROM refresh_token")
    there = Database(heir.url(name))
    with serving(there, services.redis_url, tmp_path, "server") as server:
        async with httpx.AsyncClient(base_url=server.address, timeout=SECONDS) as http:
            ready = await answering(http, "/readyz")
            assert (ready.status_code, ready.json()["database"]) == (503, "read only")
            vendor = Client(http, signed_in.access_token)
            for document in (POINTS, "{ leads(first: 1) { nodes { id } } }", "{ viewer { roles } }"):
                assert says_away(await vendor.ask(document))
            assert "fault" not in server.log.read_text()
            await heir.promote(name)
            async with asyncio.timeout(SECONDS):
                while (await http.get("/readyz")).status_code != 200:  # noqa: ASYNC110 - no event to wait for
                    await asyncio.sleep(0.05)
            answer = await vendor.ask(POINTS)
            assert answer.data["viewer"]["account"]["points"] == 100


async def answering(http: httpx.AsyncClient, path: str) -> httpx.Response:
    """Repeat the request until a server responds."""
    async with asyncio.timeout(SECONDS):
        while True:
            try:
                return await http.get(path)
            except httpx.TransportError:
                await asyncio.sleep(0.05)
