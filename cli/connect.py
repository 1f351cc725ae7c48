"""Connections of a command: settings with the addresses of the services, and the database."""

import contextlib
from collections.abc import AsyncIterator, Iterator

import asyncpg
from tortoise import Tortoise
from tortoise.connection import get_connection

import embedded
from models.base.unavailable import (
    BEHIND_POOLER,
    NOT_ADMITTED,
    NOT_RESPONDING,
    POOLER_REFUSES,
    Unavailable,
    pooler_refuses,
)
from models.process.release import program
from settings import Settings, SettingsError, tortoise_config


@contextlib.contextmanager
def connected(settings: Settings) -> Iterator[Settings]:
    """Yield settings with both addresses: configured, found, or of services started for this command."""
    with services_for(settings) as services:
        yield with_addresses(settings, services)


@contextlib.asynccontextmanager
async def orm(
    settings: Settings, *, direct: bool = False, takes_standby: bool = False
) -> AsyncIterator[None]:
    """Connect the models to a database that has their tables; `direct` without a pooler.

    `takes_standby` is for what only reads, and tells nobody that what it read is current.
    """
    config = tortoise_config(
        settings.direct_dsn if direct else settings.database_dsn,
        program=program("command"),
        pooler="none" if direct else settings.database_pooler,
        takes_standby=takes_standby,
    )
    await Tortoise.init(config=config)
    try:
        question = "SELECT to_regclass('market') IS NULL AS empty"
        try:
            _, rows = await get_connection("default").execute_query(question)
        except Unavailable as error:
            if pooler_refuses(error):
                raise SettingsError(BEHIND_POOLER if direct else POOLER_REFUSES) from error
            raise SettingsError(NOT_RESPONDING) from error
        except asyncpg.InvalidAuthorizationSpecificationError as error:
            raise SettingsError(NOT_ADMITTED) from error
        if rows[0]["empty"]:
            raise SettingsError("DATABASE_URL: this database has no tables yet; run `leadgate migrate` first")
        yield
    finally:
        await Tortoise.close_connections()


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


def environment_of(settings: Settings, services: embedded.Services) -> dict[str, str]:
    """Return variables with the addresses of services, for programs that read the same settings otherwise.

    Those that are configured are left out: they may be secrets in files, and stay there.
    """
    found = {}
    if settings.database_url is None:
        found["DATABASE_URL"] = services.database_url
    if settings.redis_url is None:
        found["REDIS_URL"] = services.redis_url
    return found
