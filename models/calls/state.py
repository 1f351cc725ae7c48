"""Where a call stands: state, outcome and durations follow from what is known, so that order cannot matter.

Nothing here reads a clock or the database. What a call's deadline changes is in `models.calls.closing`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from models.calls.call_tables import TransferResult
from rules.calls.call_closing import CallState
from rules.calls.call_mail import CallOutcome

_SECOND = timedelta(seconds=1)


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


def state_of(call: KnownCall) -> tuple[CallState, datetime]:
    """Return a call's state, and since when nothing has been heard that concerns it."""
    ended = call.finished_at or call.closed_at
    if ended is not None:
        return CallState.FINISHED, ended
    if call.hung_up_at is not None:
        return CallState.HUNG_UP, call.hung_up_at
    accepted = [_known(one.result_at) for one in call.attempts if one.result is TransferResult.ACCEPTED]
    if accepted:
        return CallState.TRANSFERRED, max(accepted)
    tried = [one.started_at for one in call.attempts if one.result is TransferResult.CALLING]
    if tried:
        return CallState.CONSULTING, max(tried)
    heard = [call.joined_at or call.ringing_at, *(_known(one.result_at) for one in call.attempts)]
    if call.answered_at is not None:
        return CallState.TALKING, max(call.answered_at, *heard)
    return CallState.RINGING, max(call.ringing_at, *heard)


def _known(result_at: datetime | None) -> datetime:
    if result_at is None:
        raise ValueError("an attempt with a result has a time")  # the table's law
    return result_at


def final_outcome(call: KnownCall, said: CallOutcome | None = None) -> CallOutcome:
    """Return the outcome of a call that ends now; `said` is the agent's word, None if its deadline ends it.

    It follows from facts, never from the cause that a telephone system gives.
    """
    if any(one.result is TransferResult.ACCEPTED for one in call.attempts):
        return CallOutcome.TRANSFERRED
    if said is not None:
        return said
    return CallOutcome.UNFINISHED if call.answered_at is not None else CallOutcome.ABANDONED


def outcome_of(call: KnownCall) -> CallOutcome | None:
    """Return the outcome as shown: a call that nobody answered is abandoned once the caller has hung up."""
    if call.outcome is None and call.hung_up_at is not None and call.answered_at is None:
        return CallOutcome.ABANDONED
    return call.outcome


def wait_seconds(call: KnownCall) -> int | None:
    """Return how long it rang, in whole seconds; None while it does."""
    until = call.answered_at or call.hung_up_at or call.finished_at or call.closed_at
    return None if until is None else _seconds(call.ringing_at, until)


def talk_seconds(call: KnownCall) -> int | None:
    """Return how long the agent talked to the caller: until an employee accepted the call, or the hang-up.

    What the agent typed where no hang-up is known; None if nothing is known.
    """
    if call.answered_at is None:
        return None
    accepted = (one.result_at for one in call.attempts if one.result is TransferResult.ACCEPTED)
    until = min((at for at in (*accepted, call.hung_up_at) if at is not None), default=None)
    return call.typed_seconds if until is None else _seconds(call.answered_at, until)


def transferred_seconds(call: KnownCall) -> int | None:
    """Return the longest talk with an employee who accepted the call; None without one that is known."""
    talks = (one.talk_seconds for one in call.attempts if one.result is TransferResult.ACCEPTED)
    return max((seconds for seconds in talks if seconds is not None), default=None)


def _seconds(start: datetime, end: datetime) -> int:
    """Return whole seconds, rounded down; 0 if the clocks of two systems disagree on the order."""
    return max(0, (end - start) // _SECOND)
