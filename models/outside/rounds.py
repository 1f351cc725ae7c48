"""How asking each source went: a service that failed 16 times running is left alone for a minute.

What happened is also given to a tally, which is true for all processes.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import structlog

from models.base.metrics import OUTSIDE_ANSWERS
from models.outside.refused import AddressRefusal
from models.outside.sources.source import OutsideOutcome, OutsideSource
from models.outside.unanswered import PART_AWAY

FAILURES, REST_SECONDS = 16, 60.0
# Of these, the source or the way to it is the cause.
FAILED = frozenset(
    {
        OutsideOutcome.UNREACHABLE,
        OutsideOutcome.TIMED_OUT,
        OutsideOutcome.TOO_LARGE,
        OutsideOutcome.BAD_ANSWER,
        OutsideOutcome.BUSY,
    }
)
# Of these, the source may be away. An answer that is bad says nothing about that, nor do these reasons: an
# address that is refused, and a part of what a service has.
_AWAY = frozenset({OutsideOutcome.UNREACHABLE, OutsideOutcome.TIMED_OUT, OutsideOutcome.BUSY})
_ONE_OF_MANY = frozenset(AddressRefusal.__members__) | {PART_AWAY}

# These ask whoever runs a domain, and a user decides which: that some are away says nothing about the next.
_MANY = frozenset({OutsideSource.WEBSITE, OutsideSource.MAIL_DNS, OutsideSource.RDAP})

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """How asking a source ended. `rest_seconds`: it is now left alone for so long."""

    source: OutsideSource
    outcome: OutsideOutcome
    rest_seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether the source gave no usable answer, not even that it has nothing."""
        return self.outcome in FAILED


Tally = Callable[[Sequence[Asked]], Awaitable[None]]


async def _no_tally(_: Sequence[Asked]) -> None:
    """Count nothing."""


@dataclass(slots=True)
class Rounds:
    """The failures of this process; `seconds` is its clock."""

    tally: Tally = _no_tally
    seconds: Callable[[], float] = time.monotonic
    _failures: dict[OutsideSource, int] = field(default_factory=dict)
    _rests_until: dict[OutsideSource, float] = field(default_factory=dict)

    def rests(self, source: OutsideSource) -> bool:
        """Return whether a source is left alone now."""
        until = self._rests_until.get(source)
        return until is not None and self.seconds() < until

    def note(self, source: OutsideSource, outcome: OutsideOutcome, why: str, milliseconds: int) -> Asked:
        """Note how asking ended, for the log and the metric too. `why` never has an address."""
        OUTSIDE_ANSWERS.labels(source, outcome).inc()
        is_away = outcome in _AWAY and source not in _MANY and why not in _ONE_OF_MANY
        asked = Asked(source, outcome, self._rest(source) if self._fails(source, is_away=is_away) else 0.0)
        _log.info("outside_asked", source=source, outcome=outcome, why=why or None, ms=milliseconds)
        return asked

    def _fails(self, source: OutsideSource, *, is_away: bool) -> bool:
        """Return whether this was the last of so many failures that the source is left alone."""
        if not is_away:
            self._failures[source] = 0
            return False
        self._failures[source] = self._failures.get(source, 0) + 1
        return self._failures[source] >= FAILURES

    def _rest(self, source: OutsideSource) -> float:
        self._failures[source] = 0
        self._rests_until[source] = self.seconds() + REST_SECONDS
        _log.warning("outside_source_left_alone", source=source, seconds=REST_SECONDS)
        return REST_SECONDS
