"""Which migrations a database has, compared with those of the code.

A migration whose name contains `_contract_` removes what the release before this one still used. Others only
add, so that servers of both releases can run at the same time.
"""

import pkgutil
from dataclasses import dataclass

import asyncpg

import migrations

CONTRACT = "_contract_"
_APPLIED = "SELECT name FROM tortoise_migrations WHERE app = 'models'"


def own_migrations() -> list[str]:
    """Return the names of the code's own migrations, in their order."""
    return sorted(found.name for found in pkgutil.iter_modules(migrations.__path__))


def is_contract(name: str) -> bool:
    """Return whether a migration removes something."""
    return CONTRACT in name


def needed_migrations() -> list[str]:
    """Return the names of the migrations without which this code cannot run."""
    return [name for name in own_migrations() if not is_contract(name)]


@dataclass(frozen=True, slots=True)
class SchemaState:
    """What a database lacks, and what it has that this code does not know."""

    is_empty: bool
    lacking: tuple[str, ...]
    contracts: tuple[str, ...]  # that have not been applied
    unknown: tuple[str, ...]


async def schema_state(connection: "asyncpg.Connection[asyncpg.Record]") -> SchemaState:
    """Compare the database's migrations with those of the code."""
    try:
        applied = {row["name"] for row in await connection.fetch(_APPLIED)}
    except asyncpg.UndefinedTableError:
        applied = set()
    own = own_migrations()
    return SchemaState(
        is_empty=not applied,
        lacking=tuple(name for name in own if not is_contract(name) and name not in applied),
        contracts=tuple(name for name in own if is_contract(name) and name not in applied),
        unknown=tuple(sorted(applied - set(own))),
    )
