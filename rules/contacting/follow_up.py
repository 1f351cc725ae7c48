"""What the last contact asks for (S3.6, S3.8, S3.16, S3.18, S3.23, S3.29)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["FollowUp", "FollowUpFacts", "LastContact", "PersonStatus", "follow_up"]


class FollowUp(StrEnum):
    """The verdicts; OPEN means that the last contact asks for nothing."""

    WRITE = "WRITE"
    VOICEMAIL = "VOICEMAIL"
    WAIT = "WAIT"
    OPEN = "OPEN"


class LastContact(StrEnum):
    """What became of the last contact."""

    NONE = "NONE"
    NO_ANSWER = "NO_ANSWER"
    VOICEMAIL = "VOICEMAIL"
    SPOKE = "SPOKE"
    SPOKE_TO_ASSISTANT = "SPOKE_TO_ASSISTANT"
    CALLBACK_PROMISED = "CALLBACK_PROMISED"
    WROTE = "WROTE"
    ANSWERED = "ANSWERED"  # the person wrote or called
    BOUNCED = "BOUNCED"
    REFUSED = "REFUSED"
    WRONG_NUMBER = "WRONG_NUMBER"


class PersonStatus(StrEnum):
    """The person's position; a judgement, which the person is told on request."""

    UNKNOWN = "UNKNOWN"
    SENIOR = "SENIOR"
    EMPLOYEE = "EMPLOYEE"


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """The facts of the last contact of an account with a person."""

    last: LastContact
    status: PersonStatus
    knows_number: bool  # the person has the caller's number
    last_at: datetime


@ruleset("follow_up", FollowUpFacts, since=("last_at",), fail_closed=FollowUp.OPEN)
def follow_up(p: Policy) -> None:
    """Whose turn it is, and what the first contact leads to."""
    missed = m.last == LastContact.NO_ANSWER
    promised = m.last == LastContact.CALLBACK_PROMISED
    left_word = m.last.among(LastContact.VOICEMAIL, LastContact.WROTE)
    recent = m.last_at < p.advice.answer_time
    calls_back = m.status.among(PersonStatus.UNKNOWN, PersonStatus.SENIOR) | m.knows_number

    @rule(FollowUp.OPEN, "S3.2", m.last == LastContact.NONE)
    def first_contact() -> None:
        """It is the first contact."""

    @rule(FollowUp.WRITE, "S3.8", m.last == LastContact.SPOKE)
    def offer_after_call() -> None:
        """After a conversation, the offer follows by email."""

    @rule(FollowUp.WRITE, "S3.23", m.last == LastContact.SPOKE_TO_ASSISTANT)
    def offer_after_assistant() -> None:
        """A conversation with the assistant counts like one with the person: the offer follows by email."""

    @rule(
        FollowUp.WRITE,
        "S3.18",
        missed & (m.status == PersonStatus.EMPLOYEE) & ~m.knows_number,
    )
    def will_not_call_back() -> None:
        """An employee who missed a call from an unknown number does not call back: write."""

    @rule(FollowUp.VOICEMAIL, "S3.6", missed & calls_back)
    def leave_message() -> None:
        """Nobody answered: leave a voicemail, preferably in the evening."""

    @rule(FollowUp.WAIT, "S3.29", left_word & recent)
    def give_them_time() -> None:
        """The person has {answer_time} to react to the last message."""

    @rule(FollowUp.OPEN, "S3.29", left_word & (m.last_at >= p.advice.answer_time))
    def try_again() -> None:
        """The person has not reacted to the last message within {answer_time}."""

    @rule(FollowUp.WAIT, "S3.16", promised & recent)
    def callback_promised() -> None:
        """The person promised to call back; give them {answer_time}."""

    @rule(FollowUp.WRITE, "S3.16", promised & (m.last_at >= p.advice.answer_time))
    def callback_did_not_come() -> None:
        """They have not called back within {answer_time}; that is no refusal, but they may prefer email."""

    @rule(FollowUp.OPEN, "S3.29", m.last == LastContact.ANSWERED)
    def person_reacted() -> None:
        """The person reacted, so it is the vendor's turn."""

    @rule(FollowUp.OPEN, "S3.29", m.last == LastContact.BOUNCED)
    def email_bounced() -> None:
        """The last email could not be delivered."""

    @rule(FollowUp.WAIT, "S3.29", m.last == LastContact.REFUSED)
    def person_refused() -> None:
        """The person said no; the next step is theirs."""

    @rule(FollowUp.WRITE, "S3.29", m.last == LastContact.WRONG_NUMBER)
    def number_was_wrong() -> None:
        """The number was wrong: write."""
