"""When a call that nobody ends is closed (S4 R.closing)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["CallClosing", "CallClosingFacts", "CallState", "call_closing"]


class CallState(StrEnum):
    """Where a call stands. It is not stored: it follows from what is known of the call."""

    RINGING = "RINGING"
    TALKING = "TALKING"
    CONSULTING = "CONSULTING"  # an employee is being tried
    TRANSFERRED = "TRANSFERRED"
    HUNG_UP = "HUNG_UP"  # the caller has hung up; the agent has not finished
    FINISHED = "FINISHED"  # by the agent, or by the deadline


class CallClosing(StrEnum):
    """The verdicts; all but the first close the call."""

    KEEP = "KEEP"
    ABANDON = "ABANDON"  # nobody answered
    FLAG = "FLAG"  # somebody talks, says the telephone system, for too long
    WRAP_UP_OVER = "WRAP_UP_OVER"  # the agent has not finished in time


KEEP = CallClosing.KEEP


@dataclass(frozen=True, slots=True)
class CallClosingFacts:
    """The facts of one call."""

    state: CallState
    quiet: datetime  # when the state last changed


@ruleset("call_closing", CallClosingFacts, since=("quiet",), fail_closed=KEEP)
def call_closing(p: Policy) -> None:
    """Each state has its own patience."""
    rings = m.state == CallState.RINGING
    speaks = m.state.among(CallState.TALKING, CallState.CONSULTING, CallState.TRANSFERRED)
    hung_up = m.state == CallState.HUNG_UP

    @rule(KEEP, "S4.2", m.state == CallState.FINISHED)
    def finished() -> None:
        """The call is finished."""

    @rule(KEEP, "S4 R.closing", rings & (m.quiet < p.call.ring_seconds))
    def ringing() -> None:
        """It has rung for less than {ring_seconds}."""

    @rule(CallClosing.ABANDON, "S4 R.closing", rings & (m.quiet >= p.call.ring_seconds))
    def never_answered() -> None:
        """Nobody answered for {ring_seconds}."""

    @rule(KEEP, "S4 R.closing", speaks & (m.quiet < p.call.talk_seconds))
    def talking() -> None:
        """Nothing has been heard of it for less than {talk_seconds}."""

    @rule(CallClosing.FLAG, "S4 R.closing", speaks & (m.quiet >= p.call.talk_seconds))
    def hangup_missing() -> None:
        """Nothing has been heard of it for {talk_seconds}."""

    @rule(KEEP, "S4 R.closing", hung_up & (m.quiet < p.call.wrap_up_seconds))
    def wrap_up() -> None:
        """The caller hung up less than {wrap_up_seconds} ago; the agent may still write the note."""

    @rule(CallClosing.WRAP_UP_OVER, "S4 R.closing", hung_up & (m.quiet >= p.call.wrap_up_seconds))
    def note_missing() -> None:
        """The caller hung up {wrap_up_seconds} ago, and the call was not finished."""
