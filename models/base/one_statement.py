"""Several changes as one SQL statement, so that they cost one round trip."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from models.base.database import Connection, fetch

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


def columns(rows: Iterable[tuple[object, ...]]) -> list[list[object]]:
    """Return an array for each column of these rows, none without rows.

    That of a column without values is empty, because `unnest` fills up with nulls what is shorter, and each
    value costs time to encode. So the first column must not be empty in each row.
    """
    arrays = map(list, zip(*rows, strict=True))
    return [[] if array.count(None) == len(array) else array for array in arrays]


async def write_together(conn: Connection, changes: Sequence[Change], then: Sequence[Change] = ()) -> None:
    """Write `changes` in no particular order; none of them sees another.

    Those in `then` can read `earlier`, a table with one row for each row that `changes` wrote: a statement
    that counts it runs after them. Foreign keys are checked at the end, so rows may refer to each other.
    """
    if not changes and not then:
        return
    sql = _joined(
        tuple((one.sql, len(one.values)) for one in changes),
        tuple((one.sql, len(one.values), one.name) for one in then),
    )
    await fetch(conn, sql, *(value for one in (*changes, *then) for value in one.values))


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
