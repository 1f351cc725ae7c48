"""The rate limit's bucket in a real Redis: its size, its refill, one per holder, and its fallback."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from prometheus_client import REGISTRY
from redis.asyncio import Redis

import embedded
from models.base.viewer import ANONYMOUS, Viewer
from models.process.redis_health import PAUSE_SECONDS, RedisHealth
from models.process.redis_pool import open_redis
from models.process.redis_trips import Command, RedisTrips
from schema.graphql import rate_limit
from schema.graphql.rate_limit import Advance, Bucket, RateLimit, bucket_of, take_in_turn
from tests.support.valkey import mortal_valkey


@pytest_asyncio.fixture(loop_scope="session")
async def redis(services: embedded.Services) -> AsyncIterator[Redis]:
    """A client of the session's Redis."""
    async with open_redis(services.redis_url) as client:
        yield client


@pytest.fixture
def key() -> str:
    """A separate bucket."""
    return uuid4().hex


def opened() -> float:
    """Read the metric of requests counted without Redis."""
    return REGISTRY.get_sample_value("leadgate_rate_limit_open_total") or 0.0


@pytest.mark.parametrize(("cost", "passes"), [(9, True), (10, True), (11, False)])
async def test_a_bucket_holds_its_burst(redis: Redis, key: str, cost: int, passes: bool) -> None:
    """The remaining amount can be taken; one more is refused and takes nothing."""
    limit = RateLimit(a_minute=1, burst=100)
    await limit.take(redis, RedisHealth(), key, 90)
    allowance = await limit.take(redis, RedisHealth(), key, cost)
    assert (allowance.passed, allowance.remaining) == (passes, 10 - cost if passes else 10)
    assert (allowance.retry_after > 0) is not passes


async def test_a_bucket_refills_evenly_by_the_clock_of_redis(redis: Redis, key: str) -> None:
    """At its rate per minute; the response includes the wait, and that wait is sufficient."""
    limit = RateLimit(a_minute=6_000, burst=100)
    assert (await limit.take(redis, RedisHealth(), key, 100)).passed
    refused = await limit.take(redis, RedisHealth(), key, 20)
    assert not refused.passed
    assert 0.1 < refused.wait_seconds <= 0.2
    await asyncio.sleep(refused.wait_seconds + 0.005)
    passed = await limit.take(redis, RedisHealth(), key, 20)
    assert passed.passed


async def test_concurrent_requests_take_no_more_than_the_bucket_has(redis: Redis, key: str) -> None:
    """For Redis, the script is one step."""
    limit = RateLimit(a_minute=1, burst=50)
    taken = await asyncio.gather(*(limit.take(redis, RedisHealth(), key, 5) for _ in range(40)))
    assert sum(one.passed for one in taken) == 10


async def test_each_holder_has_a_bucket_that_is_dropped_once_full(redis: Redis, key: str) -> None:
    """Another holder's bucket is not affected, and Redis drops unused buckets."""
    limit = RateLimit(a_minute=6_000, burst=100)
    await limit.take(redis, RedisHealth(), key, 100)
    assert (await limit.take(redis, RedisHealth(), key + "x", 100)).passed
    assert 0 < await redis.pttl(f"leadgate:rate:{key}") <= 2_000


