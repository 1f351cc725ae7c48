"""Which email follows a call (S4.19, S4 R.abandoned)."""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["CallMail", "CallMailFacts", "CallOutcome", "call_mail"]


class CallOutcome(StrEnum):
    """What became of a call; it follows from facts, never from a telephone system's cause."""

    TRANSFERRED = "TRANSFERRED"
    MESSAGE_TAKEN = "MESSAGE_TAKEN"
    FAQ_ANSWERED = "FAQ_ANSWERED"
    ABANDONED = "ABANDONED"  # nobody answered, or the caller hung up before a note
    UNFINISHED = "UNFINISHED"  # closed by its deadline, though an agent had answered


class CallMail(StrEnum):
    """The verdicts: what the email says."""

    FULL_NOTE = "FULL_NOTE"
    NAME_AND_NUMBER = "NAME_AND_NUMBER"
    NOTHING = "NOTHING"


@dataclass(frozen=True, slots=True)
class CallMailFacts:
    """The facts of one call that has ended."""

    outcome: CallOutcome
    answered: bool  # by an agent


@ruleset(
    "call_mail",
    CallMailFacts,
    fail_closed=CallMail.FULL_NOTE,
    switches={"mail_abandoned": lambda policy: policy.call.mail_abandoned},
)
def call_mail(p: Policy) -> None:  # noqa: ARG001 - its switch is a fact
    """Every call that an agent answered; the others only if the policy says so."""
    unheard = (m.outcome == CallOutcome.ABANDONED) & ~m.answered

    @rule(CallMail.NAME_AND_NUMBER, "S4.19", m.outcome == CallOutcome.TRANSFERRED)
    def after_transfer() -> None:
        """The call was put through: name and number are enough."""

    @rule(
        CallMail.FULL_NOTE,
        "S4.19",
        m.outcome.among(CallOutcome.MESSAGE_TAKEN, CallOutcome.FAQ_ANSWERED, CallOutcome.UNFINISHED),
    )
    def full_note() -> None:
        """An agent answered and the call was not put through."""

    @rule(CallMail.FULL_NOTE, "S4.19", (m.outcome == CallOutcome.ABANDONED) & m.answered)
    def hung_up_on_agent() -> None:
        """The caller hung up on the agent before a note was taken."""

    @rule(CallMail.NOTHING, "S4 R.abandoned", unheard & ~m.mail_abandoned)
    def nobody_answered() -> None:
        """Nobody answered; such calls are listed, not mailed."""

    @rule(CallMail.NAME_AND_NUMBER, "S4 R.abandoned", unheard & m.mail_abandoned)
    def missed_call() -> None:
        """Nobody answered, and the policy has missed calls mailed."""
