"""Several changes as one SQL statement, so that they cost one round trip; many new rows by COPY, so that each
costs less.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Self, TypeAlias

from asyncpg import Record

from models.base.database import Connection, copy, fetch

_PARAMETER = re.compile(r"\$(\d+)")


@dataclass(frozen=True, slots=True)
class Change:
    """An INSERT or UPDATE with its values; a `name` makes what it returns a table for the next change."""

    sql: str
    values: tuple[object, ...]
    name: str | None = None

    @classmethod
    def of_rows(cls, sql: str, rows: Iterable[tuple[object, ...]], *shared: object) -> list[Self]:
        """Return the change that writes these rows, or nothing without rows.

        Its values are those of `columns`, for an `unnest` of all, then those that all rows share.
        """
        arrays = columns(rows)
        return [cls(sql, (*arrays, *shared))] if arrays else []


@dataclass(frozen=True)
class Table:
    """What is written of a new row: columns with their types, then those whose value all rows share."""

    name: str
    columns: Mapping[str, str]
    shared: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all these columns."""
        return (*self.columns, *self.shared)

    @cached_property
    def insert(self) -> str:
        """The statement that adds rows, given an array for each column."""
        first = len(self.columns) + 1
        shared = "".join(f", ${place}::{kind}" for place, kind in enumerate(self.shared.values(), first))
        return (
            f"INSERT INTO {self.name} ({', '.join(self.names)}) SELECT *{shared} FROM unnest({self.arrays})"
        )

    @property
    def arrays(self) -> str:
        """The arrays of the columns, as parameters from the first on."""
        return ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(self.columns.values(), 1))


@dataclass(frozen=True, slots=True)
class NewRows:
    """Rows to be added to a table, and the values that they share. It is written once.

    Rows that are only made as they are written cost less, because nothing is held or searched for garbage.
    """

    table: Table
    rows: Iterable[tuple[object, ...]]
    shared: tuple[object, ...] = ()

    def changes(self) -> list[Change]:
        """Return the change that writes them, or nothing without rows."""
        return Change.of_rows(self.table.insert, self.rows, *self.shared)

    async def copy(self, conn: Connection) -> None:
        """Write them by COPY."""
        rows = (row + self.shared for row in self.rows) if self.shared else self.rows
        await copy(conn, self.table.name, self.table.names, rows)


Write: TypeAlias = Change | NewRows


def columns(rows: Iterable[tuple[object, ...]]) -> list[list[object]]:
    """Return an array for each column of these rows, none without rows.

    That of a column without values is empty, because `unnest` fills up with nulls what is shorter, and each
    value costs time to encode. So the first column must not be empty in each row.
    """
    arrays = map(list, zip(*rows, strict=True))
    return [[] if array.count(None) == len(array) else array for array in arrays]


async def write_in_turn(conn: Connection, writes: Sequence[Write]) -> None:
    """Write many rows: new ones by COPY, each table after the one before it; what lies between, together."""
    for new, some in groupby(writes, lambda one: isinstance(one, NewRows)):
        if not new:
            await write_together(conn, list(some))
            continue
        for one in some:
            if isinstance(one, NewRows):
                await one.copy(conn)


async def write_together(
    conn: Connection, writes: Sequence[Write], then: Sequence[Change] = ()
) -> list[Record]:
    """Write `writes` in no particular order; none of them sees another. Return what the last of `then` does.

    Those in `then` can read `earlier`, a table with one row for each row that `writes` wrote: a statement
    that counts it runs after them. Foreign keys are checked at the end, so rows may refer to each other.
    """
    changes = [change for one in writes for change in (one.changes() if isinstance(one, NewRows) else (one,))]
    if not changes and not then:
        return []
    sql = _joined(
        tuple((one.sql, len(one.values)) for one in changes),
        tuple((one.sql, len(one.values), one.name) for one in then),
    )
    return await fetch(conn, sql, *(value for one in (*changes, *then) for value in one.values))


@lru_cache(maxsize=256)
def _joined(changes: tuple[tuple[str, int], ...], then: tuple[tuple[str, int, str | None], ...]) -> str:
    names = [f"change_{place}" for place in range(len(changes))]
    earlier = " UNION ALL ".join(f"SELECT 1 FROM {name}" for name in names) or "SELECT 1 WHERE false"
    tables, before = [], 0
    for name, (sql, values) in zip(names, changes, strict=True):
        tables.append(f"{name} AS ({_renumbered(sql, before)} RETURNING 1)")
        before += values
    tables.append(f"earlier AS ({earlier})")
    main = "SELECT count(*) FROM earlier"
    for sql, values, table in then:
        main = _renumbered(sql, before)
        if table is not None:
            tables.append(f"{table} AS ({main})")
        before += values
    return f"WITH {', '.join(tables)} {main}"


def _renumbered(sql: str, before: int) -> str:
    return _PARAMETER.sub(lambda found: f"${int(found[1]) + before}", sql)
