"""Behind a pooler in transaction mode, each transaction may run on another connection to PostgreSQL."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

import embedded
from cli.before_start import look_before_start
from models.base.alone import _refuse_pooler, session
from models.base.database import connection, fetch, pool, transaction
from models.base.unavailable import Unavailable
from models.deadlines.sweep import sweep
from models.process.readiness import DatabaseWatch, Standing
from models.process.wake import Silence
from models.reconciliation import reconcile
from models.seed import seed
from settings import Settings, SettingsError, load
from tests.support.api import HASH_KEY, SECRET, Client, api_settings, running_api
from tests.support.command import Command
from tests.support.database import Database
from tests.support.pooler import SERVERS, Pooler, connected_through, pooler_of

ROOT = Path(__file__).parents[2]
CLIENTS = 20
# What belongs to a session: settings, locks, channels, temporary tables, prepared statements, open cursors.
OF_SESSIONS = re.compile(
    r"""["';]\s*(
        SET\s+(?!LOCAL\b|TRANSACTION\b|CONSTRAINTS\b)
      | (UN)?LISTEN\b | PREPARE\b
      | CREATE\s+(LOCAL\s+|GLOBAL\s+)?TEMP(ORARY)?\b | DECLARE\s+\w+\s+.*\bCURSOR\b
    ) | \bpg_(try_)?advisory_lock(_shared)?\( | \bset_config\([^)]*,\s*false\)""",
    re.VERBOSE,
)
# The one lock of a session, which refuses poolers; and settings of a migration's own connection.
ALLOWED = {"models/base/alone.py", "models/base/indexes.py"}


@pytest_asyncio.fixture(loop_scope="session")
async def pooler(database: Database) -> AsyncIterator[Pooler]:
    """A pooler with two connections, before the empty database."""
    async with pooler_of(database.url) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def pooled(pooler: Pooler) -> AsyncIterator[Pooler]:
    """The models are connected through the pooler, with up to twenty connections to it."""
    async with connected_through(pooler.url, pooler="transaction", pool_size=CLIENTS):
        yield pooler


def behind(pooler: Pooler, **given: object) -> Settings:
    """Settings whose database is behind a pooler."""
    named = {"database_url": pooler.url, "database_pooler": "transaction"}
    return load(**{**named, "database_url_direct": pooler.database_url, **given})


def test_no_statement_needs_a_session() -> None:
    """In the source of everything that runs in servers and workers."""
    found = [
        f"{path.relative_to(ROOT)}: {match.group().strip()}"
        for folder in ("models", "schema", "jobs")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in ALLOWED
        for match in OF_SESSIONS.finditer(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "sql",
    [
        "SET statement_timeout = 0",
        "SET SESSION search_path TO x",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_try_advisory_lock_shared(1)",
        "LISTEN feed",
        "CREATE TEMPORARY TABLE x (y int)",
        "PREPARE x AS SELECT 1",
        "SELECT set_config('a.b', 'c', false)",
    ],
)
def test_what_needs_a_session_is_recognised(sql: str) -> None:
    assert OF_SESSIONS.search(f'fetch(conn, "{sql}")')


@pytest.mark.parametrize(
    ("sql", "left"),
    [
        ("SET work_mem = '5MB'", "setting work_mem"),
        ("SELECT pg_advisory_lock(77)", "lock 77"),
        ("LISTEN feed", "channel feed"),
        ("CREATE TEMPORARY TABLE kept (y int)", "table kept"),
        ("PREPARE kept AS SELECT 1", "statement kept"),
        ("SET LOCAL work_mem = '5MB'", None),
        ("SELECT pg_advisory_xact_lock(77)", None),
    ],
)
async def test_the_pooler_notices_what_outlives_a_transaction(
    pooled: Pooler, sql: str, left: str | None
) -> None:
    async with transaction() as conn:
        await fetch(conn, sql)
    assert pooled.left_behind == ([left] if left else [])


async def test_each_transaction_runs_on_another_connection(pooled: Pooler) -> None:
    """Otherwise the tests here would prove little."""
    async with pool().acquire_connection() as raw:
        seen = [await raw.fetchval("SELECT pg_backend_pid()") for _ in range(4)]
    assert (len(set(seen)), seen[0] == seen[2], seen[1] == seen[3]) == (SERVERS, True, True)


async def test_everything_works_and_nothing_outlives_a_transaction(
    pooled: Pooler, services: embedded.Services, tmp_path: Path
) -> None:
    """The demo marketplace, sweeps, a reconciliation, and twenty requests at once."""
    settings = behind(pooled, hash_key=HASH_KEY, secret_key=SECRET, var_dir=tmp_path)
    await seed(settings)
    await asyncio.gather(*(sweep(Silence()) for _ in range(4)))
    assert (await reconcile()).findings == ()
    async with running_api(api_settings(services, pooled.url)) as api:
        sign_in = """mutation { signIn(input: { email: "vendor@demo.example", password: "leadgate-demo" }) {
            accessToken } }"""
        client = Client(api.http, (await api.nobody.ask(sign_in)).data["signIn"]["accessToken"])
        document = """{ viewer { id account { id } }
            leads(first: 10, filter: { contactVisible: true }) { nodes { id title contact { phone } } }
            applications(first: 10) { nodes { id status lead { id title } } } }"""
        answers = await asyncio.gather(*(client.ask(document) for _ in range(CLIENTS)))
        assert len({str(answer.data) for answer in answers}) == 1
    assert sorted(set(pooled.left_behind)) == []
    assert pooled.transactions > 200
    assert pooled.swaps > 100


@pytest.mark.parametrize("command", ["migrate", "seed"])
async def test_commands_with_a_lock_refuse_a_pooler(
    leadgate: Command, pooler: Pooler, database: Database, command: str
) -> None:
    """Nor is their lock left behind, for which all later ones would wait."""
    async with pooler_of(database.url, ignores=True) as ignoring:
        for url in (pooler.url, ignoring.url):
            shown = await leadgate(command, DATABASE_URL=url)
            assert (shown.code, len(shown.err.splitlines())) == (2, 1)
            assert shown.err.startswith("DATABASE_URL_DIRECT: a connection pooler is between")
    assert await fetch(connection(), "SELECT FROM pg_locks WHERE locktype = 'advisory'") == []


async def test_a_pooler_is_found_even_with_a_single_connection_and_no_load(database: Database) -> None:
    """By the key that it makes up; two transactions on its one connection would look like a session."""
    async with pooler_of(database.url, ignores=True) as made:
        made._free.pop().writer.close()
        async with session(made.url, "test") as connected:
            with pytest.raises(SettingsError, match="a connection pooler is between"):
                await _refuse_pooler(connected)


async def test_a_start_without_time_limits_is_refused_with_the_line_to_run(pooler: Pooler) -> None:
    with pytest.raises(SettingsError) as refused:
        await look_before_start(behind(pooler), "serve")
    assert str(refused.value) == (
        "DATABASE_POOLER: a pooler drops STATEMENT_TIMEOUT_MS, and the role has no time limit of its own; "
        "run `leadgate migrate --role`, or as a role that may: "
        "ALTER ROLE \"postgres\" SET statement_timeout = '30000ms'; "
        'ALTER ROLE "postgres" SET random_page_cost = 1.1; ALTER ROLE "postgres" SET jit = off; '
        "then let the pooler reconnect"
    )


@pytest.mark.parametrize("command", ["serve", "worker"])
async def test_servers_and_workers_do_not_start_without_time_limits(
    leadgate: Command, pooler: Pooler, command: str
) -> None:
    shown = await leadgate(command, DATABASE_URL=pooler.url, DATABASE_POOLER="transaction")
    assert (shown.code, len(shown.err.splitlines())) == (2, 1)
    assert "run `leadgate migrate --role`" in shown.err


async def test_a_pooler_that_ignores_settings_is_found_even_if_it_is_not_configured(
    database: Database,
) -> None:
    async with pooler_of(database.url, ignores=True) as made:
        with pytest.raises(SettingsError, match="a pooler drops STATEMENT_TIMEOUT_MS"):
            await look_before_start(load(database_url=made.url), "serve")


async def test_a_pooler_that_refuses_settings_is_named(pooler: Pooler) -> None:
    with pytest.raises(SettingsError, match="DATABASE_POOLER: DATABASE_URL leads to a pooler that refuses"):
        await look_before_start(load(database_url=pooler.url), "serve")


async def test_a_role_with_a_time_limit_may_start(database: Database) -> None:
    await fetch(connection(), "ALTER ROLE postgres SET statement_timeout = '30s'")
    try:
        async with pooler_of(database.url) as made:
            await look_before_start(behind(made), "serve")
    finally:
        await fetch(connection(), "ALTER ROLE postgres RESET statement_timeout")


async def test_no_request_runs_without_a_time_limit(pooler: Pooler) -> None:
    """Even if the database did not respond when the server started."""
    async with connected_through(pooler.url, pooler="transaction", statement_timeout_ms=30_000):
        watch = DatabaseWatch()
        try:
            with pytest.raises(Unavailable):
                await fetch(connection(), "SELECT 1")
            seen = await watch.look()
            assert (seen.standing, seen.can_answer) == (Standing.NO_TIME_LIMIT, False)
        finally:
            await watch.close()


async def test_few_connections_are_said_at_the_start(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of several processes with all their connections; PostgreSQL of the tests has a hundred."""
    await look_before_start(load(database_url=database.url, database_pool_size=20), "serve", processes=2)
    assert "connections_may_run_out" not in capsys.readouterr().out
    await look_before_start(load(database_url=database.url, database_pool_size=20), "serve", processes=9)
    assert "connections_may_run_out" in capsys.readouterr().out


async def test_a_database_that_does_not_respond_does_not_stop_the_start(tmp_path: Path) -> None:
    """The server waits for it, and `/readyz` says so."""
    await look_before_start(load(database_url=f"postgres://u@/d?host={tmp_path}"), "serve")


async def test_a_session_of_a_command_is_not_changed(database: Database) -> None:
    """PostgreSQL itself gives the same pid in the protocol and in two transactions."""
    plain = await asyncpg.connect(database.url)
    try:
        pids = {await plain.fetchval("SELECT pg_backend_pid()") for _ in range(2)}
        assert pids == {plain.get_server_pid()}
    finally:
        await plain.close()
