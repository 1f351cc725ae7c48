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
    driver: Any = Connection  # these two methods, through which all statements go, are untyped
    one, many = driver._execute, driver._executemany

    async def execute(self: Any, query: str, args: Any, *rest: Any, **options: Any) -> Any:
        statements.append(RecordedStatement(query, tuple(args)))
        return await one(self, query, args, *rest, **options)

    async def executemany(self: Any, query: str, args: Any, *rest: Any, **options: Any) -> Any:
        statements.append(RecordedStatement(query, ()))
        return await many(self, query, args, *rest, **options)

    with patch.object(driver, "_execute", execute), patch.object(driver, "_executemany", executemany):
        yield statements
