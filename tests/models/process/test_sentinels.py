"""`redis+sentinel://`: the primary that Sentinels name now, through a failover too."""

import asyncio
import contextlib
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from embedded.programs import programs
from models.process.redis_pool import open_redis
from settings.redis_url import SentinelUrl, read_sentinel_url
from tests.support.ports import free_port
from tests.support.services import reachable_folder

SECONDS = 120.0  # a limit for a busy machine; a failover takes about three
NAME = "wakes"
PASSWORD = "of-tests"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A primary, a replica and one Sentinel that decides alone."""

    primary: subprocess.Popen[bytes]
    ports: tuple[int, int]
    sentinel: int

    @property
    def url(self) -> str:
        """Its address, after a Sentinel that is away."""
        return f"redis+sentinel://:{PASSWORD}@127.0.0.1:1,127.0.0.1:{self.sentinel}/{NAME}?db=2"


@asynccontextmanager
async def cluster() -> AsyncIterator[Cluster]:
    """Start it, and wait until the Sentinel knows the replica."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(reachable_folder())
        first, second, sentinel = free_port(), free_port(), free_port()
        secret = ["--requirepass", PASSWORD, "--masterauth", PASSWORD]
        primary = _start(stack, folder, ["--port", str(first), *secret])
        await _answers(first)
        _start(stack, folder, ["--port", str(second), *secret, "--replicaof", f"127.0.0.1 {first}"])
        file = folder / "sentinel.conf"
        file.write_text(
            f"port {sentinel}\nbind 127.0.0.1\ndir {folder}\n"
            f"sentinel monitor {NAME} 127.0.0.1 {first} 1\n"
            f"sentinel auth-pass {NAME} {PASSWORD}\n"
            f"sentinel down-after-milliseconds {NAME} 2000\nsentinel failover-timeout {NAME} 3000\n"
        )
        _start(stack, folder, [str(file), "--sentinel"])
        async with asyncio.timeout(SECONDS), Redis(port=sentinel) as asked:
            while True:
                with contextlib.suppress(RedisError, OSError):
                    states = await asked.sentinel_slaves(NAME)  # type: ignore[no-untyped-call]
                    if states and states[0]["flags"] == "slave" and int(states[0]["slave-repl-offset"]):
                        break
                await asyncio.sleep(0.05)
        yield Cluster(primary, (first, second), sentinel)


def _start(stack: contextlib.ExitStack, folder: Path, words: list[str]) -> "subprocess.Popen[bytes]":
    plain = [] if "--sentinel" in words else ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
    command = [
        str(programs(None).valkey),
        *words,
        *plain,
        *([] if "--sentinel" in words else ["--dir", str(folder)]),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


async def _answers(port: int) -> None:
    async with asyncio.timeout(SECONDS), Redis(port=port, password=PASSWORD) as redis:
        while True:
            with contextlib.suppress(RedisError, OSError):
                await redis.ping()
                return
            await asyncio.sleep(0.02)


async def test_a_failover_is_followed_by_commands_and_readers_of_channels() -> None:
    """The primary is killed: the same clients go on at the replica, which has become the primary."""
    async with (
        cluster() as made,
        open_redis(made.url) as redis,
        open_redis(made.url, answer_seconds=None) as channel,
        channel.pubsub() as reader,
    ):
        await redis.set("kept", "1")
        assert int((await redis.client_info())["db"]) == 2
        await reader.subscribe("words")
        async with asyncio.timeout(SECONDS), Redis(port=made.ports[1], db=2, password=PASSWORD) as replica:
            while await replica.get("kept") is None:  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0.02)
        made.primary.send_signal(signal.SIGKILL)
        async with asyncio.timeout(SECONDS):
            while True:
                with contextlib.suppress(RedisError, OSError):
                    assert await redis.get("kept") in {b"1", b"2"}
                    await redis.set("kept", "2")
                    if await redis.publish("words", "hello"):
                        break
                with contextlib.suppress(RedisError, OSError):
                    await reader.get_message(timeout=0.01)
                await asyncio.sleep(0.02)
            heard = None
            while heard is None or heard["type"] != "message":
                heard = await reader.get_message(timeout=1.0)
        assert heard["data"] == b"hello"
        async with Redis(port=made.ports[1], db=2, password=PASSWORD) as promoted:
            assert await promoted.get("kept") == b"2"


async def test_without_a_sentinel_redis_is_away() -> None:
    """As without Redis: an error of redis, for which every caller is prepared."""
    async with open_redis("redis+sentinel://127.0.0.1:1/name") as redis:
        with pytest.raises(RedisError):
            await redis.ping()


def test_an_address_has_everything() -> None:
    given = "rediss+sentinel://u:p%40@a,b:7,[::1]:8/m%20x?db=3&sentinel_username=s&sentinel_password=t"
    assert read_sentinel_url(given) == SentinelUrl(
        sentinels=(("a", 26_379), ("b", 7), ("::1", 8)),
        name="m x",
        tls=True,
        db=3,
        username="u",
        password="p@",
        sentinel_username="s",
        sentinel_password="t",
    )
    assert read_sentinel_url("redis+sentinel://a/m") == SentinelUrl((("a", 26_379),), "m")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("redis+sentinel://a", "must name the primary and its database"),
        ("redis+sentinel://a/m/n", "must name the primary and its database"),
        ("redis+sentinel://a/m?db=x", "must name the primary and its database"),
        ("redis+sentinel://a:x/m", "must list Sentinels"),
        ("redis+sentinel://a,,b/m", "must list Sentinels"),
        ("redis+sentinel://a:70000/m", "must list Sentinels"),
        ("redis+sentinel://a/m?quorum=2", "has the unknown option 'quorum'"),
    ],
)
def test_a_wrong_address_is_refused_with_the_reason(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_sentinel_url(url)


def test_an_address_does_not_show_its_passwords() -> None:
    shown = repr(read_sentinel_url("redis+sentinel://u:hidden@a/m?sentinel_password=hidden"))
    assert "hidden" not in shown
