"""Typed access to SQL: a call for rows, and one for a transaction."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager

from asyncpg import IntegrityConstraintViolationError, Record
from tortoise import BaseDBAsyncClient
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from models.base.postgres import PostgresClient

Connection = BaseDBAsyncClient


def connection() -> Connection:
    """Return the pool's client: each statement on it is a separate transaction."""
    return get_connection("default")


def pool() -> PostgresClient:
    """Return the pool itself, outside any transaction."""
    client = get_connection("default")
    if not isinstance(client, PostgresClient):
        raise TypeError("the pool is not available within a transaction")
    return client


@asynccontextmanager
async def transaction() -> AsyncIterator[Connection]:
    """Yield one connection, commit at the end, roll back on any error. Do not nest."""
    async with in_transaction("default") as conn:
        yield conn


async def fetch(conn: Connection, sql: str, *values: object) -> list[Record]:
    """Run one statement and return its rows.

    Bypasses Tortoise's own call, which drops the rows of INSERT … RETURNING and can log values. Raises
    Tortoise's `IntegrityError` if the database refuses a row, `Unavailable` or `TooSlow` if it does not
    answer (in time), and asyncpg's errors otherwise.
    """
    async with conn.acquire_connection() as raw:
        try:
            rows: list[Record] = await raw.fetch(sql, *values)
        except IntegrityConstraintViolationError as error:
            raise IntegrityError(error) from error
    return rows


async def copy(
    conn: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """Add rows to a table by COPY, with the same triggers and checks as one INSERT of all of them.

    Their values are encoded for half of what arrays cost. Raises as `fetch` does.
    """
    async with conn.acquire_connection() as raw:
        try:
            await raw.copy_records_to_table(table, records=rows, columns=columns)
        except IntegrityConstraintViolationError as error:
            raise IntegrityError(error) from error


async def fetch_one(conn: Connection, sql: str, *values: object) -> Record | None:
    """Run one statement and return its first row, or None."""
    rows = await fetch(conn, sql, *values)
    return rows[0] if rows else None
