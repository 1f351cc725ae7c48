"""Keyset pagination: orders, positions in them, and the SQL for "what comes after this row"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Literal, NamedTuple, TypeVar
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch

T = TypeVar("T")
KeyType = Literal["timestamptz", "bigint", "uuid", "text"]
_PLAIN_TEXT = re.compile(r"[A-Za-z0-9 _.-]{0,40}")
# The format in which PostgreSQL writes an instant, in any time zone; Python accepts much more.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-](0\d|1[0-5])(:[0-5]\d){0,2}", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,19}", re.ASCII)
_BIGINT = 2**63
LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Key:
    """One part of an order: an SQL expression that is never null, and its type."""

    sql: str
    type: KeyType


@dataclass(frozen=True, slots=True)
class Order:
    """A total order: all keys have the same direction and the last is unique, so one row comparison is
    enough.
    """

    name: str
    keys: tuple[Key, ...]
    descending: bool = False

    def columns(self) -> str:
        """Return the select list of the keys, as text, named `key_0` and so on."""
        return ", ".join(f"({key.sql})::text AS key_{i}" for i, key in enumerate(self.keys))

    def position(self, row: Record) -> tuple[str, ...]:
        """Return the position of a row."""
        return tuple(row[f"key_{i}"] for i in range(len(self.keys)))

    def is_position(self, values: Sequence[object]) -> bool:
        """Return whether untrusted values could be a position in this order."""
        return len(values) == len(self.keys) and all(
            isinstance(value, str) and _is_a(key.type, value)
            for key, value in zip(self.keys, values, strict=True)
        )


def _is_a(kind: KeyType, text: str) -> bool:
    try:
        if kind == "timestamptz":
            return text == "infinity" or bool(_INSTANT.fullmatch(text) and datetime.fromisoformat(text))
        if kind == "bigint":
            return _INTEGER.fullmatch(text) is not None and -_BIGINT <= int(text) < _BIGINT
        if kind == "uuid":
            return str(UUID(text)) == text
    except ValueError:
        return False
    return _PLAIN_TEXT.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Slice:
    """The requested part of an order: `size` rows (1 to 100) after a position, or backwards before it."""

    size: int
    after: tuple[str, ...] | None = None
    before: tuple[str, ...] | None = None
    backwards: bool = False


class Cut(NamedTuple):
    """The rows of a slice, in the order's direction, and whether there are more after and before them."""

    rows: list[Record]
    order: Order
    has_next: bool
    has_previous: bool


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A slice's items, one for each of its rows, in the order's direction."""

    items: list[T]
    cut: Cut

    def __post_init__(self) -> None:
        """Refuse items that do not match the rows one to one: their cursors would be wrong."""
        if len(self.items) != len(self.cut.rows):
            raise ValueError(f"{len(self.items)} items of {len(self.cut.rows)} rows")

    @classmethod
    def of(cls, cut: Cut, view: Callable[[Record], T]) -> "Page[T]":
        """Make the view of each row."""
        return cls([view(row) for row in cut.rows], cut)

    @property
    def has_next(self) -> bool:
        """Whether there are more items after this page."""
        return self.cut.has_next

    @property
    def has_previous(self) -> bool:
        """Whether there are items before this page."""
        return self.cut.has_previous

    def position(self, index: int) -> tuple[str, ...]:
        """Return an item's position; computed only on request, which is rare."""
        return self.cut.order.position(self.cut.rows[index])


@dataclass(slots=True)
class SelectStatement:
    """Conditions and values of one SELECT under construction; every value is a parameter."""

    values: list[object]
    conditions: list[str] = field(default_factory=list)

    def bind(self, value: object, kind: str) -> str:
        """Add a value and return the SQL placeholder for it."""
        self.values.append(value)
        return f"${len(self.values)}::{kind}"

    def where(self, condition: str) -> None:
        """Add a condition; all conditions must hold."""
        self.conditions.append(condition)

    def all_conditions(self) -> str:
        """Return the conditions joined."""
        return " AND ".join(self.conditions) or "true"


def take(statement: SelectStatement, order: Order, part: Slice) -> str:
    """Add the slice's conditions; return `ORDER BY … LIMIT …`, with one extra row to see whether there are
    more.
    """
    row = f"({', '.join(key.sql for key in order.keys)})"
    for position, later in ((part.after, True), (part.before, False)):
        if position is not None:
            bound = [
                statement.bind(value, f"text::{key.type}")
                for key, value in zip(order.keys, position, strict=True)
            ]
            sign = ">" if later is not order.descending else "<"
            statement.where(f"{row} {sign} ({', '.join(bound)})")
    direction = "DESC" if order.descending is not part.backwards else "ASC"
    keys = ", ".join(f"{key.sql} {direction}" for key in order.keys)
    return f"ORDER BY {keys} LIMIT {part.size + 1}"


def cut(rows: Sequence[Record], order: Order, part: Slice) -> Cut:
    """Cut off the extra row that `take` asked for."""
    more, page = len(rows) > part.size, list(rows[: part.size])
    if part.backwards:
        return Cut(page[::-1], order, part.before is not None, more)
    return Cut(page, order, more, part.after is not None)


def slice_sql(
    select: str,
    source: str,
    statement: SelectStatement,
    order: Order,
    part: Slice,
    *,
    positions: bool = True,
) -> str:
    """Return the SQL that reads a slice, whose values are then `statement.values`. `select` ends in its
    columns, `source` begins with FROM. `positions`: whether the positions of its rows are read, which a list
    without cursors does not need.
    """
    limit = take(statement, order, part)
    columns = f"{select}, {order.columns()}" if positions else select
    return f"{columns} {source} WHERE {statement.all_conditions()} {limit}"


async def fetch_slice(
    conn: Connection,
    select: str,
    source: str,
    statement: SelectStatement,
    order: Order,
    part: Slice,
    *,
    positions: bool = True,
) -> Cut:
    """Read a slice in one statement, by `slice_sql`."""
    sql = slice_sql(select, source, statement, order, part, positions=positions)
    return cut(await fetch(conn, sql, *statement.values), order, part)


async def fetch_rows(
    conn: Connection, select: str, source: str, statement: SelectStatement, rest: str = ""
) -> list[Record]:
    """Read all rows that the conditions keep: `select` ends in its columns, `source` begins with FROM."""
    return await fetch(
        conn, f"{select} {source} WHERE {statement.all_conditions()} {rest}", *statement.values
    )


MOST_COUNTED = 10_000
COUNTED_ROWS = MOST_COUNTED + 1  # the LIMIT of a count: one extra row shows that there are more


class Count(NamedTuple):
    """The number of rows, up to `MOST_COUNTED`, and whether that is all of them."""

    total: int
    exact: bool

    @classmethod
    def of(cls, found: int) -> "Count":
        """Create it from the result of a statement with the LIMIT `COUNTED_ROWS`, or of one that needs no
        limit.
        """
        return cls(min(found, MOST_COUNTED), found <= MOST_COUNTED)


async def count_rows(conn: Connection, begin: str, source: str, statement: SelectStatement) -> Count:
    """Count the rows that the conditions keep; `begin` precedes SELECT: `WITH …` or nothing."""
    rows = await fetch(
        conn,
        f"""{begin} SELECT count(*) AS n FROM (
            SELECT {source} WHERE {statement.all_conditions()} LIMIT {COUNTED_ROWS}) AS counted""",
        *statement.values,
    )
    return Count.of(rows[0]["n"])
