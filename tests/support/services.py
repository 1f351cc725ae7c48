"""The tests' own PostgreSQL and Valkey, and creating databases.

Fixtures that build on it create the tables.
"""

import contextlib
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg

import embedded


@contextlib.contextmanager
def reachable_folder(prefix: str = "leadgate-test-") -> Iterator[Path]:
    """Return a new folder with a short path that the services' unprivileged user can access."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    try:
        folder.chmod(0o711)  # mkdtemp's mode would exclude the user that replaces root
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running_services() -> Iterator[embedded.Services]:
    """Run a pair of services whose data is deleted at the end."""
    with reachable_folder() as folder, embedded.start(folder / "var", durable=False) as services:
        yield services


async def create_database(
    services: embedded.Services, template: str = "template0", *, name: str | None = None
) -> str:
    """Create a database as a copy of `template`, to which nobody may be connected; return its name."""
    name = name or f"test_{uuid.uuid4().hex}"
    async with _administrator(services) as connection:
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


async def drop_database(services: embedded.Services, name: str) -> None:
    """Drop a database, ending the sessions that are still connected to it."""
    async with _administrator(services) as connection:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextlib.asynccontextmanager
async def _administrator(services: embedded.Services) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    connection = await asyncpg.connect(services.admin_url())
    try:
        yield connection
    finally:
        await connection.close()
