"""A Valkey that a test may freeze, kill and restart.

It does not touch the session's services.
"""

import asyncio
import contextlib
import signal
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from embedded.programs import programs
from tests.support.services import reachable_folder

SECONDS = 60.0  # a time limit, not a wait: it responds in milliseconds


class MortalValkey:
    """A server of one test, on a Unix socket; not running until it is started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{folder / 'valkey.sock'}"

    async def start(self) -> None:
        """Start it and wait until it responds."""
        command = [
            str(programs(None).valkey),
            "--port",
            "0",
            "--unixsocket",
            str(self._folder / "valkey.sock"),
        ]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: ASYNC220 - returns immediately
        async with asyncio.timeout(SECONDS), Redis.from_url(self.url) as redis:
            while True:
                with contextlib.suppress(RedisError, OSError):
                    await redis.ping()
                    return
                await asyncio.sleep(0.01)

    def pause(self) -> None:
        """Freeze it: it keeps its sockets but does not respond."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Resume it."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kill it, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextlib.asynccontextmanager
async def mortal_valkey() -> AsyncIterator[MortalValkey]:
    """A server that is not running yet, and is removed at the end."""
    with reachable_folder() as folder:
        server = MortalValkey(folder)
        try:
            yield server
        finally:
            server.kill()
