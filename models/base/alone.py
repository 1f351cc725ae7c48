"""Doing something with the database that only one process at a time may do, such as migrating it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from models.base.hosts import Hosts
from models.base.unavailable import (
    BEHIND_POOLER,
    NOT_ADMITTED,
    NOT_RESPONDING,
    is_away,
    pooler_refuses,
)
from settings.database import session_settings
from settings.database_url import read_database_url
from settings.errors import FixableError, SettingsError

WAIT_SECONDS = 60.0
_PAUSE_SECONDS = 0.25

# Two numbers of 32 bits stand for one of 64, in `pg_locks`.
_HOLDER = """
    SELECT held.pid, coalesce(activity.application_name, '') AS name
    FROM pg_locks AS held LEFT JOIN pg_stat_activity AS activity USING (pid)
    WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
      AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND (held.classid::bigint << 32) + held.objid::bigint = $1"""


class AloneError(FixableError):
    """Another process does it already."""


@asynccontextmanager
async def alone(url: str, lock: int, program: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Yield a connection that holds a lock of the whole database, which ends with it.

    Waits at most `WAIT_SECONDS` for another process, then raises `AloneError` with its pid. Raises
    `SettingsError` behind a pooler: there the lock would stay with a connection that others use next.
    """
    async with session(url, program) as connection:
        await _refuse_pooler(connection)
        await _take(connection, lock)
        try:
            yield connection
        finally:
            if not connection.is_closed():
                await connection.fetchval("SELECT pg_advisory_unlock($1)", lock)


@asynccontextmanager
async def session(url: str, program: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Yield a connection of a command, outside any pool. Raises `SettingsError` if there is none."""
    connection = await _connect(url, program)
    try:
        yield connection
    finally:
        await connection.close()


async def _connect(url: str, program: str) -> "asyncpg.Connection[asyncpg.Record]":
    address = read_database_url(url)
    options = {name: value for name, value in address.driver_options().items() if name != "command_timeout"}
    try:
        return await Hosts(address.dsns).connect(**options, server_settings=session_settings(program))
    except asyncpg.InvalidAuthorizationSpecificationError as error:
        raise SettingsError(NOT_ADMITTED) from error
    except Exception as error:
        if pooler_refuses(error):
            raise SettingsError(BEHIND_POOLER) from error
        if is_away(error):
            raise SettingsError(NOT_RESPONDING) from error
        raise


async def _refuse_pooler(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Compare the pid that the server gave when connecting with those that two transactions see."""
    seen = [await connection.fetchval("SELECT pg_backend_pid()") for _ in range(2)]
    if {connection.get_server_pid()} != set(seen):
        raise SettingsError(BEHIND_POOLER)


async def _take(connection: "asyncpg.Connection[asyncpg.Record]", lock: int) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", lock):
        if time.monotonic() >= end:
            holder = await connection.fetchrow(_HOLDER, lock)
            if holder is None:  # it has just ended
                continue
            name = f" ({holder['name']})" if holder["name"] else ""
            raise AloneError(
                f"Another process does this already: PostgreSQL's process {holder['pid']}{name}. Wait until "
                f"it has finished; if it hangs, end it with SELECT pg_terminate_backend({holder['pid']})"
            )
        await asyncio.sleep(_PAUSE_SECONDS)
