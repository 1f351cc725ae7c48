"""Rate limit per user: a token bucket of cost in Redis.

If Redis is not available, requests are neither blocked nor unlimited: this process uses smaller local
buckets.
"""

import asyncio
import contextlib
import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextvars import Context
from dataclasses import dataclass, replace
from hashlib import sha1
from typing import NamedTuple, TypeAlias, cast

from prometheus_client import Counter, Gauge
from redis.asyncio import Redis
from redis.exceptions import NoScriptError

from models.base.turns import Turns
from models.base.viewer import Viewer
from models.process.redis_health import RedisAway, RedisHealth
from models.process.redis_trips import RedisTrips, trips_of

LOCAL_SHARE = 10  # a local bucket has a tenth: there may be ten processes
AHEAD_SHARE = 20  # a process takes at most a twentieth of a bucket ahead
MOST_LOCAL_BUCKETS = 10_000  # above it, the least recently used is dropped
OPEN = Counter("leadgate_rate_limit_open", "Requests counted by this process because Redis was unavailable.")
REFUSED = Counter("leadgate_rate_limit_refused", "Requests refused because the rate limit was exceeded.")
LOCAL_BUCKETS = Gauge(
    "leadgate_rate_limit_local_buckets",
    "Rate limit buckets held by this process.",
    multiprocess_mode="livesum",
)

# Takes from each bucket in turn, until one refuses. Uses Redis' own clock, so that servers need not agree.
# Returns of each: passed, left in the bucket, milliseconds to wait.
_TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local taken = {}
for i, key in ipairs(KEYS) do
  local capacity, a_second, cost = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local bucket = redis.call('HMGET', key, 'left', 'at')
  local left = tonumber(bucket[1]) or capacity
  local at = tonumber(bucket[2]) or now
  left = math.min(capacity, left + math.max(0, now - at) * a_second / 1000)
  local passed, wait = 1, 0
  if cost <= left then
    left = math.min(capacity, left - cost)
  else
    passed, wait = 0, math.ceil((cost - left) * 1000 / a_second)
  end
  redis.call('HSET', key, 'left', string.format('%.3f', left), 'at', string.format('%d', now))
  redis.call('PEXPIRE', key, math.ceil((capacity - left) * 1000 / a_second) + 1000)
  taken[i] = {passed, math.floor(left), wait}
  if passed == 0 then break end
end
return taken
"""
_SHA = sha1(_TAKE.encode(), usedforsecurity=False).hexdigest()
_Taken: TypeAlias = list[tuple[int, int, int]]  # as the script returns it
_LOOKING: set[asyncio.Task[None]] = set()  # held, because a loop refers to its tasks weakly


@dataclass(frozen=True, slots=True)
class Allowance:
    """The bucket's state: whether the cost was available, what is left, its size, and when to retry."""

    passed: bool
    remaining: int
    limit: int
    wait_seconds: float = 0.0

    @property
    def retry_after(self) -> int:
        """The whole seconds to wait."""
        return math.ceil(self.wait_seconds)


