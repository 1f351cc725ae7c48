"""Where a call stands: state, outcome and durations follow from what is known, so that order cannot matter.

Nothing here reads a clock or the database. What a call's deadline changes is in `models.calls.closing`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Generic, NamedTuple, Protocol, TypeVar

from models.calls.call_tables import TransferResult
from rules.calls.call_closing import CallState
from rules.calls.call_mail import CallOutcome

Tried = TypeVar("Tried")  # an attempt, as an object or as a row
Word = TypeVar("Word", bound=str)

_SECOND = timedelta(seconds=1)
# Read faster than from their classes, for each row of a list.
_FINISHED, _ACCEPTED = CallState.FINISHED, str(TransferResult.ACCEPTED.value)


class CallChange(StrEnum):
    """What happened to a call."""

    RINGING = "RINGING"
    ANSWERED = "ANSWERED"
    ATTEMPT = "ATTEMPT"  # to put it through: begun, or ended with a result
    TRANSFERRED = "TRANSFERRED"
    HUNG_UP = "HUNG_UP"
    FINISHED = "FINISHED"
    CLOSED = "CLOSED"  # by its deadline
    TAKEN_OVER = "TAKEN_OVER"
    CORRECTED = "CORRECTED"


class KnownAttempt(Protocol):
    """What is known of an attempt to put a call through."""

    @property
    def result(self) -> TransferResult:
        """CALLING while it is open."""

    @property
    def started_at(self) -> datetime:
        """When the employee was first rung."""

    @property
    def result_at(self) -> datetime | None:
        """When the result was known; None while it is open."""

    @property
    def talk_seconds(self) -> int | None:
        """How long caller and employee talked."""


class KnownCall(Protocol):
    """What is known of a call: a row or a view of one, with its attempts."""

    @property
    def ringing_at(self) -> datetime:
        """When it first rang."""

    @property
    def joined_at(self) -> datetime | None:
        """When its latest leg began; None for a call without legs, or where only the state is asked for."""

    @property
    def answered_at(self) -> datetime | None:
        """When an agent answered."""

    @property
    def hung_up_at(self) -> datetime | None:
        """When the caller hung up."""

    @property
    def finished_at(self) -> datetime | None:
        """When the agent finished it."""

    @property
    def closed_at(self) -> datetime | None:
        """When its deadline closed it."""

    @property
    def outcome(self) -> CallOutcome | None:
        """The stored outcome, of a call that has ended."""

    @property
    def typed_seconds(self) -> int | None:
        """The seconds that the agent typed."""

    @property
    def attempts(self) -> Sequence[KnownAttempt]:
        """The attempts to put it through."""


class AttemptReader(NamedTuple, Generic[Tried]):
    """How an attempt is read: an object that has attributes, or a row that has places."""

    result: Callable[[Tried], str]
    result_at: Callable[[Tried], datetime | None]
    talk_seconds: Callable[[Tried], int | None]


_OBJECT: AttemptReader[KnownAttempt] = AttemptReader(
    attrgetter("result"), attrgetter("result_at"), attrgetter("talk_seconds")
)


def state_of(call: KnownCall) -> tuple[CallState, datetime]:
    """Return a call's state, and since when nothing has been heard that concerns it."""
    ended_at = ended_from(call.finished_at, call.closed_at)
    state = state_from(
        _OBJECT, call.finished_at, call.closed_at, call.hung_up_at, call.answered_at, call.attempts
    )
    match state:
        case CallState.FINISHED:
            return state, _known(ended_at)
        case CallState.HUNG_UP:
            return state, _known(call.hung_up_at)
        case CallState.TRANSFERRED:
            accepted = [one for one in call.attempts if one.result is TransferResult.ACCEPTED]
            return state, max(_known(one.result_at) for one in accepted)
        case CallState.CONSULTING:
            tried = [one for one in call.attempts if one.result is TransferResult.CALLING]
            return state, max(one.started_at for one in tried)
    heard = [call.joined_at or call.ringing_at, *(_known(one.result_at) for one in call.attempts)]
    return state, max(call.ringing_at if call.answered_at is None else call.answered_at, *heard)


