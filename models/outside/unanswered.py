"""Why there is no answer from outside, as a user is told it: refused addresses are unreachable ones."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from models.outside.refused import AddressRefused, AnswerEncoded, AnswerTooLarge
from models.outside.sources.source import OutsideOutcome

PART_AWAY = "part away"  # why: the service answers, but a part of what it has is away


class Unanswered(Exception):  # noqa: N818 - named for what happened
    """Nothing usable came; `why` is for the log: a word or the name of an error, never an address."""

    def __init__(self, outcome: OutsideOutcome, why: str) -> None:
        """Take how asking ended, and why."""
        super().__init__(f"{outcome} ({why})")
        self.outcome, self.why = outcome, why


# The first that fits; httpx's errors form a tree.
_OUTCOMES: tuple[tuple[type[Exception], OutsideOutcome], ...] = (
    (AddressRefused, OutsideOutcome.UNREACHABLE),
    (AnswerTooLarge, OutsideOutcome.TOO_LARGE),
    (AnswerEncoded, OutsideOutcome.BAD_ANSWER),
    (httpx.PoolTimeout, OutsideOutcome.BUSY),
    (httpx.TimeoutException, OutsideOutcome.TIMED_OUT),
    (httpx.ProtocolError, OutsideOutcome.BAD_ANSWER),
    (httpx.TransportError, OutsideOutcome.UNREACHABLE),
    (httpx.HTTPError, OutsideOutcome.BAD_ANSWER),
    (httpx.InvalidURL, OutsideOutcome.BAD_ANSWER),
    (TimeoutError, OutsideOutcome.TIMED_OUT),
)


@contextmanager
def unanswered() -> Iterator[None]:
    """Raise Unanswered for the errors of a request."""
    try:
        yield
    except tuple(kind for kind, _ in _OUTCOMES) as error:
        outcome = next(outcome for kind, outcome in _OUTCOMES if isinstance(error, kind))
        why = str(error.why) if isinstance(error, AddressRefused) else type(error).__name__
        raise Unanswered(outcome, why) from error
