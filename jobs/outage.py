"""Outages: a provider that cannot be used at all, such as a mail server with a wrong password.

Every other message would fail for the same reason, so attempts are spaced, and the log and a metric say so.
Webhooks and push messages go to many providers: one that cannot be reached says nothing about the others.
"""

import time
from collections.abc import Callable, Iterable

import structlog

from models.base.metrics import CHANNEL_UNAVAILABLE
from models.messages.channels.channel import OF_THE_CHANNEL, Result
from rules.messages.dispatch import DispatchChannel

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds; each is twice as long as the one before
ONE_PROVIDER = frozenset({DispatchChannel.EMAIL, DispatchChannel.SMS})
LOG_SECONDS = 600.0  # between two lines of the log

_log = structlog.get_logger(__name__)


class Outage:
    """Whether a channel's provider can be used, by how attempts ended."""

    def __init__(self, channel: DispatchChannel, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Begin without an outage; channels with more than one provider never have any."""
        self._channel, self._monotonic = channel, monotonic
        self._since: float | None = None
        self._pause = 0.0
        self._resume_at = self._log_at = 0.0
        if channel in ONE_PROVIDER:
            CHANNEL_UNAVAILABLE.labels(channel).set(0)

    @property
    def seconds_left(self) -> float:
        """How long nothing should be sent."""
        return max(0.0, self._resume_at - self._monotonic()) if self._since is not None else 0.0

    def notice(self, results: Iterable[Result]) -> None:
        """Take account of how attempts ended: one that reached the provider ends an outage."""
        found = list(results)
        if not found or self._channel not in ONE_PROVIDER:
            return
        now = self._monotonic()
        if any(result.code not in OF_THE_CHANNEL for result in found):
            if self._since is not None:
                _log.info("channel_available", channel=self._channel, after_seconds=round(now - self._since))
                CHANNEL_UNAVAILABLE.labels(self._channel).set(0)
            self._since, self._pause = None, 0.0
            return
        if self._since is None:
            self._since, self._log_at = now, now
            CHANNEL_UNAVAILABLE.labels(self._channel).set(1)
        self._pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, 2 * self._pause))
        self._resume_at = now + self._pause
        if now >= self._log_at:
            self._log_at = now + LOG_SECONDS
            last = found[-1]
            _log.error(
                "channel_unavailable",
                channel=self._channel,
                code=last.code,
                detail=last.detail,
                for_seconds=round(now - self._since),
            )
