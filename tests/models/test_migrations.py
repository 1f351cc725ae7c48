"""The migrations make what the models say."""

from tortoise.context import get_current_context
from tortoise.migrations.autodetector import MigrationAutodetector

import models
from models.base.database import connection, fetch
from settings import tortoise_config
from tests.support.database import Database


async def test_models_and_migrations_agree(database: Database) -> None:
    """Tortoise's own tool finds nothing left to migrate."""
    context = get_current_context()
    assert context is not None
    assert context.apps is not None
    detector = MigrationAutodetector(context.apps, tortoise_config(database.url)["apps"])
    left = [operation.describe() for writer in await detector.changes() for operation in writer.operations]
    assert left == []


async def test_the_database_has_every_constraint_of_the_models(database: Database) -> None:
    """What a model declares unique or checked is so in a migrated database."""
    declared = {
        constraint.name
        for name in models.__all__
        for constraint in getattr(getattr(models, name).Meta, "constraints", ())
    }
    rows = await fetch(connection(), "SELECT conname FROM pg_constraint")
    assert declared - {row["conname"] for row in rows} == set()


async def test_the_database_has_every_index_of_the_models(database: Database) -> None:
    """Each column list that a model indexes is indexed in a migrated database."""
    rows = await fetch(connection(), "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'")
    laid = {(row["tablename"], row["indexdef"].split("(", 1)[1].replace('"', "")) for row in rows}
    missing = [
        (meta.table, fields)
        for meta in (getattr(models, name).Meta for name in models.__all__)
        for fields in [index.fields for index in getattr(meta, "indexes", ())]
        + [list(together) for together in getattr(meta, "unique_together", ())]
        if not any(
            table == meta.table and columns.startswith(", ".join(_columns(fields))) for table, columns in laid
        )
    ]
    assert missing == []


def _columns(fields: list[str]) -> list[str]:
    return [{"market": "market_id"}.get(field, field) for field in fields]
