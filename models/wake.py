"""Owns what is said to Redis after a commit: "look at these feeds", "sweep at that second".

It must not carry anything that would be missed: a lost word costs seconds, never an event.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

import structlog
from arq.connections import ArqRedis
from redis.exceptions import RedisError

from models.metrics import WAKE_FAILURES

FEED_CHANNEL = "leadgate:feed"
SWEEP_JOB = "sweep"

_log = structlog.get_logger(__name__)


class Wake(Protocol):
    """Whoever must be told that something was committed."""

    async def send(self, recipients: Collection[UUID], due: Collection[datetime]) -> None:
        """Tell the readers of these feeds to look, and the workers when to sweep; never raises."""


class Silence:
    """Tells nobody: for commands and tests, where the polling alone must do."""

    async def send(self, recipients: Collection[UUID], due: Collection[datetime]) -> None:
        """Do nothing."""


def bucket(due: datetime) -> datetime:
    """Return the second, rounded up, in which a deadline is swept: one job an instant, not one a lead."""
    whole = due.astimezone(UTC).replace(microsecond=0)
    return whole if whole == due else whole + timedelta(seconds=1)


class RedisWake:
    """Speaks through Redis; when Redis is away it logs, and the cron and the polling catch up."""

    def __init__(self, redis: ArqRedis) -> None:
        self._redis = redis

    async def send(self, recipients: Collection[UUID], due: Collection[datetime]) -> None:
        """Publish the recipients in one message and enqueue one sweep for each second that is due."""
        try:
            if recipients:
                await self._redis.publish(FEED_CHANNEL, " ".join(sorted(str(r) for r in recipients)))
            for second in sorted({bucket(instant) for instant in due}):
                await self._redis.enqueue_job(
                    SWEEP_JOB, _job_id=f"sweep:{second.timestamp():.0f}", _defer_until=second
                )
        except (RedisError, OSError) as error:
            WAKE_FAILURES.inc()
            _log.warning("wake_failed", error=type(error).__name__, recipients=len(recipients))
