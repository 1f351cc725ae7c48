"""Who sees the contact data of a lead, and since when (S1.1 to S1.4 and their readings)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.engine.facts import Seconds
from rules.policy import Policy

__all__ = [
    "Basis",
    "Closed",
    "DeliveryKind",
    "DisclosureBasis",
    "Response",
    "ViewerKind",
    "Visibility",
    "VisibilityFacts",
    "visibility",
]


class Visibility(StrEnum):
    """The verdicts."""

    VISIBLE = "VISIBLE"
    HIDDEN = "HIDDEN"


class ViewerKind(StrEnum):
    """The viewer; OTHER is anonymous, an agent, or another prospect."""

    VENDOR = "VENDOR"
    PROSPECT_OWNER = "PROSPECT_OWNER"
    OPERATOR = "OPERATOR"
    OTHER = "OTHER"


class DeliveryKind(StrEnum):
    """How a vendor received the contact data."""

    APPLICATION = "APPLICATION"
    LEAD_CLUB = "LEAD_CLUB"
    RECORD = "RECORD"


class DisclosureBasis(StrEnum):
    """On what basis contact data was disclosed to a vendor, as the register of disclosures says."""

    ACCEPTED = "ACCEPTED"
    SILENCE = "SILENCE"
    DELIVERY = "DELIVERY"
    PURCHASE = "PURCHASE"
    REPLACEMENT = "REPLACEMENT"


class Basis(StrEnum):
    """Why a vendor may see the contact data: a delivery of some kind, or nothing."""

    NONE = "NONE"
    APPLICATION = "APPLICATION"
    LEAD_CLUB = "LEAD_CLUB"
    RECORD = "RECORD"


class Response(StrEnum):
    """The prospect's response; WITHDRAWN is a decline after an acceptance."""

    NONE = "NONE"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class Closed(StrEnum):
    """What closes contact data: an upheld no-consent complaint of this vendor, a do-not-contact stop, an
    erasure.

    DO_NOT_CONTACT applies only to applications that had ended or were still waiting at the time of the stop.
    Contact data that a vendor already holds stays open until its own delivery is closed.
    """

    NO = "NO"
    NO_CONSENT = "NO_CONSENT"
    DO_NOT_CONTACT = "DO_NOT_CONTACT"
    ERASED = "ERASED"


VISIBLE, HIDDEN = Visibility.VISIBLE, Visibility.HIDDEN


@dataclass(frozen=True, slots=True)
class VisibilityFacts:
    """The facts that decide whether `viewer` sees the contact data of one lead."""

    viewer: ViewerKind
    basis: Basis
    response: Response
    waited: datetime  # when the application was received; now without one
    responded_after: Seconds  # from receipt to the response, rounded down; 0 without one
    closed: Closed


@ruleset("visibility", VisibilityFacts, since=("waited",), fail_closed=HIDDEN)
def visibility(p: Policy) -> None:
    """The person's rights first, then viewers without a basis, then vendors by basis and response."""
    vendor = m.viewer == ViewerKind.VENDOR
    exists = m.closed.among(Closed.NO, Closed.NO_CONSENT, Closed.DO_NOT_CONTACT)
    application = vendor & (m.closed == Closed.NO) & (m.basis == Basis.APPLICATION)
    silent, declined = m.response == Response.NONE, m.response == Response.DECLINED
    reveal_after = p.reveal.reveal_after

    @rule(HIDDEN, "S1 R.deliveries", m.closed == Closed.ERASED)
    def person_erased() -> None:
        """The person's data was erased; the contact data no longer exists."""

    @rule(VISIBLE, "Words.prospect", exists & (m.viewer == ViewerKind.PROSPECT_OWNER))
    def own_data() -> None:
        """This is the prospect's own contact data."""

    @rule(VISIBLE, "Law.disclosure", exists & (m.viewer == ViewerKind.OPERATOR))
    def operator_looks() -> None:
        """Operators may see contact data; each access is logged."""

    @rule(HIDDEN, "Words.delivery", m.viewer == ViewerKind.OTHER)
    def not_concerned() -> None:
        """Only the prospect, a vendor who received the contact, and operators can see contact data."""

    @rule(HIDDEN, "S1 R.deliveries", vendor & (m.closed == Closed.NO_CONSENT))
    def no_consent_upheld() -> None:
        """The person had not given consent, so the contact data was closed."""

    @rule(HIDDEN, "S5 R.consent", vendor & (m.closed == Closed.DO_NOT_CONTACT))
    def contact_stopped() -> None:
        """The person must no longer be contacted; the contact data stays closed."""

    @rule(HIDDEN, "Words.delivery", vendor & (m.basis == Basis.NONE))
    def nothing_applied_for() -> None:
        """The vendor has neither applied for this lead nor received it."""

    @rule(
        VISIBLE,
        "S1 R.deliveries",
        vendor & (m.closed == Closed.NO) & m.basis.among(Basis.LEAD_CLUB, Basis.RECORD),
    )
    def delivered() -> None:
        """The contact was delivered to the vendor and has been visible since receipt."""

    @rule(VISIBLE, "S1.1", application & (m.response == Response.ACCEPTED))
    def prospect_accepted() -> None:
        """The prospect accepted."""

    @rule(HIDDEN, "S1.2", application & silent & (m.waited < reveal_after))
    def still_waiting() -> None:
        """The prospect has {reveal_after} to respond."""

    @rule(VISIBLE, "S1.2", application & silent & (m.waited >= reveal_after))
    def revealed_by_silence() -> None:
        """No response within {reveal_after}; the contact data was revealed automatically."""

    @rule(HIDDEN, "S1.3", application & declined & (m.responded_after < reveal_after))
    def declined_in_time() -> None:
        """The prospect declined within {reveal_after}; the contact data will not be revealed."""

    @rule(VISIBLE, "S1 R.answers", application & declined & (m.responded_after >= reveal_after))
    def declined_late() -> None:
        """The prospect declined after {reveal_after}, when the contact data had already been revealed."""

    @rule(VISIBLE, "S1 R.answers", application & (m.response == Response.WITHDRAWN))
    def acceptance_withdrawn() -> None:
        """The prospect withdrew their acceptance; contact data already revealed stays visible."""
