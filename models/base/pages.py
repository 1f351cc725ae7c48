"""Pages of many owners in one statement, for lists within a list."""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import COUNTED_ROWS, Count, Order, Page, SelectStatement, Slice, cut, take

V = TypeVar("V")


async def pages_of(
    conn: Connection,
    ids: Collection[UUID],
    size: int,
    source: tuple[str, str, str],
    order: Order,
    statement: SelectStatement,
    view: Callable[[Record], V],
) -> dict[UUID, Page[V]]:
    """Return the first rows of each owner.

    `source` is the select list, the tables, and the owner's column.
    """
    select, tables, owner = source
    part, owners = Slice(size), statement.bind(list(ids), "uuid[]")
    statement.where(f"{owner} = wanted.owner")
    direction = " DESC" if order.descending else ""
    keys = ", ".join(f"{key.sql}{direction}" for key in order.keys)
    rows = await fetch(
        conn,
        f"""SELECT wanted.owner, found.* FROM unnest({owners}) WITH ORDINALITY AS wanted (owner, place)
            CROSS JOIN LATERAL (
                {select}, {order.columns()}, row_number() OVER (ORDER BY {keys}) AS nth {tables}
                WHERE {statement.all_conditions()} {take(statement, order, part)}) AS found
            ORDER BY wanted.place, found.nth""",
        *statement.values,
    )
    of_owner: dict[UUID, list[Record]] = {one: [] for one in ids}
    for row in rows:
        of_owner[row["owner"]].append(row)
    return {one: Page.of(cut(found, order, part), view) for one, found in of_owner.items()}


async def counts_of(
    conn: Connection, ids: Collection[UUID], tables: str, owner: str, statement: SelectStatement
) -> dict[UUID, Count]:
    """Count the rows of each owner in one statement, like `count_rows`."""
    owners = statement.bind(list(ids), "uuid[]")
    statement.where(f"{owner} = wanted.owner")
    rows = await fetch(
        conn,
        f"""SELECT wanted.owner, (SELECT count(*) FROM (
                SELECT {tables} WHERE {statement.all_conditions()} LIMIT {COUNTED_ROWS}) AS counted) AS n
            FROM unnest({owners}) AS wanted (owner)""",
        *statement.values,
    )
    return {row["owner"]: Count.of(row["n"]) for row in rows}


def by_owner(
    rows: Sequence[Record], ids: Collection[UUID], key: str, view: Callable[[Record], V]
) -> dict[UUID, list[V]]:
    found: dict[UUID, list[V]] = {one: [] for one in ids}
    for row in rows:
        found[row[key]].append(view(row))
    return found
