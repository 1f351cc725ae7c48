"""The decision on one item of a complaint (S5.1 to S5.3, S5.6, S5.8, readings of S5).

`REASONS` lists the reasons; the words that people read for them are in `models.complaints.reasons`. Evidence
is already weighed: no fact holds a number or an address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset, state
from rules.engine.durable import m
from rules.engine.errors import RulesetError
from rules.policy import Policy
from rules.visibility import DeliveryKind

__all__ = [
    "REASONS",
    "AcceptedFor",
    "ComplaintFacts",
    "ComplaintReason",
    "ComplaintVerdict",
    "Reason",
    "Support",
    "complaint",
]


class ComplaintVerdict(StrEnum):
    """The verdicts; UNDER_REVIEW means that an operator decides."""

    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    UNDER_REVIEW = "UNDER_REVIEW"


class ComplaintReason(StrEnum):
    """The reason for a complaint about a contact."""

    NUMBER_DOES_NOT_EXIST = "NUMBER_DOES_NOT_EXIST"
    NUMBER_OF_ANOTHER_PERSON = "NUMBER_OF_ANOTHER_PERSON"
    WRONG_ADDRESS = "WRONG_ADDRESS"
    BUSINESS_CLOSED = "BUSINESS_CLOSED"
    NO_CONSENT = "NO_CONSENT"
    REQUIREMENTS_NOT_MET = "REQUIREMENTS_NOT_MET"
    VOICEMAIL = "VOICEMAIL"
    NO_ANSWER = "NO_ANSWER"
    NOT_INTERESTED = "NOT_INTERESTED"


class AcceptedFor(StrEnum):
    """The deliveries for which a reason can be accepted (S5.1, S5.2); NEVER is S5.3."""

    EVERY_DELIVERY = "EVERY_DELIVERY"
    LEAD_CLUB = "LEAD_CLUB"
    NEVER = "NEVER"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its number in templates, where it can be accepted, and the rule that says so.

    People keep templates, so numbers never change: a new reason takes the next free one.
    """

    code: int
    accepted_for: AcceptedFor
    requirement: str
    rule_id: str
    sentence: str


REASONS: Mapping[ComplaintReason, Reason] = {
    ComplaintReason.NUMBER_DOES_NOT_EXIST: Reason(
        1, AcceptedFor.EVERY_DELIVERY, "S5.1", "number_does_not_exist", "The number does not exist."
    ),
    ComplaintReason.NUMBER_OF_ANOTHER_PERSON: Reason(
        2,
        AcceptedFor.EVERY_DELIVERY,
        "S5.1",
        "number_of_another_person",
        "The number belongs to someone else.",
    ),
    ComplaintReason.WRONG_ADDRESS: Reason(
        3, AcceptedFor.EVERY_DELIVERY, "S5.1", "wrong_address", "The address is wrong."
    ),
    ComplaintReason.BUSINESS_CLOSED: Reason(
        4, AcceptedFor.EVERY_DELIVERY, "S5.1", "business_closed", "The business has closed down."
    ),
    ComplaintReason.NO_CONSENT: Reason(
        5, AcceptedFor.LEAD_CLUB, "S5.2", "no_consent", "The person did not consent to the call."
    ),
    ComplaintReason.REQUIREMENTS_NOT_MET: Reason(
        6,
        AcceptedFor.LEAD_CLUB,
        "S5.2",
        "requirements_not_met",
        "The contact does not meet the requirements of the terms or the contract.",
    ),
    ComplaintReason.VOICEMAIL: Reason(
        7,
        AcceptedFor.NEVER,
        "S5.3",
        "voicemail_is_no_fault",
        "Reaching voicemail is not a defect of the contact.",
    ),
    ComplaintReason.NO_ANSWER: Reason(
        8,
        AcceptedFor.NEVER,
        "S5.3",
        "no_answer_is_no_fault",
        "An unanswered call is not a defect of the contact.",
    ),
    ComplaintReason.NOT_INTERESTED: Reason(
        9,
        AcceptedFor.NEVER,
        "S5.3",
        "not_interested_is_no_fault",
        "A lack of interest is not a defect of the contact.",
    ),
}


class Support(StrEnum):
    """How strong the evidence on one side is; only conclusive evidence decides without an operator."""

    NONE = "NONE"
    INDICATION = "INDICATION"
    CONCLUSIVE = "CONCLUSIVE"


ACCEPTED = ComplaintVerdict.ACCEPTED
REJECTED = ComplaintVerdict.REJECTED
UNDER_REVIEW = ComplaintVerdict.UNDER_REVIEW


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """The facts that decide an item."""

    kind: DeliveryKind
    reason: ComplaintReason
    explained: bool  # it has its own explanation
    in_window: bool  # filed before the end of its delivery's window
    remedied: bool  # the delivery was already remedied, or its fee refunded
    replacement: bool  # the delivery is itself a replacement
    evidence_for: Support  # the strongest that supports the complaint
    evidence_against: Support  # the strongest that contradicts it


