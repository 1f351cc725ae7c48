"""Whether a decline, or an end without a response, refunds the application fee (S1.9 and its readings).

Facts that only the vendor can record never help the vendor to a refund.
"""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.engine.facts import Seconds
from rules.policy import Policy
from rules.visibility import Response

__all__ = ["MeetingStatement", "Refund", "RefundFacts", "refund"]


class Refund(StrEnum):
    """The verdicts."""

    REFUNDABLE = "REFUNDABLE"
    NOT_REFUNDABLE = "NOT_REFUNDABLE"


class MeetingStatement(StrEnum):
    """The latest statement about the meeting; the operator's overrides the prospect's; vendors make none."""

    NONE = "NONE"
    TOOK_PLACE = "TOOK_PLACE"
    NO_SHOW = "NO_SHOW"


REFUNDABLE, NOT_REFUNDABLE = Refund.REFUNDABLE, Refund.NOT_REFUNDABLE


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """The facts that decide on the fee of one application."""

    response: Response
    ended: bool  # without a response: the person must no longer be contacted, or was erased
    responded_after: Seconds  # from receipt to the response, rounded down; 0 without one
    meeting_known: bool  # both sides know its time, and neither cancelled before it
    answered_after_meeting: (
        Seconds  # response minus meeting time, rounded down, negative before it; 0 if unknown
    )
    statement: MeetingStatement
    both_joined: bool  # the system saw vendor and prospect on the meeting link
    call_seconds: Seconds  # the longest transferred call between them after the application; 0 without one


@ruleset(
    "refund",
    RefundFacts,
    fail_closed=NOT_REFUNDABLE,
    switches={
        "late_declines_refund": lambda p: p.refund.late_declines,
        "withdrawals_refund": lambda p: p.refund.withdrawals,
        "no_show_restores": lambda p: p.refund.no_show_restores,
    },
)
def refund(p: Policy) -> None:
    """Cases without a response, declines that are not refundable, evidence of a meeting, then the refunds."""
    declined, withdrawn = m.response == Response.DECLINED, m.response == Response.WITHDRAWN
    timely, late = m.responded_after < p.reveal.reveal_after, m.responded_after >= p.reveal.reveal_after
    ended = declined | withdrawn
    refused_late, refused_withdrawal = (
        declined & late & ~m.late_declines_refund,
        withdrawn & ~m.withdrawals_refund,
    )
    said_nothing, no_show = m.statement == MeetingStatement.NONE, m.statement == MeetingStatement.NO_SHOW
    long_call, short_call = (
        m.call_seconds >= p.refund.meeting_call_seconds,
        m.call_seconds < p.refund.meeting_call_seconds,
    )
    from_meeting = m.meeting_known & (m.answered_after_meeting >= 0)
    before_meeting = ~m.meeting_known | (m.answered_after_meeting < 0)
    no_meeting = said_nothing & ~m.both_joined & short_call & before_meeting

    @rule(REFUNDABLE, "S5 R.consent", (m.response == Response.NONE) & m.ended)
    def application_ended() -> None:
        """The application ended without a response because the prospect can no longer be contacted."""

    @rule(NOT_REFUNDABLE, "S1.9", (m.response == Response.NONE) & ~m.ended)
    def not_answered() -> None:
        """The prospect has not responded; there is nothing to refund."""

    @rule(NOT_REFUNDABLE, "S1.9", m.response == Response.ACCEPTED)
    def accepted() -> None:
        """The prospect accepted; the fee is due."""

    @rule(NOT_REFUNDABLE, "S1 R.answers", refused_late)
    def late_decline_not_refunded() -> None:
        """The prospect declined after {reveal_after}; the fee is not refunded for late declines."""

    @rule(NOT_REFUNDABLE, "S1 R.answers", refused_withdrawal)
    def withdrawal_not_refunded() -> None:
        """The prospect withdrew their acceptance; the fee is not refunded in this case."""

    @rule(NOT_REFUNDABLE, "S1.9 R.evidence", ended & (m.statement == MeetingStatement.TOOK_PLACE))
    def meeting_confirmed() -> None:
        """The prospect or an operator stated that a meeting took place."""

    @rule(NOT_REFUNDABLE, "S1.9 R.evidence", ended & said_nothing & m.both_joined)
    def both_joined_meeting() -> None:
        """Vendor and prospect both joined the online meeting."""

    @rule(NOT_REFUNDABLE, "S1.9 R.evidence", ended & said_nothing & long_call)
    def call_took_place() -> None:
        """Vendor and prospect had a call of at least {meeting_call_seconds}."""

    @rule(NOT_REFUNDABLE, "S1.9", ended & said_nothing & from_meeting)
    def answered_from_meeting_on() -> None:
        """The response came at or after the scheduled meeting time."""

    @rule(NOT_REFUNDABLE, "S1.9 R.evidence", ended & no_show & from_meeting & ~m.no_show_restores)
    def no_show_does_not_restore() -> None:
        """The response came at or after the scheduled meeting time; a no-show does not change that."""

    @rule(REFUNDABLE, "S1.9", declined & timely & no_meeting)
    def declined_in_time() -> None:
        """The prospect declined within {reveal_after}, and there is no sign of a meeting."""

    @rule(REFUNDABLE, "S1 R.answers", declined & late & m.late_declines_refund & no_meeting)
    def declined_late() -> None:
        """The prospect declined after {reveal_after}, and there is no sign of a meeting."""

    @rule(REFUNDABLE, "S1 R.answers", withdrawn & m.withdrawals_refund & no_meeting)
    def withdrawn_before_meeting() -> None:
        """The prospect withdrew their acceptance, and there is no sign of a meeting."""

    @rule(
        REFUNDABLE,
        "S1.9 R.evidence",
        ((declined & (timely | m.late_declines_refund)) | (withdrawn & m.withdrawals_refund))
        & no_show
        & (before_meeting | m.no_show_restores),
    )
    def no_show_recorded() -> None:
        """A no-show was recorded; no meeting took place."""
