"""Owns what a server has once for all requests: settings, tokens, wake-ups, the feed's reader, checks.

It must not hold anything of one request.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from arq.connections import ArqRedis

from models.evidence.gathering import Check
from models.redis_health import RedisHealth
from models.seed.guard import KnownPassword
from models.wake import Wake
from schema.authentication import Authentication
from schema.slots import Slots
from schema.subscriptions.feed_reader import FeedReader
from settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Wired by `server.py`, or by a test."""

    settings: Settings
    wake: Wake
    authentication: Authentication
    reader: FeedReader
    redis: ArqRedis
    now: Callable[[], datetime]
    checks: tuple[Check, ...] = ()
    redis_health: RedisHealth = field(default_factory=RedisHealth)
    known_password: KnownPassword | None = None  # asked where a user of the demo must not be able to sign in
    sockets: Slots = field(init=False)

    def __post_init__(self) -> None:
        """Count each user's sockets in this process."""
        object.__setattr__(self, "sockets", Slots(self.settings.sockets_per_user))
