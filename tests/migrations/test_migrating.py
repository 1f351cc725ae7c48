"""`leadgate migrate` while programs run: what adds first, what removes later, and locks of others."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg
import pytest

from cli.migrating import BlockedError, CutOffError, OlderReleaseError
from models.base.alone import AloneError, alone, session
from models.base.database import connection, fetch
from models.process.readiness import DatabaseWatch, Standing
from models.process.release import program, version
from models.process.schema_state import own_migrations
from settings import Settings
from tests.migrations.conftest import Migrate
from tests.migrations.grown import GrownMigrations
from tests.support.command import Command
from tests.support.database import Database

ADD = "9001_table"
REMOVE = "9002_contract_column"
LOCK = 815
NEWEST = own_migrations()[-1]


@pytest.fixture
def two_releases(grown: GrownMigrations) -> GrownMigrations:
    """A migration that adds a table with two columns, and one that removes one of them."""
    grown.sql(ADD, "CREATE TABLE grown_table (id int, old int)")
    grown.sql(REMOVE, "ALTER TABLE grown_table DROP COLUMN old")
    return grown


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks are awaited for an instant only, and nothing is said before that is over."""
    monkeypatch.setattr("cli.migrating.LOCK_TIMEOUT", "20ms")
    monkeypatch.setattr("cli.migrating.PAUSE_SECONDS", 0.01)


async def test_what_removes_waits_until_it_is_asked_for(
    two_releases: GrownMigrations, run_migrate: Migrate
) -> None:
    state = await run_migrate()
    assert (await columns(), state.lacking, state.contracts) == (["id", "old"], (), (REMOVE,))
    state = await run_migrate(contract=True)
    assert (await columns(), state.contracts) == (["id"], ())


async def test_a_migration_and_its_record_are_one_transaction(
    two_releases: GrownMigrations, run_migrate: Migrate
) -> None:
    """Otherwise a command that is killed in between could never be repeated."""
    two_releases.add("9004_index", "[IndexConcurrently('grown_index', 'grown_table (id)')]", atomic=False)
    await run_migrate()
    sql = """SELECT name, record.xmin = made.xmin AS together, count(*) OVER (PARTITION BY name) AS times
             FROM tortoise_migrations AS record, pg_class AS made
             WHERE record.name LIKE '9%' AND made.relname = 'grown_table' ORDER BY name"""
    found = [tuple(row) for row in await fetch(connection(), sql)]
    assert found == [(ADD, True, 1), ("9004_index", False, 1)]


@pytest.mark.parametrize("whose", ["=", "<>"])
async def test_a_connection_that_ends_is_one_line_and_the_next_run_continues(
    two_releases: GrownMigrations, run_migrate: Migrate, whose: str
) -> None:
    """That of the migration itself, and the one that keeps other commands from migrating."""
    two_releases.sql(
        "9003_cut_off",
        f"""SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
            AND application_name = '{program("migrate")}' AND pid {whose} pg_backend_pid()
            AND to_regclass('market_cut_off') IS NULL""",
    )
    with pytest.raises(CutOffError, match=r"run the command again: it continues where it stopped$"):
        await run_migrate()
    assert await columns() == ["id", "old"]
    await fetch(connection(), "CREATE TABLE market_cut_off ()")
    try:
        assert (await run_migrate()).lacking == ()
    finally:
        await fetch(connection(), "DROP TABLE market_cut_off")


async def test_a_later_release_can_be_added_while_what_removes_waits(
    two_releases: GrownMigrations, run_migrate: Migrate
) -> None:
    await run_migrate()
    two_releases.sql("9003_column", "ALTER TABLE grown_table ADD COLUMN new int")
    state = await run_migrate()
    assert (await columns(), state.contracts) == (["id", "old", "new"], (REMOVE,))


@pytest.mark.parametrize("name", ["leadgate/0.0.9 serve", "leadgate/0.0.10 worker"])
async def test_nothing_is_removed_while_an_older_release_is_connected(
    two_releases: GrownMigrations, run_migrate: Migrate, database: Database, name: str
) -> None:
    await run_migrate()
    async with session(database.url, name):
        with pytest.raises(OlderReleaseError, match=rf"older release are connected: {name} \(1\)"):
            await run_migrate(contract=True)
    assert await columns() == ["id", "old"]


@pytest.mark.parametrize("name", [f"leadgate/{version()} serve", "leadgate/999.0 worker", "psql"])
async def test_programs_of_this_release_and_others_may_stay(
    two_releases: GrownMigrations, run_migrate: Migrate, database: Database, name: str
) -> None:
    await run_migrate()
    async with session(database.url, name):
        await run_migrate(contract=True)
    assert await columns() == ["id"]


