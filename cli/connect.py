"""Connections of a command: settings with the addresses of the services, and the database."""

import contextlib
from collections.abc import AsyncIterator, Iterator

import asyncpg
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.api.migrate import migrate as apply_migrations

import embedded
from settings import Settings, SettingsError, tortoise_config

MIGRATION_LOCK = 5_231_847  # any number that is not used for another lock


@contextlib.contextmanager
def connected(settings: Settings) -> Iterator[Settings]:
    """Yield settings with both addresses: configured, found, or of services started for this command."""
    with services_for(settings) as services:
        yield with_addresses(settings, services)


@contextlib.asynccontextmanager
async def orm(settings: Settings) -> AsyncIterator[None]:
    """Connect the models to a database that has their tables."""
    from models.base.unavailable import Unavailable

    await Tortoise.init(config=tortoise_config(settings.database_dsn))
    try:
        question = "SELECT to_regclass('market') IS NULL AS empty"
        try:
            _, rows = await get_connection("default").execute_query(question)
        except Unavailable as error:
            remedy = "start it, or point DATABASE_URL to the primary"
            raise SettingsError(
                f"DATABASE_URL: the database is not responding or is a standby: {remedy}"
            ) from error
        if rows[0]["empty"]:
            raise SettingsError("DATABASE_URL: this database has no tables yet; run `leadgate migrate` first")
        yield
    finally:
        await Tortoise.close_connections()


async def migrate(settings: Settings) -> None:
    """Migrate the database to the latest schema."""
    # Two processes that start together must not migrate together; the lock ends with the connection.
    guard = await asyncpg.connect(settings.database_dsn)
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", MIGRATION_LOCK)
        await apply_migrations(config=tortoise_config(settings.database_dsn))
    finally:
        await Tortoise.close_connections()
        await guard.close()


@contextlib.contextmanager
def services_for(settings: Settings) -> Iterator[embedded.Services | None]:
    """Start the embedded services that the settings do not configure; None if all are configured."""
    if settings.database_url is not None and settings.redis_url is not None:
        yield None
        return
    with embedded.start(settings.var_dir) as services:
        yield services


def with_addresses(settings: Settings, services: embedded.Services | None) -> Settings:
    """Return the settings with the addresses of these services."""
    return settings.connected(services.database_url, services.redis_url) if services else settings
