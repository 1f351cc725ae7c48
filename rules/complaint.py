"""Owns what becomes of one item of a complaint by its facts (S5.1 to S5.3, S5.6, S5.8, readings of S5).

Must not look at a number or an address: evidence arrives weighed, and a person decides what stays open.
"""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy
from rules.visibility import DeliveryKind

__all__ = [
    "ComplaintFacts",
    "ComplaintReason",
    "ComplaintVerdict",
    "Support",
    "complaint",
]


class ComplaintVerdict(StrEnum):
    """The verdicts; UNDER_REVIEW waits for the operator."""

    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    UNDER_REVIEW = "UNDER_REVIEW"


class ComplaintReason(StrEnum):
    """What is said to be wrong with a contact."""

    NUMBER_DOES_NOT_EXIST = "NUMBER_DOES_NOT_EXIST"
    NUMBER_OF_ANOTHER_PERSON = "NUMBER_OF_ANOTHER_PERSON"
    WRONG_ADDRESS = "WRONG_ADDRESS"
    BUSINESS_CLOSED = "BUSINESS_CLOSED"
    NO_CONSENT = "NO_CONSENT"
    REQUIREMENTS_NOT_MET = "REQUIREMENTS_NOT_MET"
    VOICEMAIL = "VOICEMAIL"
    NO_ANSWER = "NO_ANSWER"
    NOT_INTERESTED = "NOT_INTERESTED"


class Support(StrEnum):
    """How much evidence there is one way; only what is conclusive decides alone."""

    NONE = "NONE"
    INDICATION = "INDICATION"
    CONCLUSIVE = "CONCLUSIVE"


ACCEPTED = ComplaintVerdict.ACCEPTED
REJECTED = ComplaintVerdict.REJECTED
UNDER_REVIEW = ComplaintVerdict.UNDER_REVIEW


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """What decides about one item."""

    kind: DeliveryKind
    reason: ComplaintReason
    explained: bool  # it has a text of its own
    in_window: bool  # filed before the end of its delivery's window
    remedied: bool  # the delivery had a remedy, or its fee back, before
    replacement: bool  # the delivery is itself a replacement
    evidence_for: Support  # the strongest that speaks for the claim
    evidence_against: Support  # the strongest that speaks against it


@ruleset(
    "complaint",
    ComplaintFacts,
    fail_closed=UNDER_REVIEW,
    switches={"replacements_complainable": lambda p: p.complaint.replacements_complainable},
)
def complaint(p: Policy) -> None:  # noqa: ARG001 - its numbers became facts: windows are stored instants
    """What cannot be considered, what is never a fault, then each accepted reason by its evidence."""
    R = ComplaintReason  # noqa: N806 - the nine reasons below read as a list
    everywhere = m.reason.among(
        R.NUMBER_DOES_NOT_EXIST, R.NUMBER_OF_ANOTHER_PERSON, R.WRONG_ADDRESS, R.BUSINESS_CLOSED
    )
    club_only = m.reason.among(R.NO_CONSENT, R.REQUIREMENTS_NOT_MET)
    club, elsewhere = (
        m.kind == DeliveryKind.LEAD_CLUB,
        m.kind.among(DeliveryKind.APPLICATION, DeliveryKind.RECORD),
    )
    # That a person must not be contacted is heard whatever the delivery had before: it grants nothing then.
    nothing_left = m.remedied & m.reason.among(*(reason for reason in R if reason is not R.NO_CONSENT))
    something_left = ~m.remedied | (m.reason == R.NO_CONSENT)
    considered = m.in_window & m.explained & something_left & (~m.replacement | m.replacements_complainable)
    proven = (m.evidence_for == Support.CONCLUSIVE) & m.evidence_against.among(
        Support.NONE, Support.INDICATION
    )
    refuted = (m.evidence_against == Support.CONCLUSIVE) & m.evidence_for.among(
        Support.NONE, Support.INDICATION
    )
    disputed = (m.evidence_for == Support.CONCLUSIVE) & (m.evidence_against == Support.CONCLUSIVE)
    no_proof = m.evidence_against.among(Support.NONE, Support.INDICATION)

    @rule(REJECTED, "S5.8", ~m.in_window)
    def window_over() -> None:
        """The window of {window_days} from the receipt of the contact is over."""

    @rule(REJECTED, "S5 R.remedy", nothing_left)
    def remedied_before() -> None:
        """This delivery had its remedy before: there is one per delivery, ever."""

    @rule(REJECTED, "S5.6", ~m.explained)
    def not_explained() -> None:
        """The record has no explanation of its own and cannot be considered."""

    @rule(REJECTED, "S5 R.replacements", m.replacement & ~m.replacements_complainable)
    def replacement_not_complainable() -> None:
        """A replacement cannot be complained about again."""

    @rule(REJECTED, "S5.3", m.reason == R.VOICEMAIL)
    def voicemail_is_no_fault() -> None:
        """That a voicemail answers is no fault of the contact."""

    @rule(REJECTED, "S5.3", m.reason == R.NO_ANSWER)
    def no_answer_is_no_fault() -> None:
        """That nobody picks up is no fault of the contact."""

    @rule(REJECTED, "S5.3", m.reason == R.NOT_INTERESTED)
    def not_interested_is_no_fault() -> None:
        """That the person is not interested is no fault of the contact."""

    @rule(REJECTED, "S5.2", elsewhere & club_only)
    def lead_club_only() -> None:
        """This reason is accepted for deliveries of the Lead Club only."""

    @rule(ACCEPTED, "S5.1", considered & (m.reason == R.NUMBER_DOES_NOT_EXIST) & proven)
    def number_does_not_exist() -> None:
        """The number does not exist."""

    @rule(ACCEPTED, "S5.1", considered & (m.reason == R.NUMBER_OF_ANOTHER_PERSON) & proven)
    def number_of_another_person() -> None:
        """The number belongs to someone else."""

    @rule(ACCEPTED, "S5.1", considered & (m.reason == R.WRONG_ADDRESS) & proven)
    def wrong_address() -> None:
        """The address is wrong."""

    @rule(ACCEPTED, "S5.1", considered & (m.reason == R.BUSINESS_CLOSED) & proven)
    def business_closed() -> None:
        """The business has been closed down."""

    @rule(ACCEPTED, "S5.2", considered & club & (m.reason == R.NO_CONSENT) & proven)
    def no_consent() -> None:
        """The person gave no consent to the call."""

    @rule(ACCEPTED, "S5.2", considered & club & (m.reason == R.REQUIREMENTS_NOT_MET) & proven)
    def requirements_not_met() -> None:
        """The contact misses the requirements of the terms or the contract."""

    @rule(REJECTED, "S5 R.evidence", considered & (everywhere | (club & club_only)) & refuted)
    def refuted_by_evidence() -> None:
        """Conclusive evidence says otherwise."""

    @rule(UNDER_REVIEW, "S5 R.evidence", considered & (everywhere | (club & club_only)) & disputed)
    def evidence_disagrees() -> None:
        """Conclusive evidence speaks both ways: the operator decides."""

    @rule(
        UNDER_REVIEW,
        "S5 R.evidence",
        considered & (everywhere | (club & club_only)) & (m.evidence_for == Support.INDICATION) & no_proof,
    )
    def indications_are_no_proof() -> None:
        """There are indications, but no proof: the operator looks at them."""

    @rule(
        UNDER_REVIEW,
        "S5 R.evidence",
        considered & (everywhere | (club & club_only)) & (m.evidence_for == Support.NONE) & no_proof,
    )
    def proof_is_missing() -> None:
        """Nothing of ours proves it: the operator looks, and a message that says more helps."""
