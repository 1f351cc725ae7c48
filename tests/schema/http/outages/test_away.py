"""A database that is down is reported as unavailable: never as an internal fault, never as success."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from jobs.functions import sweep as sweep_job
from jobs.safety_net import keep_sweeping
from jobs.sweeping import Sweeper
from models.base.database import connection, fetch, pool
from models.base.metrics import SWEEP_FAILURES
from models.base.postgres import PostgresClient
from models.base.time_limit import time_limit
from models.base.unavailable import Unavailable, is_away
from models.process.wake import Silence
from schema.files.links import file_url
from schema.graphql.ids import write_id
from tests.schema.http.outages.conftest import DECLINE, POINTS, PURCHASE, Outage, says_away
from tests.schema.http.wire import REVEALS, errors_of, signed_in, streaming
from tests.support.api import Answer
from tests.support.marketplace import apply

GRAPHQL = {"Accept": "application/graphql-response+json"}
LEADS = "{ leads(first: 1) { nodes { id } } }"


def counted() -> float:
    """Return how often the database was found unavailable."""
    return REGISTRY.get_sample_value("leadgate_database_away_total") or 0.0


async def purchase(outage: Outage, key: str) -> Answer:
    """Buy seven points for the vendor."""
    return await outage.operator.ask(PURCHASE, account=write_id("Account", outage.place.vendor.id), key=key)


async def works(outage: Outage) -> None:
    """Return once the database responds again."""
    async with asyncio.timeout(60):
        while (await outage.vendor.ask(POINTS)).status != 200:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def ledger_held(outage: Outage) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Lock the ledger so that writers wait."""
    holder = await asyncpg.connect(outage.database.url)
    try:
        await holder.execute("BEGIN; LOCK TABLE posting_group IN SHARE MODE")
        yield holder
    finally:
        await holder.close()


_WAITING = "pg_locks WHERE NOT granted AND relation = 'posting_group'::regclass"


