"""A complete server with the demo in a separate process, for programs that query it from outside."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

import embedded
import settings
from cli.connect import orm
from cli.demo import seed
from cli.migrating import migrate
from models.messages.expand import expand_messages
from tests.support.ports import free_port
from tests.support.services import reachable_folder

ROOT = Path(__file__).parents[2]
START_SECONDS, STOP_SECONDS = 120.0, 60.0


@dataclass(frozen=True, slots=True)
class DemoServer:
    """The address and the log of the server, and how it is configured; None if it was started elsewhere."""

    address: str
    log_file: Path
    configured: settings.Settings | None = None

    @property
    def endpoint(self) -> str:
        """The address of GraphQL over HTTP."""
        return f"{self.address}/graphql"

    def log(self) -> str:
        """The log so far."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def expand_messages(self) -> None:
        """Make the dispatches of all messages, which a worker would do; a server elsewhere has a worker.

        In a thread, because Playwright occupies the event loop of its own.
        """
        if self.configured is not None:
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, _expand(self.configured)).result()


@contextmanager
def demo_server(program: Sequence[str] = ("cli", "serve"), /, **given: object) -> Iterator[DemoServer]:
    """Migrate, seed and serve on a free port; everything is deleted at the end.

    `program` is the module that serves, with its arguments; the settings are in its environment.
    """
    names = {name.upper() for name in settings.Settings.model_fields}
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    with reachable_folder("leadgate-demo-") as folder:
        var = folder / "var"
        with embedded.start(var, durable=False) as services:
            port = free_port()
            values: dict[str, object] = {
                "database_url": services.database_url,
                "redis_url": services.redis_url,
                "var_dir": var,
                "port": port,
                "log_format": "json",
                **given,
            }
            wanted = settings.load(**values)
            asyncio.run(migrate(wanted))
            asyncio.run(seed(wanted))
            environment = {name.upper(): str(value) for name, value in values.items()}
            log_file = folder / "server.log"
            server = DemoServer(f"http://127.0.0.1:{port}", log_file, wanted)
            with log_file.open("wb") as log:
                process = subprocess.Popen(
                    [sys.executable, "-m", *program],
                    cwd=ROOT,
                    env={**inherited, **environment},
                    stdout=log,
                    stderr=log,
                )
                try:
                    _await(process, server)
                    yield server
                finally:
                    process.terminate()
                    try:
                        process.wait(STOP_SECONDS)
                    except subprocess.TimeoutExpired:
                        process.kill()
                        process.wait()


async def _expand(wanted: settings.Settings) -> None:
    async with orm(wanted, direct=True):
        while await expand_messages():
            pass


def _await(process: "subprocess.Popen[bytes]", server: DemoServer) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server exited immediately:\n{server.log()}")
        try:
            if httpx.get(f"{server.address}/readyz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"the server did not get ready:\n{server.log()}")
