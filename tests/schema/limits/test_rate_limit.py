"""The bucket in a real Redis: what it holds, how it fills, one each, and everybody passes without Redis."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import pytest_asyncio
from prometheus_client import REGISTRY
from redis.asyncio import Redis

import embedded
from models.redis_pool import open_redis
from models.viewer import ANONYMOUS, Viewer
from schema.rate_limit import PAUSE_SECONDS, RateLimit, bucket_of


@pytest_asyncio.fixture(loop_scope="session")
async def redis(services: embedded.Services) -> AsyncIterator[Redis]:
    """A client of the session's Redis."""
    async with open_redis(services.redis_url) as client:
        yield client


@pytest.fixture
def key() -> str:
    """A bucket of its own."""
    return uuid4().hex


def opened() -> float:
    """Read the metric."""
    return REGISTRY.get_sample_value("leadgate_rate_limit_open_total") or 0.0


@pytest.mark.parametrize(("cost", "passes"), [(9, True), (10, True), (11, False)])
async def test_a_bucket_holds_its_burst(redis: Redis, key: str, cost: int, passes: bool) -> None:
    """What is left of it passes, one more does not, and takes nothing."""
    limit = RateLimit(a_minute=1, burst=100)
    await limit.take(redis, key, 90)
    allowance = await limit.take(redis, key, cost)
    assert allowance is not None
    assert (allowance.passed, allowance.remaining) == (passes, 10 - cost if passes else 10)
    assert (allowance.retry_after > 0) is not passes


async def test_a_bucket_fills_evenly_by_the_clock_of_redis(redis: Redis, key: str) -> None:
    """So much a minute; the answer says how long to wait, and that wait is enough."""
    limit = RateLimit(a_minute=6_000, burst=100)
    assert (await limit.take(redis, key, 100)).passed  # type: ignore[union-attr]
    refused = await limit.take(redis, key, 20)
    assert refused is not None
    assert not refused.passed
    assert 0.1 < refused.wait_seconds <= 0.2
    await asyncio.sleep(refused.wait_seconds + 0.005)
    passed = await limit.take(redis, key, 20)
    assert passed is not None
    assert passed.passed


async def test_many_at_once_take_no_more_than_there_is(redis: Redis, key: str) -> None:
    """The script is one step for Redis."""
    limit = RateLimit(a_minute=1, burst=50)
    taken = await asyncio.gather(*(limit.take(redis, key, 5) for _ in range(40)))
    assert sum(one.passed for one in taken if one) == 10


async def test_each_has_a_bucket_that_is_forgotten_once_full(redis: Redis, key: str) -> None:
    """Another's is not touched, and Redis keeps no bucket that nobody uses."""
    limit = RateLimit(a_minute=6_000, burst=100)
    await limit.take(redis, key, 100)
    assert (await limit.take(redis, key + "x", 100)).passed  # type: ignore[union-attr]
    assert 0 < await redis.pttl(f"leadgate:rate:{key}") <= 2_000


async def test_a_cost_above_the_burst_takes_all(redis: Redis, key: str) -> None:
    """It could never pass otherwise."""
    limit = RateLimit(a_minute=1, burst=10)
    assert (await limit.take(redis, key, 5_000)).passed  # type: ignore[union-attr]
    assert not (await limit.take(redis, key, 1)).passed  # type: ignore[union-attr]


async def test_the_script_is_sent_again_when_redis_has_forgotten_it(redis: Redis, key: str) -> None:
    """A restart of Redis is no error."""
    limit = RateLimit(a_minute=1, burst=10)
    before = opened()
    await redis.script_flush()
    assert (await limit.take(redis, key, 1)).passed  # type: ignore[union-attr]
    assert opened() == before


async def test_without_redis_everybody_passes_and_a_metric_says_so(redis: Redis, key: str) -> None:
    """Redis is not asked again for a while, then it is."""
    now = 0.0
    limit = RateLimit(a_minute=1, burst=10, monotonic=lambda: now)
    before = opened()
    async with open_redis("unix:///nowhere/redis.sock?db=0") as away:
        assert await limit.take(away, key, 1) is None
        assert opened() == before + 1
        assert await limit.take(redis, key, 1) is None
        assert opened() == before + 2
        now = PAUSE_SECONDS
        assert await limit.take(redis, key, 1) is not None


async def test_a_redis_that_does_not_answer_is_away(key: str) -> None:
    """Nobody waits for it long."""

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, open_redis(f"redis://127.0.0.1:{port}") as mute, asyncio.timeout(2):
        assert await RateLimit(a_minute=1, burst=10).take(mute, key, 1) is None


@pytest.mark.parametrize(
    ("address", "bucket"),
    [
        ("192.0.2.7", "address:192.0.2.7"),
        ("::ffff:192.0.2.7", "address:192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64"),
        ("", "address:unknown"),
        ("testclient", "address:unknown"),
    ],
)
def test_who_is_nobody_shares_the_address(address: str, bucket: str) -> None:
    """IPv6 by its network, of which one machine has all."""
    assert bucket_of(ANONYMOUS, address) == bucket


def test_a_user_has_one_bucket_wherever_it_asks_from() -> None:
    """The address does not matter."""
    viewer = Viewer(user_id=uuid4())
    assert bucket_of(viewer, "192.0.2.7") == bucket_of(viewer, "192.0.2.8") == f"user:{viewer.user_id}"
