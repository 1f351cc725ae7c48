"""A marketplace for failures: worker processes, their clocks, blocking them, and the invariants afterwards.

It kills, stops and restarts only what it started itself.
"""

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg

import embedded
from models.base.database import connection, fetch
from models.reconciliation import reconcile
from tests.support.database import Database
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import MadeLead, Marketplace, apply, make_lead, make_marketplace

ROOT = Path(__file__).parents[2]
LATE = "import time as t; _now = t.time; t.time = lambda: _now() + {seconds}\n"


@dataclass
class BreakableMarket:
    """A database with applications, and the workers of this test."""

    services: embedded.Services
    database: Database
    place: Marketplace
    workers: list[asyncio.subprocess.Process] = field(default_factory=list)
    applications: list[UUID] = field(default_factory=list)
    var_dir: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="leadgate-chaos-")))

    async def apply(self, count: int) -> list[UUID]:
        """Apply for `count` leads, one application each."""
        made = []
        for _ in range(count):
            lead: MadeLead = await make_lead(self.place.market, self.place.prospect, fee=1)
            made.append(await apply(self.place.vendor, lead))
        self.applications += made
        return made

    async def worker(
        self, wrong_by: timedelta | None = None, folder: Path | None = None, **environment: str
    ) -> "Worker":
        """Start a worker process; `wrong_by` shifts its clock, through a module that Python loads first."""
        env = {
            **os.environ,
            "DATABASE_URL": self.database.url,
            "REDIS_URL": self.services.redis_url,
            "VAR_DIR": str(self.var_dir),
            "PYTHONPATH": str(ROOT),
            **environment,
        }
        if wrong_by is not None and folder is not None:
            text = LATE.format(seconds=wrong_by.total_seconds())
            await asyncio.to_thread((folder / "sitecustomize.py").write_text, text)
            env["PYTHONPATH"] = f"{folder}:{ROOT}"
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "cli",
            "worker",
            env=env,
            cwd=ROOT,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        self.workers.append(process)
        return Worker(process)

    async def waiting(self) -> int:
        """How many deadlines are due but not done."""
        return int(
            await self.value(
                "SELECT count(*) FROM deadline WHERE done_at IS NULL AND due_at <= leadgate_clock()"
            )
        )

    async def value(self, sql: str, *values: object) -> int:
        """Return one number from the database."""
        rows = await fetch(connection(), sql, *values)
        return int(next(iter(rows[0].values())) or 0)

    async def settled(self) -> bool:
        """Whether no due deadline is left."""
        return await self.waiting() == 0

    async def check(self, reveals: int | None = None) -> None:
        """Check that the oracle and the tables agree, points sum to zero, feeds are gapless, and nothing ran
        twice.
        """
        await assert_books_balance(connection())
        report = await reconcile()
        assert report.findings == ()
        rows = await fetch(
            connection(),
            """SELECT application.revealed_at, deadline.due_at, accepted_at, declined_at, received_at
               FROM application JOIN deadline ON subject = application.id AND kind = 'REVEAL'""",
        )
        for row in rows:
            if row["accepted_at"] is None and row["revealed_at"] is not None:
                assert row["revealed_at"] == row["due_at"] == row["received_at"] + timedelta(hours=48)
            if row["declined_at"] is not None and row["accepted_at"] is None:
                late = row["declined_at"] >= row["due_at"]
                assert (row["revealed_at"] is not None) is late, "a late decline closes nothing"
        if reveals is not None:
            assert sum(row["revealed_at"] is not None for row in rows) == reveals

    async def end(self) -> None:
        """End the workers of this test."""
        for process in self.workers:
            if process.returncode is None:
                process.kill()
                await process.wait()


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker process."""

    process: asyncio.subprocess.Process

    async def kill(self) -> None:
        """Kill the process."""
        assert self.process.returncode is None, "it has ended by itself"
        self.process.kill()
        await self.process.wait()

    def alive(self) -> bool:
        """Whether it is running."""
        return self.process.returncode is None


async def until(reached: Callable[[], Awaitable[object]], seconds: float = 60) -> None:
    """Return when a condition holds; while the database is down, retry."""
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            if await reached():
                return
        assert time.monotonic() < end, f"not within {seconds} seconds"
        await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def standing(url: str, table: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Lock a table so that writers wait between their decision and their commit."""
    holder = await asyncpg.connect(url)
    try:
        await holder.execute(f"BEGIN; LOCK TABLE {table} IN SHARE MODE")
        yield holder
    finally:
        await holder.close()


async def is_blocked(holder: "asyncpg.Connection[asyncpg.Record]") -> bool:
    """Whether a session is waiting for the lock."""
    return bool(await holder.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"))


def freeze(pid: int) -> None:
    """Freeze a process: it keeps its sockets but does not respond."""
    os.kill(pid, signal.SIGSTOP)


def thaw(pid: int) -> None:
    """Resume a process."""
    os.kill(pid, signal.SIGCONT)


async def make_breakable(services: embedded.Services, database: Database, at: datetime) -> BreakableMarket:
    """A marketplace with a stopped clock."""
    await database.clock.set(at)
    return BreakableMarket(services, database, await make_marketplace(points=1_000))
