"""The migrations make what the models say."""

from tortoise.context import get_current_context
from tortoise.migrations.autodetector import MigrationAutodetector

from settings import tortoise_config
from tests.support.database import Database


async def test_models_and_migrations_agree(database: Database) -> None:
    """Tortoise's own tool finds nothing left to migrate."""
    context = get_current_context()
    assert context is not None
    detector = MigrationAutodetector(context.apps, tortoise_config(database.url)["apps"])
    left = [operation.describe() for writer in await detector.changes() for operation in writer.operations]
    assert left == []