@pytest.mark.parametrize("is_away", [False, True])
async def test_buckets_are_taken_from_in_turn_until_one_refuses(
    redis: Redis, key: str, is_away: bool
) -> None:
    """The allowance is that of the refusal, or of the last one; a bucket after a refusal loses nothing."""
    wide, narrow = (RateLimit(a_minute=1, burst=burst) for burst in (1_000, 20))
    async with open_redis("unix:///nowhere/redis.sock?db=0") as away:
        asked, health = away if is_away else redis, RedisHealth()
        share = 10 if is_away else 1
        buckets = [Bucket(narrow, key, 12 // share), Bucket(wide, key + "x", 100 // share)]
        taken = [await take_in_turn(asked, health, buckets) for _ in range(3 if is_away else 2)]
        assert [one.passed for one in taken] == [True] * (len(taken) - 1) + [False]
        assert {one.limit for one in taken[:-1]} == {1_000 // share}
        assert taken[-1].limit == 20 // share
        left = await wide.take(asked, health, key + "x", 0)
        assert left.remaining == (1_000 - 100 * (len(taken) - 1)) // share


async def test_a_cost_above_the_burst_takes_a_full_bucket(redis: Redis, key: str) -> None:
    """Otherwise it could never pass."""
    limit = RateLimit(a_minute=1, burst=10)
    assert (await limit.take(redis, RedisHealth(), key, 5_000)).passed
    assert not (await limit.take(redis, RedisHealth(), key, 1)).passed


async def test_the_script_is_sent_again_after_redis_restarts(redis: Redis, key: str) -> None:
    """A restart of Redis is not an error."""
    limit = RateLimit(a_minute=1, burst=10)
    before = opened()
    await redis.script_flush()
    assert (await limit.take(redis, RedisHealth(), key, 1)).passed
    assert opened() == before


async def test_a_blocked_event_loop_is_not_mistaken_for_a_redis_outage(redis: Redis, key: str) -> None:
    """Redis' response is already there when the loop resumes."""
    limit, health, before = RateLimit(a_minute=1, burst=100), RedisHealth(), opened()
    await limit.take(redis, health, key, 1)
    asking = [asyncio.create_task(limit.take(redis, health, key, 1)) for _ in range(3)]
    for _ in range(3):
        await asyncio.sleep(0)
        time.sleep(0.4)  # noqa: ASYNC251 - the test blocks the loop on purpose
    assert [one.limit for one in await asyncio.gather(*asking)] == [100] * 3
    assert (opened(), health.is_away) == (before, False)


async def test_without_redis_this_process_allows_a_tenth_of_the_limit(key: str) -> None:
    """For each key, refilled evenly by this machine's clock; a metric counts it."""
    now, before = 0.0, opened()
    limit, health = RateLimit(a_minute=600, burst=100, monotonic=lambda: now), RedisHealth()
    async with open_redis("unix:///nowhere/redis.sock?db=0") as away:
        taken = [await limit.take(away, health, key, 3) for _ in range(4)]
        assert [(one.passed, one.remaining, one.limit) for one in taken] == [
            (True, 7, 10), (True, 4, 10), (True, 1, 10), (False, 1, 10),
        ]  # fmt: skip
        assert taken[-1].wait_seconds == pytest.approx(2.0)
        assert (await limit.take(away, health, key + "x", 5_000)).remaining == 0
        now = 1.9
        assert not (await limit.take(away, health, key, 3)).passed
        now = 2.0
        assert (await limit.take(away, health, key, 3)).passed
    assert opened() == before + 7


async def test_buckets_of_this_process_are_bounded(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The least recently used bucket is dropped."""
    monkeypatch.setattr(rate_limit, "MOST_LOCAL_BUCKETS", 3)
    limit, health = RateLimit(a_minute=1, burst=100, monotonic=lambda: 0.0), RedisHealth()
    async with open_redis("unix:///nowhere/redis.sock?db=0") as away:
        for name in ("a", "b", "a", "c", "d"):
            await limit.take(away, health, key + name, 4)
        left = [(await limit.take(away, health, key + name, 0)).remaining for name in ("a", "c", "d")]
        assert left == [2, 6, 6]
        assert REGISTRY.get_sample_value("leadgate_rate_limit_local_buckets") == 3
        assert (await limit.take(away, health, key + "b", 0)).remaining == 10


async def test_one_request_at_a_time_probes_an_unavailable_redis(redis: Redis, key: str) -> None:
    """Until Redis responds, nobody else waits for it; after that, every request uses it."""
    now = 0.0
    limit, health = RateLimit(a_minute=1, burst=100), RedisHealth(monotonic=lambda: now)
    health.failed()
    assert (await limit.take(redis, health, key, 1)).limit == 10
    now = PAUSE_SECONDS
    before = len(asyncio.all_tasks())
    taken = [await limit.take(redis, health, key, 1) for _ in range(5)]
    assert {one.limit for one in taken} == {10}
    assert len(asyncio.all_tasks()) == before + 1
    async with asyncio.timeout(60):
        while health.is_away:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)
    assert (await limit.take(redis, health, key, 1)).limit == 100


async def test_the_limits_apply_while_redis_is_frozen(key: str) -> None:
    """No request waits long for it; once Redis resumes, its buckets decide again."""
    async with mortal_valkey() as valkey:
        await valkey.start()
        async with open_redis(valkey.url) as frozen, asyncio.timeout(60):
            limit, health = RateLimit(a_minute=1, burst=100), RedisHealth()
            assert (await limit.take(frozen, health, key, 1)).limit == 100
            valkey.pause()
            taken = [await limit.take(frozen, health, key, 1) for _ in range(20)]
            assert [one.passed for one in taken] == [True] * 10 + [False] * 10
            valkey.resume()
            while (await limit.take(frozen, health, key, 0)).limit != 100:  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.05)


async def test_the_limits_apply_after_redis_is_killed(key: str) -> None:
    """Like a frozen one."""
    async with mortal_valkey() as valkey:
        await valkey.start()
        async with open_redis(valkey.url) as killed, asyncio.timeout(60):
            limit, health = RateLimit(a_minute=1, burst=100), RedisHealth()
            await limit.take(killed, health, key, 1)
            valkey.kill()
            taken = [await limit.take(killed, health, key, 1) for _ in range(20)]
            assert [one.passed for one in taken] == [True] * 10 + [False] * 10


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
def test_anonymous_clients_share_the_bucket_of_their_address(address: str, bucket: str) -> None:
    """IPv6 by its network, all of which belongs to one machine."""
    assert bucket_of(ANONYMOUS, address) == bucket


def test_a_user_has_one_bucket_for_all_addresses() -> None:
    """The address does not matter."""
    viewer = Viewer(user_id=uuid4())
    assert bucket_of(viewer, "192.0.2.7") == bucket_of(viewer, "192.0.2.8") == f"user:{viewer.user_id}"


async def test_what_a_busy_user_takes_ahead_is_used_before_the_bucket_is_asked_again(
    redis: Redis, key: str
) -> None:
    """From the second request on, of ten requests at once; what is left is told as if each were counted."""
    limit = RateLimit(a_minute=1, burst=1_000)
    advance = Advance(limit, 10, monotonic=lambda: 0.0)
    left = [(await advance.take(redis, RedisHealth(), key, 5)).remaining for _ in range(11)]
    assert left == list(range(995, 940, -5))
    assert (await limit.take(redis, RedisHealth(), key, 0)).remaining == 945


async def test_what_was_not_used_in_a_second_goes_back_to_the_bucket(redis: Redis, key: str) -> None:
    clock = [0.0]
    limit = RateLimit(a_minute=1, burst=1_000)
    advance = Advance(limit, 10, monotonic=lambda: clock[0])
    for _ in range(2):
        await advance.take(redis, RedisHealth(), key, 5)
    assert (await limit.take(redis, RedisHealth(), key, 0)).remaining == 945  # nine are not used
    clock[0] = 1.0
    assert (await advance.take(redis, RedisHealth(), key, 5)).remaining == 985
    assert (await limit.take(redis, RedisHealth(), key, 0)).remaining == 985


async def test_who_asks_less_than_once_a_second_takes_nothing_ahead(redis: Redis, key: str) -> None:
    clock = [0.0]
    limit = RateLimit(a_minute=1, burst=1_000)
    advance = Advance(limit, 10, monotonic=lambda: clock[0])
    for asked in range(1, 6):
        clock[0] += 1.0
        await advance.take(redis, RedisHealth(), key, 5)
        assert (await limit.take(redis, RedisHealth(), key, 0)).remaining == 1_000 - 5 * asked


async def test_a_process_holds_at_most_a_twentieth_of_a_bucket(redis: Redis, key: str) -> None:
    limit = RateLimit(a_minute=1, burst=1_000)
    advance = Advance(limit, 10, monotonic=lambda: 0.0)
    for _ in range(2):
        await advance.take(redis, RedisHealth(), key, 20)
    assert (await limit.take(redis, RedisHealth(), key, 0)).remaining == 1_000 - 20 - 50
    assert (await advance.take(redis, RedisHealth(), key, 90)).passed  # what costs more is taken alone
    assert (await limit.take(redis, RedisHealth(), key, 0)).remaining == 1_000 - 20 - 20 - 90


@pytest.mark.parametrize("together", [True, False])
async def test_who_takes_ahead_gets_exactly_what_the_bucket_has(
    redis: Redis, key: str, together: bool
) -> None:
    """In any order, and not one more: the last half of a bucket is taken one by one."""
    advance = Advance(RateLimit(a_minute=1, burst=1_000), 10, monotonic=lambda: 0.0)
    if together:
        taken = await asyncio.gather(*(advance.take(redis, RedisHealth(), key, 7) for _ in range(150)))
    else:
        taken = [await advance.take(redis, RedisHealth(), key, 7) for _ in range(150)]
    assert [one.passed for one in taken].count(True) == 1_000 // 7


async def test_processes_that_take_ahead_share_one_bucket(redis: Redis, key: str) -> None:
    """What one of them has not used is all that the other lacks."""
    limit = RateLimit(a_minute=1, burst=1_000)
    one, other = (Advance(limit, 10, monotonic=lambda: 0.0) for _ in range(2))
    passed = 0
    for _ in range(600):
        for process in (one, other):
            passed += (await process.take(redis, RedisHealth(), key, 3)).passed
    assert 1_000 // 3 - 10 <= passed <= 1_000 // 3


async def test_what_was_taken_ahead_is_no_gain_when_redis_is_away(redis: Redis, key: str) -> None:
    """It is used up, then the process's own bucket applies, which is a tenth."""
    advance = Advance(RateLimit(a_minute=1, burst=1_000), 10, monotonic=lambda: 0.0)
    for _ in range(2):
        await advance.take(redis, RedisHealth(), key, 5)
    away = RedisHealth(monotonic=lambda: 0.0)
    away.failed()
    taken = [await advance.take(redis, away, key, 5) for _ in range(60)]
    assert [one.passed for one in taken] == [True] * (9 + 20) + [False] * 31


async def test_a_cancelled_request_loses_nothing_that_was_taken_ahead(redis: Redis, key: str) -> None:
    """It is charged at most its own cost, and the next one does not wait for it."""
    limit = RateLimit(a_minute=1, burst=1_000)
    advance = Advance(limit, 10, monotonic=lambda: 0.0)
    for _ in range(2):
        await advance.take(redis, RedisHealth(), key, 5)  # 45 are not used
    for _ in range(3):
        asking = asyncio.create_task(advance.take(redis, RedisHealth(), key, 60))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    before = (await limit.take(redis, RedisHealth(), key, 0)).remaining
    assert (await advance.take(redis, RedisHealth(), key, 5)).passed
    assert (await limit.take(redis, RedisHealth(), key, 0)).remaining == before


async def test_what_a_cancelled_request_gave_back_is_not_kept(redis: Redis, key: str) -> None:
    """Nobody gains by cancelling."""
    clock = [0.0]
    limit = RateLimit(a_minute=1, burst=1_000)
    advance = Advance(limit, 10, monotonic=lambda: clock[0])
    for _ in range(2):
        await advance.take(redis, RedisHealth(), key, 5)  # 45 are not used
    clock[0] = 1.0
    asking = asyncio.create_task(advance.take(redis, RedisHealth(), key, 5))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    spent = 10
    while (await advance.take(redis, RedisHealth(), key, 5)).passed:
        spent += 5
    assert spent <= 1_000


async def test_a_request_that_passes_is_not_counted_as_refused(redis: Redis, key: str) -> None:
    """Although the bucket does not have what a process would take ahead."""
    limit = RateLimit(a_minute=1, burst=1_000)
    advance = Advance(limit, 10, monotonic=lambda: 0.0)
    await advance.take(redis, RedisHealth(), key, 5)
    await limit.take(redis, RedisHealth(), key, 980)  # another process
    refused = "leadgate_rate_limit_refused_total"
    before = REGISTRY.get_sample_value(refused) or 0.0
    assert (await advance.take(redis, RedisHealth(), key, 5)).passed
    assert (REGISTRY.get_sample_value(refused) or 0.0) == before
    assert not (await advance.take(redis, RedisHealth(), key, 50)).passed
    assert (REGISTRY.get_sample_value(refused) or 0.0) == before + 1


@pytest.mark.parametrize("is_away", [False, True])
async def test_what_is_told_to_be_left_is_never_more_than_the_limit(
    redis: Redis, key: str, is_away: bool
) -> None:
    """Not even to a request that costs more than a full bucket."""
    limit = RateLimit(a_minute=1, burst=1_000, monotonic=lambda: 0.0)
    advance = Advance(limit, 10, monotonic=lambda: 0.0)
    for _ in range(2):
        await advance.take(redis, RedisHealth(), key, 5)
    await limit.take(redis, RedisHealth(), key, -40)  # refilled, nearly
    health = RedisHealth(monotonic=lambda: 0.0)
    if is_away:
        health.failed()
        await limit.take(redis, health, key, 10)
    taken = await advance.take(redis, health, key, 5_000)
    assert taken.limit == (100 if is_away else 1_000)
    assert taken.remaining <= taken.limit


async def test_requests_to_a_bucket_that_is_half_empty_do_not_wait_for_one_another(
    redis: Redis, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends too many at once does not cost a round trip each: they are refused together."""
    trips, trip = 0, RedisTrips._trip

    async def counted(self: RedisTrips, commands: Sequence[Command]) -> list[Any]:
        nonlocal trips
        trips += 1
        return await trip(self, commands)

    limit, health = RateLimit(a_minute=1, burst=1_000), RedisHealth()
    advance = Advance(limit, 10, monotonic=lambda: 0.0)
    await limit.take(redis, health, key, 900)
    await advance.take(redis, health, key, 50)
    monkeypatch.setattr(RedisTrips, "_trip", counted)
    taken = await asyncio.gather(*(advance.take(redis, health, key, 5) for _ in range(100)))
    assert [one.passed for one in taken].count(True) == 10
    assert trips <= 3
