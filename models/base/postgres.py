"""The connection pool: turns of users, time limits of reads, and how an outage is reported.

Tortoise finds `client_class` by this module's name (`settings.database`). Nothing is retried here: a commit
in doubt is the client's to repeat by its idempotency key.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import TracebackType
from typing import Any

import asyncpg
import structlog
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContext
from tortoise.connection import get_connections

from models.base.asking import asking
from models.base.metrics import DATABASE_AWAY
from models.base.turns import Turns
from models.base.unavailable import (
    DISK_FULL,
    READ_ONLY,
    TOOK_TOO_LONG,
    StandbyError,
    TooSlow,
    Unavailable,
    is_away,
    sqlstate,
)

CONNECT_SECONDS = 3.0
WAIT_SECONDS = 10.0  # for a connection, once it is one's turn
END_SECONDS = 2.0  # to roll back, or to give a connection back; then it is cut
KEPT_FOR_CHANGES = 5  # connections that reads leave alone, of a pool of ten or more; else half of them
ANSWER_SECONDS = 0.5  # for the database to say that it is there, when a statement took too long
QUIET_SECONDS = 10.0  # between two lines in the log about the same outage

_log = structlog.get_logger(__name__)


class PostgresClient(AsyncpgDBClient):
    """Tortoise's client over a pool in which nobody is in everybody's way."""

    def __init__(self, *, read_timeout_ms: int = 0, statements_per_user: int = 3, **rest: Any) -> None:
        """Take what `settings.database` says beside the driver's own; no limit of reads: 0."""
        super().__init__(**rest)
        reserved = min(KEPT_FOR_CHANGES, self.pool_maxsize // 2)
        reads = self.pool_maxsize - reserved
        self._reads = asyncio.Semaphore(reads)
        # However small the pool is, nobody's reads have all of it.
        self._turns_to_read = Turns(min(statements_per_user, max(1, reads // 2)))
        self._turns_to_change = Turns(statements_per_user)
        self.read_seconds = read_timeout_ms / 1000 or None
        self._logged_at: float | None = None
        self.disk_full_at: float | None = None

    async def create_pool(self, **options: Any) -> "asyncpg.Pool[asyncpg.Record]":
        """Make the pool; a connection to a standby never gets into it."""
        made: asyncpg.Pool[asyncpg.Record] = await super().create_pool(
            **options, init=refuse_standby, timeout=CONNECT_SECONDS
        )
        return made

    async def connect_apart(self) -> "asyncpg.Connection[asyncpg.Record]":
        """Return a connection outside the pool, whatever the server is; the caller closes it."""
        options: dict[str, Any] = {name: value for name, value in self.extra.items() if name != "reset"}
        options |= {"host": self.host, "port": self.port, "user": self.user, "password": self.password}
        options |= {"database": self.database, "server_settings": self.server_settings}
        made: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(**options, timeout=CONNECT_SECONDS)
        return made

    def acquire_connection(self) -> Any:
        """Give a connection for one statement."""
        whom = asking()
        if whom is None:
            return Turn(self)
        if whom.key is None:
            return Turn(self, seconds=self.read_seconds)
        if whom.reading:
            gates = (self._turns_to_read.of(whom.key), self._reads)
            return Turn(self, gates, self.read_seconds)
        return Turn(self, (self._turns_to_change.of(whom.key),))

    def _in_transaction(self) -> TransactionContext:
        return Transaction(self)

    async def take(self) -> Any:
        """Take a connection from the pool."""
        try:
            if self._pool is None:
                async with self._pool_init_lock:
                    if self._pool is None:  # another task may have made it meanwhile
                        await self.create_connection(with_db=True)
            pool: Any = self._pool
            async with asyncio.timeout(WAIT_SECONDS):
                return await pool.acquire()
        except Exception as error:
            await self.raise_as_outage(error)
            raise

    async def give_back(self, raw: Any, *, failed: bool) -> None:
        """Give a connection back, in a bounded time even if nobody answers."""
        pool: Any = self._pool
        # One that fails while it is given back is cut by the pool: nobody's answer depends on it.
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await pool.release(raw, timeout=END_SECONDS if failed else None)

    @asynccontextmanager
    async def whole(self) -> AsyncIterator[TransactionWrapper]:
        """Give one connection for one transaction: committed at the end, rolled back on any error."""
        whom = asking()
        # Never a turn of its user's reads.
        gates = (self._turns_to_change.of(whom.key),) if whom is not None and whom.key is not None else ()
        async with Turn(self, gates) as raw:
            wrapper = Statements(self, raw)
            try:
                await self._named(wrapper.begin())
                token = get_connections().set(self.connection_name, wrapper)
                try:
                    yield wrapper
                finally:
                    get_connections().reset(token)
                if not wrapper._finalized:
                    await self._named(wrapper.commit())
            except BaseException:
                if not wrapper._finalized:
                    await _rolled_back(wrapper, raw)
                raise

    async def _named(self, step: Any) -> None:
        try:
            await step
        except Exception as error:
            await self.raise_as_outage(error)
            raise

    async def answers(self) -> bool:
        """Tell whether the database answers at all: else it is no statement that takes too long."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                raw = await self.connect_apart()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        raw.terminate()
        return True

    def tell_away(self, error: BaseException, state: str = "") -> None:
        """Count that the database is away, and log it, not more often than every ten seconds."""
        DATABASE_AWAY.inc()
        if self._logged_at is None or time.monotonic() - self._logged_at >= QUIET_SECONDS:
            self._logged_at = time.monotonic()
            _log.warning("database_away", error=type(error).__name__, sqlstate=state or None)

    async def raise_as_outage(self, error: Exception) -> None:
        """Raise what an error of the driver's means, if it means that the database is away or too slow.

        A server that takes no changes any more has become a standby: all connections to it end.
        """
        whom = asking()
        writing = whom is not None and not whom.reading
        state = sqlstate(error)
        if state == TOOK_TOO_LONG and whom is not None:
            raise TooSlow(writing=writing) from error
        if not is_away(error):
            return
        if state == READ_ONLY:
            await self._expire_connections()
        if state == DISK_FULL:
            self.disk_full_at = time.monotonic()
        self.tell_away(error, state)
        raise Unavailable(writing=writing) from error


class Turn:
    """A connection once the gates before it are open, for `seconds` at most; all is given back at the end."""

    __slots__ = ("_client", "_gates", "_limit", "_passed", "_raw", "_seconds")

    def __init__(
        self,
        client: PostgresClient,
        gates: Sequence[AbstractAsyncContextManager[object]] = (),
        seconds: float | None = None,
    ) -> None:
        """Wait for nothing yet."""
        self._client, self._gates, self._seconds = client, gates, seconds
        self._passed = 0
        self._limit: asyncio.Timeout | None = None

    async def __aenter__(self) -> Any:
        try:
            for gate in self._gates:
                await gate.__aenter__()
                self._passed += 1
            self._raw = await self._client.take()
        except BaseException:
            await self._leave()
            raise
        if self._seconds is not None:
            self._limit = asyncio.timeout(self._seconds)
            await self._limit.__aenter__()
        return self._raw

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._limit is not None:
                await self._limit.__aexit__(kind, error, trace)
        except TimeoutError as late:
            if not await self._client.answers():
                self._client.tell_away(late)
                raise Unavailable from None
            raise TooSlow from None
        else:
            if isinstance(error, Exception):
                await self._client.raise_as_outage(error)
        finally:
            try:
                await self._client.give_back(self._raw, failed=error is not None)
            finally:
                await self._leave()

    async def _leave(self) -> None:
        for gate in self._gates[: self._passed]:
            await gate.__aexit__(None, None, None)


class Statements(TransactionWrapper):
    """Tortoise's client within one transaction, whose outages have the same name."""

    def __init__(self, client: PostgresClient, raw: Any) -> None:
        """Stand on a connection that the pool has given."""
        super().__init__(client)
        self._client = client
        self._connection = raw

    def acquire_connection(self) -> Any:
        """Give the transaction's connection for one statement."""
        return self._statement()

    @asynccontextmanager
    async def _statement(self) -> AsyncIterator[Any]:
        async with self._lock:
            try:
                yield self._connection
            except Exception as error:
                await self._client.raise_as_outage(error)
                raise


class Transaction(TransactionContext):
    """What Tortoise's `in_transaction` gives: one transaction of a `PostgresClient`."""

    def __init__(self, client: PostgresClient) -> None:
        """Begin nothing yet."""
        self._whole: AbstractAsyncContextManager[TransactionWrapper] = client.whole()

    async def __aenter__(self) -> TransactionWrapper:
        return await self._whole.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._whole.__aexit__(kind, error, trace)


async def refuse_standby(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Raise `StandbyError` for a server in recovery: what was closed meanwhile may not have arrived there."""
    if await connection.fetchval("SELECT pg_is_in_recovery()"):
        raise StandbyError("the database is a standby")


async def _rolled_back(wrapper: TransactionWrapper, raw: Any) -> None:
    try:
        async with asyncio.timeout(END_SECONDS):
            await wrapper.rollback()
    except Exception:  # noqa: BLE001 - whatever it is, the server rolls back once the connection is cut
        with contextlib.suppress(asyncpg.InterfaceError):  # it may be gone already
            raw.terminate()


client_class = PostgresClient
