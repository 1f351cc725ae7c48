"""Rows of many columns are written by arrays, of which those without values are empty."""

from models.base.database import connection, fetch
from models.base.one_statement import Change, columns
from tests.support.database import Database

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
