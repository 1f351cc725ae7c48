"""A standby of the tests' own PostgreSQL, made like a real one: a base backup, then the log.

The server that it follows stays unchanged.
"""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime

import asyncpg

import embedded
from embedded import postgres
from embedded.account import own_folder
from embedded.layout import SUPERUSER, Layout
from embedded.programs import programs
from supervision.process import end, run
from tests.support.database import Database
from tests.support.services import DISK, reachable_folder

SECONDS = 60.0  # a time limit, not a wait


@dataclass(frozen=True, slots=True)
class Standby:
    """A server that follows another one."""

    places: Layout

    def url(self, database: str) -> str:
        """Return the URL of one of its databases."""
        return self.places.database_url(database)

    @contextlib.asynccontextmanager
    async def connected(self, database: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """Connect to one of its databases, without our pool."""
        connection = await asyncpg.connect(self.url(database))
        try:
            yield connection
        finally:
            await connection.close()

    async def arrived(self, database: str, sql: str) -> None:
        """Return once a question that the primary answers with yes is answered so here."""
        async with asyncio.timeout(SECONDS), self.connected(database) as connection:
            while not await connection.fetchval(sql):  # noqa: ASYNC110 - the database sends no event
                await asyncio.sleep(0.01)

    async def arrived_until(self, database: str) -> datetime | None:
        """Return the commit time of the last change that has arrived here; pause later ones."""
        async with self.connected(database) as connection:
            await connection.execute("SELECT pg_wal_replay_pause()")
            state = "SELECT pg_get_wal_replay_pause_state()"
            while await connection.fetchval(state) != "paused":  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0.005)
            instant: datetime | None = await connection.fetchval("SELECT pg_last_xact_replay_timestamp()")
            return instant

    async def go_on(self, database: str) -> None:
        """Let changes arrive again."""
        async with self.connected(database) as connection:
            await connection.execute("SELECT pg_wal_replay_resume()")

    async def promote(self, database: str) -> None:
        """Make it an independent server, as a failover does."""
        async with self.connected(database) as connection:
            await connection.execute("SELECT pg_promote()")


async def name_of(database: Database) -> str:
    """Return the name of a database, which is the same on both servers."""
    connection = await asyncpg.connect(database.url)
    try:
        name: str = await connection.fetchval("SELECT current_database()")
        return name
    finally:
        await connection.close()


@contextlib.contextmanager
def standby_of(services: embedded.Services, *, durable: bool = False) -> Iterator[Standby]:
    """Copy a running server and follow it, on separate sockets; everything is removed at the end.

    A durable one is on disk, and flushes what it receives.
    """
    account = services._places.account
    binaries = programs(account)
    with reachable_folder("leadgate-standby-", parent=DISK if durable else None) as folder:
        places = Layout(folder, account, folder / "data", folder / "run")
        own_folder(places.data, account)
        own_folder(places.sockets, account)
        source = f"host={services._places.sockets} user={SUPERUSER}"
        command = [str(binaries.postgres.with_name("pg_basebackup")), "--pgdata"]
        command += [str(postgres.cluster(places)), "--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
        run([*command, "--dbname", source], account=account, env=_environment())
        child = postgres.launch(places, binaries, folder / "postgres.log", durable=durable)
        try:
            yield Standby(places)
        finally:
            end(child, (signal.SIGQUIT, 10.0))


def _environment() -> dict[str, str]:
    return {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