def _accepted_for(deliveries: AcceptedFor) -> list[ComplaintReason]:
    return [reason for reason in ComplaintReason if REASONS[reason].accepted_for is deliveries]


def _in_fours(reasons: list[ComplaintReason]) -> list[list[ComplaintReason]]:
    """Split the reasons into groups of four, because a condition can have at most 16 comparisons."""
    return [reasons[start : start + 4] for start in range(0, len(reasons), 4)]


def _check_reasons() -> None:
    missing = [reason for reason in ComplaintReason if reason not in REASONS]
    if missing:
        raise RulesetError(f"complaint: REASONS is missing {', '.join(missing)}")
    if len({one.code for one in REASONS.values()}) != len(REASONS):
        raise RulesetError("complaint: two reasons in REASONS have the same code; use the next free number")


_check_reasons()


@ruleset(
    "complaint",
    ComplaintFacts,
    fail_closed=UNDER_REVIEW,
    switches={"replacements_complainable": lambda p: p.complaint.replacements_complainable},
)
def complaint(p: Policy) -> None:  # noqa: ARG001 - its numbers became facts: windows are stored instants
    """What cannot be considered, what is never a defect, then each accepted reason by its evidence."""
    club_only = m.reason.among(*_accepted_for(AcceptedFor.LEAD_CLUB))
    club, elsewhere = (
        m.kind == DeliveryKind.LEAD_CLUB,
        m.kind.among(DeliveryKind.APPLICATION, DeliveryKind.RECORD),
    )
    # Missing consent is considered even after a remedy: it grants nothing then, but stops all contact.
    nothing_left = m.remedied & m.reason.among(
        *(reason for reason in ComplaintReason if reason is not ComplaintReason.NO_CONSENT)
    )
    something_left = ~m.remedied | (m.reason == ComplaintReason.NO_CONSENT)
    considered = m.in_window & m.explained & something_left & (~m.replacement | m.replacements_complainable)
    acceptable = [
        delivered & m.reason.among(*reasons)
        for accepted_for, delivered in (
            (AcceptedFor.EVERY_DELIVERY, considered),
            (AcceptedFor.LEAD_CLUB, considered & club),
        )
        for reasons in _in_fours(_accepted_for(accepted_for))
    ]
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
        """The complaint window of {window_days} from receipt of the contact has passed."""

    @rule(REJECTED, "S5 R.remedy", nothing_left)
    def remedied_before() -> None:
        """This delivery has already been remedied; each delivery can be remedied only once."""

    @rule(REJECTED, "S5.6", ~m.explained)
    def not_explained() -> None:
        """The item has no explanation and cannot be considered."""

    @rule(REJECTED, "S5 R.replacements", m.replacement & ~m.replacements_complainable)
    def replacement_not_complainable() -> None:
        """A replacement cannot be the subject of another complaint."""

    for reason in _accepted_for(AcceptedFor.NEVER):
        one = REASONS[reason]
        state(REJECTED, one.requirement, m.reason == reason, rule_id=one.rule_id, sentence=one.sentence)

    @rule(REJECTED, "S5.2", elsewhere & club_only)
    def lead_club_only() -> None:
        """This reason is accepted only for Lead Club deliveries."""

    for accepted_for, delivered in (
        (AcceptedFor.EVERY_DELIVERY, considered),
        (AcceptedFor.LEAD_CLUB, considered & club),
    ):
        for reason in _accepted_for(accepted_for):
            one, stated = REASONS[reason], delivered & (m.reason == reason) & proven
            state(ACCEPTED, one.requirement, stated, rule_id=one.rule_id, sentence=one.sentence)

    @rule(REJECTED, "S5 R.evidence", *(one & refuted for one in acceptable))
    def refuted_by_evidence() -> None:
        """Conclusive evidence contradicts the complaint."""

    @rule(UNDER_REVIEW, "S5 R.evidence", *(one & disputed for one in acceptable))
    def evidence_disagrees() -> None:
        """There is conclusive evidence on both sides; an operator decides."""

    @rule(
        UNDER_REVIEW,
        "S5 R.evidence",
        *(one & (m.evidence_for == Support.INDICATION) & no_proof for one in acceptable),
    )
    def indications_are_no_proof() -> None:
        """The evidence supports the complaint but is not conclusive; an operator reviews it."""

    @rule(
        UNDER_REVIEW,
        "S5 R.evidence",
        *(one & (m.evidence_for == Support.NONE) & no_proof for one in acceptable),
    )
    def proof_is_missing() -> None:
        """No evidence supports the complaint; an operator reviews it. A message with more details helps."""