async def until_waiting(holder: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Return once a session is waiting for the ledger."""
    async with asyncio.timeout(60):
        while not await holder.fetchval(f"SELECT count(*) FROM {_WAITING}"):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)


async def end_who_waits(holder: "asyncpg.Connection[asyncpg.Record]") -> None:
    """End the sessions that wait for the ledger, once there is one."""
    await until_waiting(holder)
    await holder.execute(f"SELECT pg_terminate_backend(pid) FROM {_WAITING}")


async def test_a_dead_database_is_reported_as_unavailable_not_as_a_fault(outage: Outage) -> None:
    before = counted()
    application = write_id("Application", await apply(outage.place.vendor, outage.place.lead))
    await outage.kill()
    with capture_logs() as lines:
        assert says_away(await outage.vendor.ask(POINTS))
        assert says_away(await outage.vendor.ask(LEADS, GRAPHQL))
        assert says_away(await outage.nobody_signs_in(), writing=True)
        assert says_away(await outage.prospect.ask(DECLINE, id=application), writing=True)
        assert says_away(await purchase(outage, "away"), writing=True)
    assert "fault" not in {line["event"] for line in lines}
    assert counted() >= before + 5
    outage.revive()
    await works(outage)
    answer = await outage.prospect.ask(DECLINE, id=application)
    assert answer.data["applicationDecline"]["application"] == {"status": "DECLINED"}


async def test_a_mutation_whose_connection_is_cut_changed_nothing_and_its_key_works_once(
    outage: Outage,
) -> None:
    before = await outage.points()
    async with ledger_held(outage) as holder:
        task = asyncio.create_task(purchase(outage, "one"))
        await end_who_waits(holder)
        assert says_away(await task, writing=True)
    assert await outage.points() == before
    for _ in range(2):
        answer = await purchase(outage, "one")
        assert answer.data["pointsPurchase"]["userErrors"] == []
    assert await outage.points() == before + 7


async def test_the_server_itself_retries_nothing(outage: Outage) -> None:
    """The session that was cut was the only attempt: the next change is the client's own."""
    before = await outage.points()
    async with ledger_held(outage) as holder:
        task = asyncio.create_task(purchase(outage, "two"))
        await end_who_waits(holder)
        await task
        assert await holder.fetchval(f"SELECT count(*) FROM {_WAITING}") == 0
    assert await outage.points() == before


async def test_a_read_only_database_is_unavailable_and_its_connections_are_closed(outage: Outage) -> None:
    """Reads continue; changes are refused as a whole, and later ones use new connections."""
    before = await outage.points()
    async with outage.read_only():
        generation = pool()._pool._generation  # type: ignore[union-attr]
        assert says_away(await purchase(outage, "three"), writing=True)
        assert pool()._pool._generation > generation  # type: ignore[union-attr]
        assert (await outage.vendor.ask(POINTS)).status == 200
        assert await outage.points() == before
    assert (await purchase(outage, "three")).data["pointsPurchase"]["userErrors"] == []
    assert await outage.points() == before + 7


async def test_contact_data_is_not_shown_to_operators_if_it_cannot_be_logged(outage: Outage) -> None:
    async with outage.read_only():
        answer = await outage.operator.ask("{ leads(first: 1) { nodes { contact { phone } } } }")
        assert says_away(answer)
        assert answer.body.get("data") is None


async def test_too_many_connections_are_an_outage_too(outage: Outage) -> None:
    """All connections of the server are in use: the client may retry."""
    administrator = await asyncpg.connect(outage.services.admin_url())
    try:
        await administrator.execute("CREATE ROLE guest LOGIN CONNECTION LIMIT 0")
        url = outage.database.url.replace("postgres://postgres@", "postgres://guest@")
        guest = PostgresClient(connection_name="guest", **outage.credentials(url))
        with pytest.raises(Unavailable):
            await fetch(guest, "SELECT 1")
        await guest.close()
    finally:
        await administrator.execute("DROP ROLE IF EXISTS guest")
        await administrator.close()


async def test_a_role_that_may_no_longer_log_in_is_an_outage_too(outage: Outage) -> None:
    """As after a change of its password: connections that are open go on, and a new one is an outage."""
    administrator = await asyncpg.connect(outage.services.admin_url())
    try:
        await administrator.execute("CREATE ROLE guest LOGIN")
        url = outage.database.url.replace("postgres://postgres@", "postgres://guest@")
        guest = PostgresClient(connection_name="guest", **outage.credentials(url))
        assert len(await fetch(guest, "SELECT 1")) == 1
        await administrator.execute("ALTER ROLE guest NOLOGIN")
        async with guest.acquire_connection() as raw:
            assert await raw.fetchval("SELECT 1") == 1
            with pytest.raises(Unavailable):
                await fetch(guest, "SELECT 1")
            await administrator.execute("ALTER ROLE guest LOGIN")
            assert len(await fetch(guest, "SELECT 1")) == 1
        await guest.close()
    finally:
        await administrator.execute("DROP ROLE IF EXISTS guest")
        await administrator.close()


def test_a_password_that_was_changed_is_an_outage_too() -> None:
    assert is_away(asyncpg.InvalidPasswordError("password authentication failed"))


async def test_a_download_gets_503_and_when_to_retry(outage: Outage) -> None:
    issuer, now = outage.api.services.authentication.issuer, outage.api.services.now()
    link = file_url(issuer, outage.place.lead.id, now)
    assert (await outage.api.http.get(link)).status_code == 404
    await outage.kill()
    answer = await outage.api.http.get(link)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert "Try again in 1 s" in answer.text
    outage.revive()
    await works(outage)


async def test_a_subscription_that_cannot_begin_ends_as_unavailable_and_the_socket_stays(
    outage: Outage,
) -> None:
    """A query over the same socket ends in the same way; both work again afterwards."""
    token = outage.vendor.token or ""
    async with signed_in(outage.port, token) as socket:
        await outage.kill()
        for name, document in (("1", REVEALS), ("2", POINTS)):
            await socket.subscribe(name, document)
            (error,) = errors_of(await socket.take(name))
            assert error["extensions"] == {"code": "UNAVAILABLE", "retryAfter": 1}
        await socket.subscribe("3", PURCHASE, account="x", key="x")
        (error,) = errors_of(await socket.take("3"))
        assert error["message"].endswith("Retry it with the same idempotencyKey.")
        outage.revive()
        await works(outage)
        assert (await socket.ask("4", POINTS))["viewer"]["account"]["points"] == await outage.points()


async def test_a_subscription_whose_first_reading_fails_ends_as_unavailable(
    outage: Outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user was authenticated, then the feed's position could not be read."""

    async def gone(*_: object) -> int:
        await pool().raise_as_outage(ConnectionResetError())
        raise AssertionError

    monkeypatch.setattr("schema.graphql.following.feed_reader.feed_position", gone)
    with capture_logs() as lines:
        async with signed_in(outage.port, outage.vendor.token or "") as socket:
            await socket.subscribe("1", REVEALS)
            (error,) = errors_of(await socket.take("1"))
            assert error["extensions"] == {"code": "UNAVAILABLE", "retryAfter": 1}
        async with streaming(outage.port, outage.vendor.token, REVEALS) as events:
            _, data = await events.next()
            assert data["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    assert "fault" not in {line["event"] for line in lines}


async def test_no_request_waits_forever_for_a_frozen_database(
    outage: Outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither new requests nor those in progress; afterwards everything works on good connections."""
    before = await outage.points()
    with monkeypatch.context() as patched:
        patched.setattr(pool(), "read_seconds", 0.2)
        for name in ("hosts.CONNECT_SECONDS", "postgres.WAIT_SECONDS", "postgres.END_SECONDS"):
            patched.setattr(f"models.base.{name}", 0.2)
        async with ledger_held(outage) as holder:
            changing = asyncio.create_task(purchase(outage, "frozen"))
            await until_waiting(holder)
            with outage.frozen():
                async with asyncio.timeout(60):
                    for answer in await asyncio.gather(outage.vendor.ask(POINTS), purchase(outage, "new")):
                        assert set(answer.codes) == {"UNAVAILABLE"}
                        assert (answer.codes != [], answer.status) == (True, 503)
                    changing.cancel()  # like the limit of an operation's time
                    await asyncio.wait({changing})
        await works(outage)
    async with asyncio.timeout(60):
        while (await purchase(outage, "frozen")).status != 200:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.02)
    assert await outage.points() == before + 7


@contextlib.asynccontextmanager
async def unconfirmed(outage: Outage) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Let each commit wait for a standby that does not exist; yield an administrator's connection."""
    ((name,),) = await fetch(connection(), "SELECT current_database()")
    administrator = await asyncpg.connect(outage.services.admin_url())
    try:
        await administrator.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = on')
        await administrator.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        await administrator.execute("SELECT pg_reload_conf()")
        await pool()._expire_connections()
        yield administrator
    finally:
        await administrator.execute("ALTER SYSTEM RESET synchronous_standby_names")
        await administrator.execute("SELECT pg_reload_conf()")
        await administrator.execute(f'ALTER DATABASE "{name}" RESET synchronous_commit')
        await administrator.close()
        await pool()._expire_connections()


async def test_a_commit_that_no_standby_confirms_is_not_acknowledged(
    outage: Outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is promised that a failover could lose; the key gives the result when it is safe."""
    before = await outage.points()
    limits: list[time_limit] = []

    def no_limit_yet(_: float) -> time_limit:
        limits.append(time_limit(3_600))
        return limits[-1]

    commits_wait = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    with monkeypatch.context() as patched:
        patched.setattr("schema.graphql.limits.while_running.time_limit", no_limit_yet)
        async with unconfirmed(outage) as administrator, asyncio.timeout(60):
            changing = asyncio.create_task(purchase(outage, "unconfirmed"))
            while not await administrator.fetchval(commits_wait):  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0.01)
            limits[-1].end()  # the operation's time is over
            (error,) = (await changing).body["errors"]
    assert error["extensions"]["code"] == "TIMEOUT"
    assert "It may still have been carried out." in error["message"]
    for _ in range(2):
        answer = await purchase(outage, "unconfirmed")
        assert answer.data["pointsPurchase"]["userErrors"] == []
    assert await outage.points() == before + 7


async def test_workers_resume_by_themselves_and_report_no_fault(outage: Outage) -> None:
    """During the outage, a wake-up does nothing; afterwards the safety net settles what became due."""
    await apply(outage.place.vendor, outage.place.lead)
    sweeper = Sweeper(Silence(), 10)
    await outage.kill()
    before = SWEEP_FAILURES._value.get()
    with capture_logs() as lines:
        assert await sweep_job({"sweeper": sweeper}) == 0
        pauses = asyncio.Queue[float]()

        async def pause(seconds: float) -> None:
            await pauses.put(seconds)
            await asyncio.sleep(0.02)

        net = asyncio.create_task(keep_sweeping(sweeper, pause=pause))
        async with asyncio.timeout(60):
            assert await pauses.get() == 1.0
            outage.revive()
            await works(outage)
            await outage.database.clock.advance(timedelta(hours=24))
            while await waiting(outage):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.02)
        net.cancel()
        await asyncio.gather(net, return_exceptions=True)
    assert SWEEP_FAILURES._value.get() > before
    assert [line for line in lines if line["log_level"] == "error"] == []


async def waiting(outage: Outage) -> int:
    """How many deadlines are due but not done."""
    rows = await fetch(
        connection(), "SELECT 1 FROM deadline WHERE done_at IS NULL AND due_at <= leadgate_clock()"
    )
    return len(rows)
