"""Counts the SQL statements that this process sends, without changing any."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from asyncpg.connection import Connection


@dataclass(frozen=True, slots=True)
class RecordedStatement:
    """One statement with its values."""

    sql: str
    values: tuple[Any, ...]


@contextmanager
def recorded_statements() -> Iterator[list[RecordedStatement]]:
    """Record the statements with rows or values, in order; not those that only begin or end a transaction."""
    statements: list[RecordedStatement] = []
    driver: Any = Connection  # these methods, through which all statements go, are untyped
    one, many, copy = driver._execute, driver._executemany, driver.copy_records_to_table

    async def execute(self: Any, query: str, args: Any, *rest: Any, **options: Any) -> Any:
        statements.append(RecordedStatement(query, tuple(args)))
        return await one(self, query, args, *rest, **options)

    async def executemany(self: Any, query: str, args: Any, *rest: Any, **options: Any) -> Any:
        statements.append(RecordedStatement(query, ()))
        return await many(self, query, args, *rest, **options)

    async def copy_records(self: Any, table_name: str, **options: Any) -> Any:
        statements.append(RecordedStatement(f"COPY {table_name} FROM STDIN", ()))
        return await copy(self, table_name, **options)

    with (
        patch.object(driver, "_execute", execute),
        patch.object(driver, "_executemany", executemany),
        patch.object(driver, "copy_records_to_table", copy_records),
    ):
        yield statements
