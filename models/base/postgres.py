"""The connection pool: turns of users, time limits of reads, and how an outage is reported.

Tortoise finds `client_class` by this module's name (`settings.database`). Nothing is retried here: the client
retries a commit in doubt with its idempotency key.
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
from models.base.at_hand import AtHand
from models.base.hosts import Hosts
from models.base.metrics import DATABASE_AWAY
from models.base.time_limit import time_limit
from models.base.turns import Turns
from models.base.unavailable import (
    DISK_FULL,
    READ_ONLY,
    TOOK_TOO_LONG,
    NoTimeLimitError,
    StandbyError,
    TooSlow,
    Unavailable,
    is_away,
    refuses_user,
    sqlstate,
)

WAIT_SECONDS = 10.0  # for a connection, once the caller has a turn
END_SECONDS = 2.0  # to roll back or return a connection; then it is cut
RESERVED_FOR_CHANGES = 5  # connections that reads leave alone, of a pool of ten or more; else half of them
ANSWER_SECONDS = 0.5  # for the database to respond after a statement took too long
QUIET_SECONDS = 10.0  # between two log lines about the same outage

HAS_NO_TIME_LIMIT = "(current_setting('statement_timeout') = '0')"
# Tortoise's own arguments, which our addresses replace.
_OF_ADDRESS = ("host", "port", "user", "password", "database")

_log = structlog.get_logger(__name__)


class PostgresClient(AsyncpgDBClient):
    """Tortoise's client over a pool that no single user can exhaust."""

    def __init__(
        self,
        *,
        dsns: Sequence[str],
        needs_time_limit: bool = False,
        read_timeout_ms: int = 0,
        statements_per_user: int = 3,
        takes_standby: bool = False,
        **rest: Any,
    ) -> None:
        """Take the options of `settings.database` in addition to the driver's; 0: no time limit for reads."""
        super().__init__(**rest)
        self._hosts = Hosts(dsns)
        self.needs_time_limit = needs_time_limit
        self._takes_standby = takes_standby
        reserved = min(RESERVED_FOR_CHANGES, self.pool_maxsize // 2)
        reads = self.pool_maxsize - reserved
        self._reads = asyncio.Semaphore(reads)
        # However small the pool, one user's reads never use all of it.
        self._turns_to_read = Turns(min(statements_per_user, max(1, reads // 2)))
        self._turns_to_change = Turns(statements_per_user)
        self.read_seconds = read_timeout_ms / 1000 or None
        self._logged_at: float | None = None
        self.disk_full_at: float | None = None
        self._was_admitted = False
        self._at_hand = AtHand(lambda raw: self._release(raw, END_SECONDS))
        self._closing = False
        self._waiting = 0  # for the pool
        self.expired = 0  # how often all connections were to be replaced

    async def create_pool(self, **options: Any) -> "asyncpg.Pool[asyncpg.Record]":
        """Create the pool, which contains no connection without time limits, and none to a standby unless
        it was told to.
        """
        for name in _OF_ADDRESS:
            options.pop(name, None)
        made: asyncpg.Pool[asyncpg.Record] = await super().create_pool(
            **options, init=self._accept, connect=self._connect
        )
        return made

    async def _connect(self, _: object, **options: Any) -> "asyncpg.Connection[asyncpg.Record]":
        return await self._hosts.connect(**options)

    async def _accept(self, raw: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._was_admitted = True
        if not self._takes_standby:
            await refuse_standby(raw)
        if self.needs_time_limit and await raw.fetchval(f"SELECT {HAS_NO_TIME_LIMIT}"):
            raise NoTimeLimitError("the database or a pooler ignores statement_timeout")

    async def connect_apart(self) -> "asyncpg.Connection[asyncpg.Record]":
        """Return a connection outside the pool, even to a standby; the caller closes it."""
        options: dict[str, Any] = {name: value for name, value in self.extra.items() if name != "reset"}
        return await self._hosts.connect(**options, server_settings=self.server_settings)

    def acquire_connection(self) -> Any:
        """Return a connection for one statement."""
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
        """Take a connection that is at hand, or one from the pool."""
        raw = self._at_hand.take()
        if raw is not None:
            return raw
        self._waiting += 1
        try:
            if self._pool is None:
                async with self._pool_init_lock:
                    if self._pool is None:  # another task may have created it meanwhile
                        await self.create_connection(with_db=True)
            pool: Any = self._pool
            with time_limit(WAIT_SECONDS):
                return await pool.acquire()
        except Exception as error:
            # Before the first connection, a user that is refused is a mistake in the settings.
            if self._was_admitted or not refuses_user(error):
                await self.raise_as_outage(error)
            raise
        finally:
            self._waiting -= 1

    async def give_back(self, raw: Any, *, reusable: bool) -> None:
        """Keep a connection at hand, or return it to the pool within a time limit, even if the database does
        not answer.
        """
        if not reusable:
            await self._release(raw, END_SECONDS)
        elif self._waiting or self._closing or not self._at_hand.keep(raw):
            await self._release(raw)

    async def _release(self, raw: Any, seconds: float | None = None) -> None:
        pool: Any = self._pool
        # If this fails, the pool closes the connection: no answer depends on it.
        with contextlib.suppress(
            OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError
        ):
            await pool.release(raw, timeout=seconds)

    async def _expire_connections(self) -> None:
        await super()._expire_connections()
        self.expired += 1
        self._at_hand.drop()  # nobody waits for a server that may not answer

    async def _close(self) -> None:
        self._closing = True  # from now on, the pool waits for what is in use
        try:
            await self._at_hand.clear()
            await super()._close()
        finally:
            self._closing = False  # it may be opened again

    @asynccontextmanager
    async def whole(self) -> AsyncIterator[TransactionWrapper]:
        """Yield one connection for one transaction: committed at the end, rolled back on any error."""
        whom = asking()
        # Transactions use no turn of their user's reads.
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
        """Return whether the database answers at all; if not, the cause is an outage, not a slow
        statement.
        """
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                raw = await self.connect_apart()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        raw.terminate()
        return True

    def report_outage(self, error: BaseException, state: str = "") -> None:
        """Count that the database is unavailable, and log it at most once every ten seconds."""
        DATABASE_AWAY.inc()
        if self._logged_at is None or time.monotonic() - self._logged_at >= QUIET_SECONDS:
            self._logged_at = time.monotonic()
            _log.warning("database_away", error=type(error).__name__, sqlstate=state or None)

    async def raise_as_outage(self, error: Exception) -> None:
        """Raise `Unavailable` or `TooSlow` if an error of the driver means that.

        A server that no longer accepts changes has become a standby: all connections to it are closed.
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
        self.report_outage(error, state)
        raise Unavailable(writing=writing) from error


class Turn:
    """A connection, after waiting for its gates for at most `seconds`; everything is returned at the end."""

    __slots__ = ("_client", "_expired", "_gates", "_limit", "_passed", "_raw", "_seconds")

    def __init__(
        self,
        client: PostgresClient,
        gates: Sequence[AbstractAsyncContextManager[object]] = (),
        seconds: float | None = None,
    ) -> None:
        """Create a turn that does not wait yet."""
        self._client, self._gates, self._seconds = client, gates, seconds
        self._passed = 0
        self._limit: time_limit | None = None

    async def __aenter__(self) -> Any:
        try:
            for gate in self._gates:
                await gate.__aenter__()
                self._passed += 1
            self._expired = self._client.expired  # a connection may be made while all are to be replaced
            self._raw = await self._client.take()
        except BaseException:
            await self._leave()
            raise
        if self._seconds is not None:
            self._limit = time_limit(self._seconds)
            self._limit.__enter__()
        return self._raw

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._limit is not None:
                self._limit.__exit__(kind, error, trace)
        except TimeoutError as late:
            if not await self._client.answers():
                self._client.report_outage(late)
                raise Unavailable from None
            raise TooSlow from None
        else:
            if isinstance(error, Exception):
                await self._client.raise_as_outage(error)
        finally:
            try:
                fresh = self._expired == self._client.expired  # the pool closes the others
                await self._client.give_back(self._raw, reusable=error is None and fresh)
            finally:
                await self._leave()

    async def _leave(self) -> None:
        for gate in self._gates[: self._passed]:
            await gate.__aexit__(None, None, None)


class Statements(TransactionWrapper):
    """Tortoise's client within one transaction; outages raise the same errors."""

    def __init__(self, client: PostgresClient, raw: Any) -> None:
        """Wrap a connection from the pool."""
        super().__init__(client)
        self._client = client
        self._connection = raw

    def acquire_connection(self) -> Any:
        """Return the transaction's connection for one statement."""
        return self._statement()

    @asynccontextmanager
    async def _statement(self) -> AsyncIterator[Any]:
        async with self._lock:
            if self._finalized:  # the connection is somebody else's by now
                raise asyncpg.InterfaceError("the transaction has ended")
            try:
                yield self._connection
            except Exception as error:
                await self._client.raise_as_outage(error)
                raise


class Transaction(TransactionContext):
    """The result of Tortoise's `in_transaction`: one transaction of a `PostgresClient`."""

    def __init__(self, client: PostgresClient) -> None:
        """Create a transaction that has not begun."""
        self._whole: AbstractAsyncContextManager[TransactionWrapper] = client.whole()

    async def __aenter__(self) -> TransactionWrapper:
        return await self._whole.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._whole.__aexit__(kind, error, trace)


async def refuse_standby(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Raise `StandbyError` for a server in recovery: it may not know yet what has been closed meanwhile."""
    if await connection.fetchval("SELECT pg_is_in_recovery()"):
        raise StandbyError("the database is a standby")


async def _rolled_back(wrapper: TransactionWrapper, raw: Any) -> None:
    try:
        async with asyncio.timeout(END_SECONDS):
            await wrapper.rollback()
    except Exception:  # noqa: BLE001 - after any error, the server rolls back once the connection is closed
        with contextlib.suppress(asyncpg.InterfaceError):  # it may be gone already
            raw.terminate()


client_class = PostgresClient
