"""Whether an account sees smart contact data of a person or an organisation (S2.1 to S2.3)."""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.plan import Plan
from rules.policy import Policy

__all__ = ["HIDE", "OPEN", "ContactState", "SmartDataAccess", "SmartDataAccessFacts", "smart_data_access"]


class SmartDataAccess(StrEnum):
    """The verdicts."""

    OPEN = "OPEN"
    HIDE = "HIDE"


OPEN, HIDE = SmartDataAccess


class ContactState(StrEnum):
    """What the contact is to the account. An organisation is HIDDEN if none of its contacts is VISIBLE."""

    VISIBLE = "VISIBLE"
    HIDDEN = "HIDDEN"
    ERASED = "ERASED"
    DO_NOT_CONTACT = "DO_NOT_CONTACT"


@dataclass(frozen=True, slots=True)
class SmartDataAccessFacts:
    """The facts that decide whether an account sees what was found, and may search."""

    contact: ContactState
    plan: Plan
    switched_on: bool


@ruleset("smart_data_access", SmartDataAccessFacts, fail_closed=HIDE)
def smart_data_access(_: Policy) -> None:
    """The person's rights first, then the contact, then what the account has booked and switched on."""
    seen = m.contact == ContactState.VISIBLE
    booked = m.plan.among(Plan.ADVANCED, Plan.PROFESSIONAL, Plan.ENTERPRISE)

    @rule(HIDE, "Law.erasure", m.contact == ContactState.ERASED)
    def person_erased() -> None:
        """The person's data was erased; nothing is shown or looked up."""

    @rule(HIDE, "S2 R.visible", m.contact == ContactState.HIDDEN)
    def contact_not_open() -> None:
        """Only a contact that is visible to the account can be looked up."""

    @rule(HIDE, "Law.contact", m.contact == ContactState.DO_NOT_CONTACT)
    def person_wants_no_contact() -> None:
        """The person must not be contacted, so there is no purpose for looking them up."""

    @rule(HIDE, "S2.1", seen & (m.plan == Plan.FREE))
    def plan_without_it() -> None:
        """Smart contact data is part of the plans Advanced, Professional and Enterprise; what was found
        before is hidden, and kept until it expires.
        """

    @rule(HIDE, "S2.2", seen & booked & ~m.switched_on)
    def not_switched_on() -> None:
        """An owner of the account has to switch smart contact data on."""

    @rule(OPEN, "S2.3", seen & booked & m.switched_on)
    def open_to_account() -> None:
        """The account has switched smart contact data on, and the contact is visible to it."""
