"""Compares sequences with the numbers in use: logical replication copies rows, never sequences."""

from dataclasses import dataclass

import asyncpg

from models.base.alone import session
from models.process.release import program
from settings import Settings
from settings.errors import FixableError

# What is numbered by a sequence that no column's default names; the SQL of the highest number in use.
NUMBERED = {"complaint_number": ("complaint.number", "SELECT max(substr(number, 3)::bigint) FROM complaint")}

_ALL = """
    SELECT oid::regclass::text AS name, pg_sequence_last_value(oid) AS last FROM pg_class
    WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace ORDER BY 1"""
# The columns whose default names a sequence, and those that own one.
_COLUMNS = """
    SELECT depends.refobjid::regclass::text AS name, filled.adrelid AS table_id, filled.adnum AS number
    FROM pg_depend AS depends JOIN pg_attrdef AS filled ON filled.oid = depends.objid
    WHERE depends.classid = 'pg_attrdef'::regclass AND depends.refclassid = 'pg_class'::regclass
  UNION
    SELECT depends.objid::regclass::text, depends.refobjid, depends.refobjsubid
    FROM pg_depend AS depends
    WHERE depends.classid = 'pg_class'::regclass AND depends.refclassid = 'pg_class'::regclass
      AND depends.deptype IN ('a', 'i') AND depends.refobjsubid > 0"""
_NUMBERED_COLUMNS = f"""
    SELECT named.name, named.table_id::regclass::text AS table, quote_ident(attname) AS column
    FROM ({_COLUMNS}) AS named
    JOIN pg_class AS sequence ON sequence.oid = to_regclass(named.name) AND sequence.relkind = 'S'
    JOIN pg_attribute ON attrelid = named.table_id AND attnum = named.number
    ORDER BY 1, 2, 3"""


class SequenceError(FixableError):
    """A sequence numbers nothing that is known."""


@dataclass(frozen=True, slots=True)
class SequenceState:
    """How far a sequence has come, and the highest number in use."""

    name: str
    column: str
    last: int  # 0 if it has given no number
    highest: int  # 0 if none is in use

    @property
    def is_behind(self) -> bool:
        """Whether its next number may be in use already."""
        return self.highest > self.last

    @property
    def remedy(self) -> str:
        """The SQL with which it continues after the highest number."""
        return f"SELECT setval('{self.name}', {self.highest})"


async def sequences(settings: Settings) -> list[SequenceState]:
    """Return the state of every sequence, for each column that it numbers."""
    async with session(settings.direct_dsn, program("upgrade-check")) as connection:
        return await states(connection)


async def states(connection: "asyncpg.Connection[asyncpg.Record]") -> list[SequenceState]:
    """Compare each sequence of the database. Raises `SequenceError` for one of which nothing is known."""
    columns = [
        (row["name"], f"{row['table']}.{row['column']}", f"SELECT max({row['column']}) FROM {row['table']}")
        for row in await connection.fetch(_NUMBERED_COLUMNS)
    ]
    columns += [(name, column, highest) for name, (column, highest) in NUMBERED.items()]
    last = {row["name"]: row["last"] or 0 for row in await connection.fetch(_ALL)}
    unknown = sorted(set(last) - {name for name, _, _ in columns})
    if unknown:
        raise SequenceError(
            f"No column is known for the sequences {', '.join(unknown)}: compare them by hand"
        )
    return [
        SequenceState(name, column, last[name], await connection.fetchval(highest) or 0)
        for name, column, highest in columns
        if name in last
    ]
