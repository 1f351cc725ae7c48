"""Whether the database can serve requests, asked on a connection outside the pool and within a time limit."""

import asyncio
import time
from dataclasses import dataclass
from enum import StrEnum

import asyncpg
from asyncpg.exceptions import TargetServerAttributeNotMatched

from models.base.clock import CLOCK, NOW
from models.base.database import pool
from models.base.postgres import HAS_NO_TIME_LIMIT
from models.base.unavailable import sqlstate
from models.process.schema_state import needed_migrations

LOOK_SECONDS = 0.4
DISK_FULL_SECONDS = 10.0  # how long the disk counts as full after a write failed

# A database is behind if it lacks one of the code's migrations; it may have more.
_QUESTION = f"""WITH {CLOCK} SELECT
    pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS read_only,
    {HAS_NO_TIME_LIMIT} AS unlimited,
    (SELECT count(*) FROM unnest($1::text[]) AS needed (name) WHERE NOT EXISTS (
        SELECT FROM tortoise_migrations AS done WHERE done.app = 'models' AND done.name = needed.name)
    ) AS lacking,
    (SELECT extract(epoch FROM {NOW} - due_at)::float8 FROM deadline
     WHERE done_at IS NULL ORDER BY due_at, id LIMIT 1) AS overdue"""
_UNKNOWN_NAME = "42"  # the SQLSTATE class of missing tables and columns


class Standing(StrEnum):
    """The state of the database; requests can be served only in `OK` and `DISK_FULL`."""

    OK = "ok"
    DISK_FULL = "disk full"
    NO_ANSWER = "no answer"
    READ_ONLY = "read only"
    OLDER_SCHEMA = "older schema"
    NO_TIME_LIMIT = "no time limit"


@dataclass(frozen=True, slots=True)
class Readiness:
    """The state of the database, and for how many seconds the oldest overdue deadline has been due."""

    standing: Standing
    oldest_overdue: float | None = None

    @property
    def can_answer(self) -> bool:
        """Whether requests can be served; with a full disk, people can still read and answer in time."""
        return self.standing in {Standing.OK, Standing.DISK_FULL}


class DatabaseWatch:
    """Watches the state of the database; one per process."""

    def __init__(self) -> None:
        """Start without a connection."""
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._needed = needed_migrations()

    async def look(self) -> Readiness:
        """Check, on the existing connection or a new one; never raises, and never exceeds the time limit."""
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                if self._connection is None or self._connection.is_closed():
                    self._connection = await pool().connect_apart()
                row = await self._connection.fetchrow(_QUESTION, self._needed)
        except TargetServerAttributeNotMatched:  # several hosts, none of which is the primary
            return Readiness(Standing.READ_ONLY)
        except Exception as error:  # noqa: BLE001 - any error means that there is no answer
            self._cut()
            older = sqlstate(error).startswith(_UNKNOWN_NAME)
            return Readiness(Standing.OLDER_SCHEMA if older else Standing.NO_ANSWER)
        except BaseException:
            self._cut()  # it may still be waiting for an answer
            raise
        unlimited = row is not None and row["unlimited"] and pool().needs_time_limit
        if row is None or row["read_only"] or row["lacking"] or unlimited:
            self._cut()  # the next session may find a different state
            if row is not None and row["read_only"]:
                return Readiness(Standing.READ_ONLY)
            return Readiness(Standing.NO_TIME_LIMIT if unlimited else Standing.OLDER_SCHEMA)
        full_at = pool().disk_full_at
        full = full_at is not None and time.monotonic() - full_at < DISK_FULL_SECONDS
        return Readiness(Standing.DISK_FULL if full else Standing.OK, max(0.0, row["overdue"] or 0.0))

    async def close(self) -> None:
        """Close the connection."""
        self._cut()

    def _cut(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None
