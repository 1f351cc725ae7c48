"""Owns a Valkey that a test may kill and start again, and collecting items of a feed with a deadline.

Must not touch the session's services.
"""

import asyncio
import contextlib
import signal
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from arq.connections import ArqRedis
from redis.asyncio import Redis
from redis.exceptions import RedisError

from embedded.programs import programs
from models.views.feed_view import FeedEventView
from models.wake import RedisWake
from schema.subscriptions.feed_reader import FeedSubscription
from tests.support.services import reachable_folder

SECONDS = 20.0  # a deadline, not a wait: what should come comes in milliseconds
NEVER = 600.0  # a poll that no test lives to see


class MortalValkey:
    """A server of one test, on a Unix socket; not running until it is started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{folder / 'valkey.sock'}"

    async def start(self) -> None:
        """Start it and wait until it answers."""
        command = [
            str(programs(None).valkey),
            "--port",
            "0",
            "--unixsocket",
            str(self._folder / "valkey.sock"),
        ]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: ASYNC220 - returns at once
        async with asyncio.timeout(SECONDS), Redis.from_url(self.url) as redis:
            while True:
                with contextlib.suppress(RedisError, OSError):
                    await redis.ping()
                    return
                await asyncio.sleep(0.01)

    def pause(self) -> None:
        """Let it keep its sockets and answer nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kill it without a word, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextlib.asynccontextmanager
async def mortal_valkey() -> AsyncIterator[MortalValkey]:
    """A server that is not running yet, and is gone at the end."""
    with reachable_folder() as folder:
        server = MortalValkey(folder)
        try:
            yield server
        finally:
            server.kill()


@contextlib.asynccontextmanager
async def wake_through(url: str) -> AsyncIterator[RedisWake]:
    """What another process wakes with: its own connection."""
    async with ArqRedis.from_url(url) as redis:
        yield RedisWake(redis)


async def take(feed: FeedSubscription, count: int) -> list[int]:
    """The sequence numbers of the next `count` items, which must be events."""
    taken: list[int] = []
    async with asyncio.timeout(SECONDS):
        while len(taken) < count:
            item = await anext(feed)
            assert isinstance(item, FeedEventView)
            taken.append(item.seq)
    return taken


async def until(condition: Callable[[], bool]) -> None:
    """Wait until `condition()` holds, with a deadline."""
    async with asyncio.timeout(SECONDS):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


async def nothing_more(feed: FeedSubscription) -> bool:
    """Whether nothing was handed over beyond what was taken; call it when all is known to be read."""
    try:
        async with asyncio.timeout(0.05):
            await anext(feed)
    except TimeoutError:
        return True
    return False