async def test_older_releases_are_seen_by_a_role_without_rights(
    two_releases: GrownMigrations,
    run_migrate: Migrate,
    database: Database,
    settings_of: Callable[..., Settings],
) -> None:
    await run_migrate()
    async with guest() as role:
        url = database.url.replace("postgres://postgres@", f"postgres://{role}@")
        async with session(database.url, "leadgate/0.0.9 serve"):
            with pytest.raises(OlderReleaseError, match=r"leadgate/0\.0\.9 serve \(1\)"):
                await run_migrate(settings=settings_of(database_url=url), contract=True)


async def test_nothing_is_removed_behind_a_pooler_without_a_word(
    two_releases: GrownMigrations,
    run_migrate: Migrate,
    database: Database,
    settings_of: Callable[..., Settings],
) -> None:
    """PostgreSQL sees the pooler's connections, not the programs."""
    pooled = settings_of(database_pooler="transaction", database_url_direct=database.url)
    await run_migrate(settings=pooled)
    with pytest.raises(OlderReleaseError, match="--all-updated"):
        await run_migrate(settings=pooled, contract=True)
    await run_migrate(settings=pooled, contract=True, all_updated=True)
    assert await columns() == ["id"]


async def test_servers_accept_a_newer_schema_and_refuse_an_older_one(
    two_releases: GrownMigrations, run_migrate: Migrate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits to be removed does not count as lacking."""
    newer = DatabaseWatch()
    try:
        assert (await newer.look()).standing is Standing.OLDER_SCHEMA
        await run_migrate()
        assert (await newer.look()).standing is Standing.OK
        monkeypatch.undo()  # the release of before
        older = DatabaseWatch()
        assert (await older.look()).standing is Standing.OK
        await older.close()
    finally:
        await newer.close()


async def test_a_migration_waits_for_a_long_reader_without_holding_up_others(
    two_releases: GrownMigrations, run_migrate: Migrate, database: Database
) -> None:
    """It gives up its place after `lock_timeout`, and tries again."""
    await run_migrate()
    two_releases.sql("9003_column", "ALTER TABLE grown_table ADD COLUMN new int")
    reader, heard = await asyncpg.connect(database.url), list[str]()
    try:
        reading = reader.transaction()
        await reading.start()
        await reader.execute("SELECT FROM grown_table")
        loop, third = asyncio.get_running_loop(), asyncio.Event()

        def hear(line: str) -> None:
            heard.append(line)
            if len(heard) == 3:
                loop.call_soon_threadsafe(third.set)

        migrating = asyncio.ensure_future(run_migrate(say=hear))
        await third.wait()
        await fetch(connection(), "SELECT count(*) FROM grown_table")
        assert await columns() == ["id", "old"]
        await reading.rollback()
        await migrating
    finally:
        await reader.close()
    assert heard[0] == "A table is in use; trying again (1 of 20) ..."
    assert await columns() == ["id", "old", "new"]


async def test_a_migration_that_gets_no_lock_names_who_holds_it_and_continues_later(
    two_releases: GrownMigrations, run_migrate: Migrate, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.migrating.TRIES", 2)
    await run_migrate()
    two_releases.sql("9003_first", "ALTER TABLE grown_table ADD COLUMN first int")
    two_releases.add(
        "9004_second",
        "[ops.RunSQL(['ALTER TABLE grown_table ADD COLUMN second int'], reverse_sql=['SELECT']),"
        " ops.RunSQL(['ALTER TABLE market ADD COLUMN grown int'], reverse_sql=['SELECT'])]",
    )
    async with session(database.url, "a report") as reader:
        reading = reader.transaction()
        await reading.start()
        await reader.execute("LOCK market IN ACCESS SHARE MODE")
        with pytest.raises(
            BlockedError, match=rf"^9004_second: .* {reader.get_server_pid()} \(a report\) has"
        ):
            await run_migrate()
        assert await columns() == ["id", "old", "first"]
        await reading.rollback()
    await run_migrate()
    assert await columns() == ["id", "old", "first", "second"]
    await fetch(connection(), "ALTER TABLE market DROP COLUMN grown")


async def test_an_index_is_built_without_a_lock_and_an_invalid_one_again(
    two_releases: GrownMigrations, run_migrate: Migrate, database: Database
) -> None:
    """A writer that is under way delays it without end of patience, and does not wait for it."""
    await run_migrate()
    await fetch(connection(), "CREATE INDEX grown_index ON grown_table (old)")
    await fetch(
        connection(), "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'grown_index'::regclass"
    )
    two_releases.add("9003_index", "[IndexConcurrently('grown_index', 'grown_table (id)')]", atomic=False)
    async with session(database.url, "a writer") as writer:
        writing = writer.transaction()
        await writing.start()
        await writer.execute("INSERT INTO grown_table (id) VALUES (1)")
        migrating = asyncio.ensure_future(run_migrate())
        while not await fetch(
            connection(),
            "SELECT FROM pg_stat_activity WHERE wait_event = 'virtualxid' OR wait_event_type = 'Lock'",
        ):
            assert not migrating.done()
            await asyncio.sleep(0.01)
        await writer.execute("INSERT INTO grown_table (id) VALUES (2)")
        await writing.commit()
        await migrating
    sql = """SELECT indisvalid AS valid, pg_get_indexdef(indexrelid) AS text FROM pg_index
             WHERE indexrelid = 'grown_index'::regclass"""
    (row,) = await fetch(connection(), sql)
    assert (row["valid"], row["text"].endswith("(id)")) == (True, True)


async def test_two_do_not_migrate_at_once(
    run_migrate: Migrate, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second waits for a minute at most, then names the first."""
    monkeypatch.setattr("models.base.alone.WAIT_SECONDS", 0.0)
    async with alone(database.url, LOCK, "leadgate/1.2.3 migrate") as first:
        pid = first.get_server_pid()
        with pytest.raises(AloneError, match=rf"PostgreSQL's process {pid} \(leadgate/1\.2\.3 migrate\)"):
            async with alone(database.url, LOCK, program("migrate")):
                pass
    async with alone(database.url, LOCK, program("migrate")):
        pass


async def test_a_lock_is_taken_as_soon_as_it_is_free(database: Database) -> None:
    taken = asyncio.Event()

    async def second() -> None:
        async with alone(database.url, LOCK, "second"):
            taken.set()

    async with alone(database.url, LOCK, "first"):
        waiting = asyncio.create_task(second())
        while not await fetch(connection(), "SELECT FROM pg_stat_activity WHERE application_name = 'second'"):  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.01)
        assert not taken.is_set()
    await waiting
    assert taken.is_set()


