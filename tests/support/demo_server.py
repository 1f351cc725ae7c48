"""A complete server with the demo in a separate process, for programs that query it from outside."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import httpx

import embedded
import settings
from cli.connect import orm
from cli.demo import seed
from cli.migrating import migrate
from jobs.sweeping import Sweeper
from models.base.database import connection, fetch
from models.messages.expand import expand_messages
from models.policies.trial.run import TrialRunner
from models.process.redis_health import RedisHealth
from models.process.redis_pool import open_redis
from models.process.wake import RedisWake, Wake
from tests.support.ahead import FILE
from tests.support.cluster import MIGRATED, PreparedCluster
from tests.support.ports import free_port
from tests.support.services import reachable_folder

ROOT = Path(__file__).parents[2]
START_SECONDS, STOP_SECONDS = 120.0, 60.0
BATCH = 1_000
AHEAD = ("tests.support.ahead", "serve")  # the program whose clock can be advanced

# The database's clock runs ahead of the real one by the sum of what a test has added.
_MOVABLE_CLOCK = (
    "CREATE TABLE test_ahead (ahead interval NOT NULL)",
    """CREATE OR REPLACE FUNCTION leadgate_clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
       SELECT leadgate_own_clock() + coalesce((SELECT sum(ahead) FROM test_ahead), interval '0') $$""",
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DemoServer:
    """The address and the log of the server; what starts it and how it is configured, None if it was started
    elsewhere.
    """

    address: str
    log_file: Path
    configured: settings.Settings | None = None
    process: "Process | None" = None

    @property
    def endpoint(self) -> str:
        """The address of GraphQL over HTTP."""
        return f"{self.address}/graphql"

    def log(self) -> str:
        """The log so far."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def run(self, work: Callable[[], Awaitable[T]]) -> T:
        """Run `work` with the models connected to the server's database.

        In a thread, because Playwright occupies the event loop of its own.
        """
        assert self.configured is not None, "this server was started elsewhere"
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, _connected(self.configured, work)).result()

    def expand_messages(self) -> None:
        """Make the dispatches of all messages, which a worker would do; a server elsewhere has a worker."""
        if self.configured is not None:
            self.run(_expand)

    def run_trials(self) -> None:
        """Carry out all trials of policies, which a worker would do; a server elsewhere has a worker."""
        if self.configured is not None:
            self.run(_run_trials)

    def let_pass(self, span: timedelta) -> None:
        """Advance the clocks of the database and of the server, which must be `AHEAD`, and carry out what has
        become due, as a worker does. Return when responses have the new time: `Date` is made once a second.
        """
        before = self._date()
        self.run(lambda: self._let_pass(span))
        while self._date() < before + span:
            time.sleep(0.05)

    def _date(self) -> datetime:
        """Return the time of day that the server's responses have."""
        return parsedate_to_datetime(httpx.get(f"{self.address}/healthz", timeout=30).headers["date"])

    async def _let_pass(self, span: timedelta) -> None:
        assert self.configured is not None
        await fetch(connection(), "INSERT INTO test_ahead VALUES ($1)", span)
        ahead = await fetch(connection(), "SELECT sum(ahead) AS ahead FROM test_ahead")
        file = self.configured.var_dir / FILE
        new = file.with_suffix(".new")  # the server reads it at any moment
        new.write_text(str(ahead[0]["ahead"].total_seconds()), encoding="utf-8")
        new.replace(file)
        async with self.wake() as wake:
            while (await Sweeper(wake, BATCH).settle_due()).more:
                pass

    @asynccontextmanager
    async def wake(self) -> AsyncIterator[Wake]:
        """Wakes the server's readers, for what `run` does."""
        assert self.configured is not None
        async with open_redis(self.configured.redis_dsn) as redis, RedisWake(redis, RedisHealth()) as wake:
            yield wake

    def forget_redis(self) -> None:
        """Delete everything in Redis."""
        self.run(self._forget_redis)

    async def _forget_redis(self) -> None:
        assert self.configured is not None
        async with open_redis(self.configured.redis_dsn) as redis:
            await redis.flushall()


class Process:
    """The server's process."""

    def __init__(
        self, program: Sequence[str], environment: dict[str, str], address: str, log_file: Path
    ) -> None:
        """Start with `start`; `environment` has the settings."""
        self._command = [sys.executable, "-m", *program]
        self._environment = environment
        self._address = address
        self._log_file = log_file
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and return when the server answers."""
        with self._log_file.open("ab") as log:
            self._running = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._running.poll() is not None:
                raise RuntimeError(f"the server exited immediately:\n{self._log()}")
            try:
                if httpx.get(f"{self._address}/readyz", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise RuntimeError(f"the server did not get ready:\n{self._log()}")

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        if self._running is None:
            return
        self._running.terminate()
        try:
            self._running.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()

    def _log(self) -> str:
        return self._log_file.read_text(encoding="utf-8", errors="replace")


@contextmanager
def demo_server(
    program: Sequence[str] = ("cli", "serve"), prepared: PreparedCluster | None = None, /, **given: object
) -> Iterator[DemoServer]:
    """Migrate, seed and serve on a free port; everything is deleted at the end.

    `program` is the module that serves, with its arguments; the settings are in its environment. With a
    `prepared` cluster, which has been migrated, it starts several times faster.
    """
    names = {name.upper() for name in settings.Settings.model_fields}
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    with reachable_folder("leadgate-demo-") as folder:
        var = folder / "var"
        if prepared is not None:
            prepared.copy_to(var)
        with embedded.start(var, durable=False) as services:
            port = free_port()
            values: dict[str, object] = {
                "database_url": services.admin_url(MIGRATED) if prepared else services.database_url,
                "redis_url": services.redis_url,
                "var_dir": var,
                "port": port,
                "log_format": "json",
                **given,
            }
            wanted = settings.load(**values)
            asyncio.run(migrate(wanted))
            asyncio.run(_connected(wanted, partial(_make_clock_movable, renamed=prepared is not None)))
            asyncio.run(seed(wanted))
            environment = {**inherited, **{name.upper(): str(value) for name, value in values.items()}}
            address, log_file = f"http://127.0.0.1:{port}", folder / "server.log"
            process = Process(program, environment, address, log_file)
            try:
                process.start()
                yield DemoServer(address, log_file, wanted, process)
            finally:
                process.stop()


async def _connected(wanted: settings.Settings, work: Callable[[], Awaitable[T]]) -> T:
    async with orm(wanted, direct=True):
        return await work()


async def _make_clock_movable(*, renamed: bool) -> None:
    if not renamed:
        await fetch(connection(), "ALTER FUNCTION leadgate_clock() RENAME TO leadgate_own_clock")
    for statement in _MOVABLE_CLOCK:
        await fetch(connection(), statement)


async def _expand() -> None:
    while await expand_messages():
        pass


async def _run_trials() -> None:
    runner = TrialRunner()
    try:
        while await runner.carry_on():
            pass
    finally:
        await runner.close()