class RateLimit:
    """Buckets of `burst` cost, refilled by `a_minute` per minute, one per key."""

    def __init__(self, a_minute: int, burst: int, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Take the limits; `monotonic` is this machine's clock, for local buckets only."""
        self.a_minute, self.burst = a_minute, burst
        self._local = LocalBuckets(a_minute / LOCAL_SHARE, max(1, burst // LOCAL_SHARE), monotonic)

    async def take(self, redis: Redis, health: RedisHealth, key: str, cost: int) -> Allowance:
        """Take the cost of a request, in one round trip, or from local buckets while Redis is
        unavailable. A cost above the size of a bucket takes a full bucket: the cost of one request is
        limited elsewhere. A negative one gives back what was taken and not used.
        """
        return await take_in_turn(redis, health, [Bucket(self, key, cost)])

    def take_locally(self, key: str, cost: int) -> Allowance:
        """Take a cost from this process's bucket of a key."""
        return self._local.take(key, cost)


class _Ahead(NamedTuple):
    """What a process has taken from a bucket and not used yet, and what was left there."""

    left: int
    remaining: int
    at: float  # when the bucket was asked, by this machine's clock


_NOTHING = _Ahead(0, 0, -math.inf)


class Advance:
    """A limit of which a process takes the cost of several requests at once from whoever asks often, so that
    most of their requests ask nobody.

    What it has not used within `SECONDS` goes back with the next request. Nothing is taken ahead by who asks
    less often than that, nor of a bucket that is half empty: there each request is counted by Redis, and none
    waits for another. Otherwise, of requests that come together, one takes for the others, which wait for it.
    """

    SECONDS = 1.0

    def __init__(
        self, limit: RateLimit, requests: int, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the limit, of how many requests to take the cost at once, and this machine's clock."""
        self._limit, self._requests, self._monotonic = limit, requests, monotonic
        self._most = limit.burst // AHEAD_SHARE
        self._ahead: OrderedDict[str, _Ahead] = OrderedDict()
        self._turns = Turns(1)

    async def take(self, redis: Redis, health: RedisHealth, key: str, cost: int) -> Allowance:
        """Take the cost of a request, as `RateLimit.take` does."""
        cost = min(cost, self._limit.burst)
        taken = self._use(key, cost)
        if taken is not None:
            return taken
        ahead = self._ahead.get(key, _NOTHING)
        if not ahead.left and not self._may_take_ahead(ahead):
            return await self._ask(redis, health, key, cost)
        async with self._turns.of(key):
            taken = self._use(key, cost)
            return await self._ask(redis, health, key, cost) if taken is None else taken

    def _use(self, key: str, cost: int) -> Allowance | None:
        ahead = self._ahead.get(key)
        if ahead is None or ahead.left < cost or self._monotonic() - ahead.at >= self.SECONDS:
            return None
        left = ahead.left - cost
        self._ahead[key] = _Ahead(left, ahead.remaining, ahead.at)
        return Allowance(True, ahead.remaining + left, self._limit.burst)

    def _may_take_ahead(self, ahead: _Ahead) -> bool:
        return self._monotonic() - ahead.at < self.SECONDS and ahead.remaining >= self._limit.burst // 2

    async def _ask(self, redis: Redis, health: RedisHealth, key: str, cost: int) -> Allowance:
        now, limit = self._monotonic(), self._limit
        ahead = self._ahead.get(key, _NOTHING)
        if ahead.left:  # used by this request
            self._ahead[key] = ahead._replace(left=0)
        wanted = cost
        if self._may_take_ahead(ahead):
            wanted = max(cost, min(cost * self._requests, self._most))
        try:
            taken = await _take_or_locally(redis, health, [Bucket(limit, key, wanted - ahead.left)])
            if not taken.passed and wanted > cost:
                wanted = cost
                taken = await _take_or_locally(redis, health, [Bucket(limit, key, wanted - ahead.left)])
        except BaseException:  # cancelled: it may have been taken, or given back
            if 0 < ahead.left <= wanted:
                self._keep(key, ahead)
            raise
        left = wanted - cost if taken.passed else ahead.left
        self._keep(key, _Ahead(left, taken.remaining, now))
        return _counted(replace(taken, remaining=min(taken.limit, taken.remaining + left)))

    def _keep(self, key: str, ahead: _Ahead) -> None:
        """Keep what was not used, beside what another request has taken meanwhile."""
        meanwhile = self._ahead.pop(key, _NOTHING)
        self._ahead[key] = ahead._replace(left=ahead.left + meanwhile.left)
        if len(self._ahead) > MOST_LOCAL_BUCKETS:
            self._ahead.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of a limit, and what to take from it."""

    limit: RateLimit
    key: str
    cost: int


async def take_in_turn(redis: Redis, health: RedisHealth, buckets: Sequence[Bucket]) -> Allowance:
    """Take from each bucket, in one round trip, until one refuses; return the allowance of the last one.

    Those after a refusal stay as they are. While Redis is unavailable, local buckets are used.
    """
    return _counted(await _take_or_locally(redis, health, buckets))


def _counted(allowance: Allowance) -> Allowance:
    if not allowance.passed:
        REFUSED.inc()
    return allowance


async def _take_or_locally(redis: Redis, health: RedisHealth, buckets: Sequence[Bucket]) -> Allowance:
    taken = await _take(redis, health, buckets)
    if taken is None:
        OPEN.inc()
        taken = _take_locally(buckets)
    return taken


def _take_locally(buckets: Sequence[Bucket]) -> Allowance:
    for one in buckets:
        allowance = one.limit.take_locally(one.key, one.cost)
        if not allowance.passed:
            break
    return allowance


async def _take(redis: Redis, health: RedisHealth, buckets: Sequence[Bucket]) -> Allowance | None:
    if health.is_away:
        if health.may_ask():  # in the background, so that this request does not wait for Redis
            looking = asyncio.create_task(_look(redis, health), context=Context())
            _LOOKING.add(looking)
            looking.add_done_callback(_LOOKING.discard)
        return None
    keys = [f"leadgate:rate:{one.key}" for one in buckets]
    arguments: list[float] = []
    for one in buckets:
        arguments += (one.limit.burst, one.limit.a_minute / 60, min(one.cost, one.limit.burst))
    try:
        taken = await _run(trips_of(redis, health), keys, arguments)
    except RedisAway:
        return None
    passed, remaining, wait = taken[-1]
    return Allowance(bool(passed), remaining, buckets[len(taken) - 1].limit.burst, wait / 1000)


class LocalBuckets:
    """Buckets in the memory of this process, at most `MOST_LOCAL_BUCKETS`."""

    def __init__(self, a_minute: float, burst: int, monotonic: Callable[[], float]) -> None:
        """Take the refill rate, the size of a bucket and this machine's clock."""
        self._a_second, self._burst, self._monotonic = a_minute / 60, burst, monotonic
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, cost: int) -> Allowance:
        """Take a cost from the bucket of a key, at most the size of a bucket."""
        now, cost = self._monotonic(), min(cost, self._burst)
        left, at = self._buckets.pop(key, (float(self._burst), now))
        left = min(self._burst, left + (now - at) * self._a_second)
        passed = cost <= left
        wait = 0.0 if passed else (cost - left) / self._a_second
        if passed:
            left = min(self._burst, left - cost)
        self._buckets[key] = (left, now)
        if len(self._buckets) > MOST_LOCAL_BUCKETS:
            self._buckets.popitem(last=False)
        LOCAL_BUCKETS.set(len(self._buckets))
        return Allowance(passed, math.floor(left), self._burst, wait)


async def _look(redis: Redis, health: RedisHealth) -> None:
    with contextlib.suppress(RedisAway):
        await health.ask(redis.ping)


async def _run(trips: RedisTrips, keys: Sequence[str], arguments: Sequence[float]) -> _Taken:
    words = [*keys, *(str(one) for one in arguments)]
    taken: _Taken | NoScriptError = await trips.ask("EVALSHA", _SHA, len(keys), *words)
    if isinstance(taken, NoScriptError):  # the first time, or Redis has been restarted
        taken = await trips.ask("EVAL", _TAKE, len(keys), *words)
    return cast("_Taken", taken)


def bucket_of(viewer: Viewer, address: str) -> str:
    """Return the bucket of a request: the user's, else the address's; for IPv6, the network's."""
    if viewer.user_id is not None:
        return f"user:{viewer.user_id}"
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "address:unknown"
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return f"address:{ipaddress.ip_network((found, 64), strict=False)}"
    return f"address:{getattr(found, 'ipv4_mapped', None) or found}"
