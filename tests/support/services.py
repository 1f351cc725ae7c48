"""The tests' own PostgreSQL and Valkey, and creating databases.

Fixtures that build on it create the tables.
"""

import contextlib
import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg

import embedded

DISK = Path("/tmp")  # noqa: S108 - mkdtemp creates the folders in it
# Only on Linux. Creating the 1,300 files of a cluster is cheap there.
MEMORY = Path("/dev/shm")  # noqa: S108 - as above
MEMORY_BYTES = 2 << 30  # free, for the clusters of all workers; containers often have 64 MB


def _fastest() -> Path:
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK)
    return MEMORY if usable and shutil.disk_usage(MEMORY).free >= MEMORY_BYTES else DISK


@contextlib.contextmanager
def reachable_folder(prefix: str = "leadgate-test-", *, parent: Path | None = None) -> Iterator[Path]:
    """Return a new folder with a short path that the services' unprivileged user can access.

    It is in memory if possible, where programs may not be executable; `parent` chooses another place.
    """
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent or _fastest()))
    try:
        folder.chmod(0o711)  # mkdtemp's mode would exclude the user that replaces root
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