def state_from(
    read: AttemptReader[Tried],
    finished_at: datetime | None,
    closed_at: datetime | None,
    hung_up_at: datetime | None,
    answered_at: datetime | None,
    attempts: Sequence[Tried],
) -> CallState:
    """Return the state of a call with these attempts."""
    if finished_at is not None or closed_at is not None:
        return _FINISHED
    if hung_up_at is not None:
        return CallState.HUNG_UP
    results = {read.result(one) for one in attempts}
    if TransferResult.ACCEPTED in results:
        return CallState.TRANSFERRED
    if TransferResult.CALLING in results:
        return CallState.CONSULTING
    return CallState.RINGING if answered_at is None else CallState.TALKING


def _known(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("what has happened has a time")  # the table's law, of an attempt with a result
    return at


def final_outcome(call: KnownCall, said: CallOutcome | None = None) -> CallOutcome:
    """Return the outcome of a call that ends now; `said` is the agent's word, None if its deadline ends it.

    It follows from facts, never from the cause that a telephone system gives.
    """
    if any(one.result is TransferResult.ACCEPTED for one in call.attempts):
        return CallOutcome.TRANSFERRED
    if said is not None:
        return said
    return CallOutcome.UNFINISHED if call.answered_at is not None else CallOutcome.ABANDONED


def ended_from(finished_at: datetime | None, closed_at: datetime | None) -> datetime | None:
    """Return when its agent finished a call, or its deadline closed it."""
    return finished_at or closed_at


def outcome_of(call: KnownCall) -> CallOutcome | None:
    """Return the outcome as shown: a call that nobody answered is abandoned once the caller has hung up."""
    return outcome_from(call.outcome, call.hung_up_at, call.answered_at)


def outcome_from(
    outcome: Word | None, hung_up_at: datetime | None, answered_at: datetime | None
) -> Word | CallOutcome | None:
    """Return the outcome as shown of a call with this stored one."""
    if outcome is None and hung_up_at is not None and answered_at is None:
        return CallOutcome.ABANDONED
    return outcome


def wait_seconds(call: KnownCall) -> int | None:
    """Return how long it rang, in whole seconds; None while it does."""
    return wait_from(call.ringing_at, call.answered_at, call.hung_up_at, call.finished_at, call.closed_at)


def wait_from(
    ringing_at: datetime,
    answered_at: datetime | None,
    hung_up_at: datetime | None,
    finished_at: datetime | None,
    closed_at: datetime | None,
) -> int | None:
    """Return how long a call rang."""
    until = answered_at or hung_up_at or finished_at or closed_at
    return None if until is None else _seconds(ringing_at, until)


def talk_seconds(call: KnownCall) -> int | None:
    """Return how long the agent talked to the caller: until an employee accepted the call, or the hang-up.

    What the agent typed where no hang-up is known; None if nothing is known.
    """
    return talk_from(_OBJECT, call.answered_at, call.hung_up_at, call.typed_seconds, call.attempts)


def talk_from(
    read: AttemptReader[Tried],
    answered_at: datetime | None,
    hung_up_at: datetime | None,
    typed_seconds: int | None,
    attempts: Sequence[Tried],
) -> int | None:
    """Return how long the agent talked to the caller of a call with these attempts."""
    if answered_at is None:
        return None
    until = hung_up_at
    for one in attempts:
        if read.result(one) == _ACCEPTED:
            at = read.result_at(one)
            if at is not None and (until is None or at < until):
                until = at
    return typed_seconds if until is None else _seconds(answered_at, until)


def transferred_seconds(call: KnownCall) -> int | None:
    """Return the longest talk with an employee who accepted the call; None without one that is known."""
    return transferred_from(_OBJECT, call.attempts)


def transferred_from(read: AttemptReader[Tried], attempts: Sequence[Tried]) -> int | None:
    """Return the longest talk of these attempts."""
    talks = (read.talk_seconds(one) for one in attempts if read.result(one) == _ACCEPTED)
    return max((seconds for seconds in talks if seconds is not None), default=None)


def attempt_over_at(result: str, result_at: datetime | None, ended_at: datetime | None) -> datetime | None:
    """Return when the talk of an attempt ended, or else the attempt; None while the employee is tried or
    talks.
    """
    return ended_at if result == TransferResult.ACCEPTED else result_at


def _seconds(start: datetime, end: datetime) -> int:
    """Return whole seconds, rounded down; 0 if the clocks of two systems disagree on the order."""
    return (end - start) // _SECOND if end > start else 0
