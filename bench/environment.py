"""PostgreSQL and Valkey for benchmarks, and migrated databases on them.

The services do not flush to disk unless they are told to, so a figure measures code; everything compared runs
on the same services.
"""

import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
from tortoise import Tortoise
from tortoise.migrations.api.migrate import migrate

import embedded
from models.policies.versions import forget_policies
from settings import Settings, load, tortoise_config

SECRET = "a-key-that-signs-tokens-in-benchmarks-only"  # noqa: S105 - of databases deleted after the run


@contextlib.contextmanager
def services(*, durable: bool = False) -> Iterator[embedded.Services]:
    """Start PostgreSQL and Valkey; all data is deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="leadgate-bench-", dir="/tmp"))
    try:
        folder.chmod(0o711)  # the services' unprivileged user must pass through
        with embedded.start(folder / "var", durable=durable) as pair:
            yield pair
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def make_database(pair: embedded.Services, name: str) -> str:
    """Create a database with the product's own migrations; return its URL."""
    administrator = await asyncpg.connect(pair.admin_url())
    try:
        await administrator.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    finally:
        await administrator.close()
    url = pair.admin_url(name)
    await migrate(config=tortoise_config(url))
    await Tortoise.close_connections()
    return url


@contextlib.asynccontextmanager
async def models_on(url: str, pool_size: int = 20) -> AsyncIterator[None]:
    """The models of this process, connected to one database."""
    forget_policies()
    await Tortoise.init(config=tortoise_config(url, pool_size=pool_size), _enable_global_fallback=True)
    try:
        yield
    finally:
        await Tortoise.close_connections()


def settings(pair: embedded.Services, url: str, port: int = 8000) -> Settings:
    """Settings of a server or a worker under test."""
    return load(database_url=url, redis_url=pair.redis_url, secret_key=SECRET, port=port)
