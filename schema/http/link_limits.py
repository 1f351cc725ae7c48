"""Limits of requests whose path has a token: per address, and per token, before the database is asked."""

from collections.abc import Callable
from hashlib import sha256

from starlette.requests import Request

from models.base.viewer import ANONYMOUS
from schema.graphql.rate_limit import Bucket, RateLimit, bucket_of, take_in_turn
from schema.graphql.services import Services

COST = 100  # of a request, from the bucket of its address


class LinkLimits:
    """The buckets of one kind of link."""

    def __init__(self, services: Callable[[], Services], kind: str, per_token: RateLimit) -> None:
        """Take a function that returns the services, a name for the buckets, and each token's bucket."""
        self._services, self._kind, self._by_token = services, kind, per_token
        self._by_address: RateLimit | None = None

    async def seconds_to_wait(self, request: Request, token: str) -> int:
        """Take a request from the buckets of its address and of its token; return 0 if it may proceed."""
        services = self._services()
        settings = services.settings
        if self._by_address is None and settings.rate_limit_cost_per_minute:
            self._by_address = RateLimit(settings.rate_limit_cost_per_minute, settings.rate_limit_burst)
        hashed = sha256(token.encode("utf-8", "replace")).hexdigest()[:32]
        buckets = [Bucket(self._by_token, f"{self._kind}:{hashed}", 1)]
        if self._by_address is not None:
            buckets.insert(0, Bucket(self._by_address, bucket_of(ANONYMOUS, address_of(request)), COST))
        allowance = await take_in_turn(services.redis, services.redis_health, buckets)
        return 0 if allowance.passed else max(1, allowance.retry_after)


def address_of(request: Request) -> str:
    """Return the address that sent a request."""
    return request.client.host if request.client else ""
