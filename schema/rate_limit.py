"""Owns how much each user may ask in a time: a bucket of cost in Redis, refilled evenly.

It must not stop the house when Redis is away: then everybody passes, and a metric says so.
"""

import asyncio
import ipaddress
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha1

import structlog
from prometheus_client import Counter
from redis.asyncio import Redis
from redis.exceptions import NoScriptError, RedisError

from models.viewer import Viewer

ANSWER_SECONDS = 0.25  # for Redis to answer; later counts as away
PAUSE_SECONDS = 1.0  # for which Redis is not asked again once it was away
OPEN = Counter("leadgate_rate_limit_open", "Requests that passed unlimited because Redis was away.")
REFUSED = Counter("leadgate_rate_limit_refused", "Requests that were refused because the bucket was empty.")

# Redis' own clock, so that servers need not agree. Answers: passed, left in the bucket, milliseconds to wait.
_TAKE = """
local capacity, a_second, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local bucket = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = tonumber(bucket[1]) or capacity
local at = tonumber(bucket[2]) or now
left = math.min(capacity, left + math.max(0, now - at) * a_second / 1000)
local passed, wait = 1, 0
if cost <= left then
  left = left - cost
else
  passed, wait = 0, math.ceil((cost - left) * 1000 / a_second)
end
redis.call('HSET', KEYS[1], 'left', string.format('%.3f', left), 'at', string.format('%d', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - left) * 1000 / a_second) + 1000)
return {passed, math.floor(left), wait}
"""
_SHA = sha1(_TAKE.encode(), usedforsecurity=False).hexdigest()

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the bucket said: whether it was enough, what is left, and when it will be enough."""

    passed: bool
    remaining: int
    wait_seconds: float = 0.0

    @property
    def retry_after(self) -> int:
        """The whole seconds to wait."""
        return math.ceil(self.wait_seconds)


class RateLimit:
    """Buckets of `burst` cost, refilled by `a_minute`; one for each key."""

    def __init__(self, a_minute: int, burst: int, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Take the numbers; `monotonic` is this machine's clock, for pauses only."""
        self.a_minute, self.burst = a_minute, burst
        self._monotonic = monotonic
        self._ask_from = -math.inf

    async def take(self, redis: Redis, key: str, cost: int) -> Allowance | None:
        """Take what a request costs, in one round trip; None when Redis is away.

        A cost above what a bucket holds takes all that it holds: the limit of one request is another's.
        """
        if self._monotonic() < self._ask_from:
            OPEN.inc()
            return None
        arguments = (self.burst, self.a_minute / 60, min(cost, self.burst))
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                passed, remaining, wait = await _run(redis, f"leadgate:rate:{key}", arguments)
        except (RedisError, OSError, TimeoutError) as error:
            self._ask_from = self._monotonic() + PAUSE_SECONDS
            OPEN.inc()
            _log.warning("rate_limit_open", error=type(error).__name__)
            return None
        if not passed:
            REFUSED.inc()
        return Allowance(bool(passed), remaining, wait / 1000)


async def _run(redis: Redis, key: str, arguments: tuple[float, ...]) -> tuple[int, int, int]:
    words = [str(one) for one in arguments]
    command: Callable[..., Awaitable[tuple[int, int, int]]] = redis.execute_command
    try:
        return await command("EVALSHA", _SHA, 1, key, *words)
    except NoScriptError:
        return await command("EVAL", _TAKE, 1, key, *words)


def bucket_of(viewer: Viewer, address: str) -> str:
    """Return whose bucket a request takes from: the user's, else the address's; IPv6 by its network."""
    if viewer.user_id is not None:
        return f"user:{viewer.user_id}"
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "address:unknown"
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return f"address:{ipaddress.ip_network((found, 64), strict=False)}"
    return f"address:{getattr(found, 'ipv4_mapped', None) or found}"
