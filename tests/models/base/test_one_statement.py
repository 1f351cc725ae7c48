"""Rows of many columns are written by arrays, of which those without values are empty, or copied."""

from collections.abc import Awaitable, Callable, Sequence

import pytest
from tortoise.exceptions import IntegrityError

from models.base.database import Connection, connection, fetch, transaction
from models.base.ids import new_id
from models.base.one_statement import (
    Change,
    NewRows,
    Table,
    Write,
    columns,
    write_in_turn,
    write_together,
)
from tests.support.database import Database

_MARKETS = Table("market", {"id": "uuid", "code": "text"}, {"name": "text"})
Writing = Callable[[Connection, Sequence[Write]], Awaitable[object]]

_ROWS = [(1, None, "a"), (2, None, None)]


def test_a_column_without_values_is_sent_as_an_empty_array() -> None:
    assert columns(_ROWS) == [[1, 2], [], ["a", None]]


def test_no_rows_have_no_columns() -> None:
    assert columns([]) == []
    assert Change.of_rows("SELECT", []) == []


async def test_the_database_reads_the_rows_as_they_were(database: Database) -> None:
    rows = await fetch(
        connection(), "SELECT * FROM unnest($1::int[], $2::uuid[], $3::text[])", *columns(_ROWS)
    )
    assert [tuple(row) for row in rows] == _ROWS


def test_an_insert_has_an_array_for_each_column_and_one_value_for_what_rows_share() -> None:
    assert _MARKETS.insert == (
        "INSERT INTO market (id, code, name) SELECT *, $3::text FROM unnest($1::uuid[], $2::text[])"
    )


@pytest.mark.parametrize("write", [write_together, write_in_turn])
async def test_new_rows_are_the_same_together_and_in_turn(database: Database, write: Writing) -> None:
    codes = [f"code-{place}" for place in range(3)]
    rows = NewRows(_MARKETS, ((new_id(), code) for code in codes), ("Somewhere",))
    changed = Change("UPDATE market SET name = $1 WHERE code = $2", ("Elsewhere", "code-1"))
    async with transaction() as conn:
        await write(conn, [rows])
        await write(conn, [changed])
    found = await fetch(connection(), "SELECT code, name FROM market ORDER BY code")
    assert [tuple(row) for row in found] == [
        ("code-0", "Somewhere"),
        ("code-1", "Elsewhere"),
        ("code-2", "Somewhere"),
    ]


async def test_what_is_written_in_turn_sees_what_came_before(database: Database) -> None:
    rows = NewRows(_MARKETS, [(new_id(), "code")], ("Somewhere",))
    changed = Change("UPDATE market SET name = $1 WHERE code = $2", ("Elsewhere", "code"))
    async with transaction() as conn:
        await write_in_turn(conn, [rows, changed, NewRows(_MARKETS, [(new_id(), "other")], ("There",))])
    found = await fetch(connection(), "SELECT code, name FROM market ORDER BY code")
    assert [tuple(row) for row in found] == [("code", "Elsewhere"), ("other", "There")]


@pytest.mark.parametrize("write", [write_together, write_in_turn])
async def test_a_row_that_the_database_refuses_is_an_integrity_error(
    database: Database, write: Writing
) -> None:
    twice = new_id()
    with pytest.raises(IntegrityError):
        async with transaction() as conn:
            await write(conn, [NewRows(_MARKETS, [(twice, "one"), (twice, "two")], ("Somewhere",))])
    assert await fetch(connection(), "SELECT FROM market") == []
