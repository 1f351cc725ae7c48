"""Services that a server shares between all requests: settings, tokens, wake-ups, feed reader, checks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from arq.connections import ArqRedis

from models.complaints.evidence.gathering import Check
from models.process.redis_health import RedisHealth
from models.process.wake import Wake
from models.seed.guard import KnownPassword
from schema.graphql.authentication import Authentication
from schema.graphql.following.feed_reader import FeedReader
from schema.graphql.open_count import OpenCount
from settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Created by `server.py` or by a test."""

    settings: Settings
    wake: Wake
    authentication: Authentication
    reader: FeedReader
    redis: ArqRedis
    now: Callable[[], datetime]
    checks: tuple[Check, ...] = ()
    redis_health: RedisHealth = field(default_factory=RedisHealth)
    known_password: KnownPassword | None = None  # set if demo users must not be able to sign in
    sockets: OpenCount = field(init=False)

    def __post_init__(self) -> None:
        """Count each user's sockets in this process."""
        object.__setattr__(self, "sockets", OpenCount(self.settings.sockets_per_user))