async def test_check_tells_by_its_exit_code_how_the_schema_compares(leadgate: Command) -> None:
    shown = await leadgate("migrate", "--check")
    assert (shown.code, shown.out) == (0, "The database schema is up to date.\n")
    await fetch(connection(), "UPDATE tortoise_migrations SET name = '9999_future' WHERE name = $1", NEWEST)
    shown = await leadgate("migrate", "--check")
    assert (shown.code, shown.out) == (
        3,
        f"The database schema is behind this release: {NEWEST} not applied.\n",
    )
    await fetch(connection(), "UPDATE tortoise_migrations SET name = $1 WHERE name = '9999_future'", NEWEST)
    await fetch(
        connection(),
        "INSERT INTO tortoise_migrations (app, name, applied_at) VALUES ('models', '9999_future', now())",
    )
    shown = await leadgate("migrate", "--check")
    await fetch(connection(), "DELETE FROM tortoise_migrations WHERE name = '9999_future'")
    assert (shown.code, shown.out) == (
        4,
        "The database schema is newer than this release: 9999_future unknown.\n",
    )


async def test_a_role_gets_the_time_limit_that_poolers_drop(leadgate: Command, database: Database) -> None:
    async with guest() as role:
        url = database.url.replace("postgres://postgres@", f"postgres://{role}@")
        shown = await leadgate(
            "migrate",
            "--role",
            DATABASE_URL=url,
            DATABASE_URL_DIRECT=database.url,
            DATABASE_POOLER="transaction",
            STATEMENT_TIMEOUT_MS="7000",
        )
        assert (shown.code, shown.err) == (0, "")
        assert f'ALTER ROLE "{role}" SET statement_timeout = ' in shown.out
        stranger = await asyncpg.connect(url)
        try:
            assert await stranger.fetchval("SHOW statement_timeout") == "7s"
            assert await stranger.fetchval("SHOW random_page_cost") == "1.1"
            assert await stranger.fetchval("SHOW jit") == "off"
        finally:
            await stranger.close()


@asynccontextmanager
async def guest() -> AsyncIterator[str]:
    """A role that may read which migrations were applied, and nothing else."""
    await fetch(connection(), "CREATE ROLE grown_guest LOGIN")
    await fetch(connection(), "GRANT SELECT ON tortoise_migrations TO grown_guest")
    try:
        yield "grown_guest"
    finally:
        await fetch(connection(), "DROP OWNED BY grown_guest")
        await fetch(connection(), "DROP ROLE grown_guest")


async def columns() -> list[str]:
    """The columns of the tests' table, in their order."""
    sql = """SELECT attname::text AS name FROM pg_attribute WHERE attrelid = to_regclass('grown_table')
             AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""
    return [row["name"] for row in await fetch(connection(), sql)]
