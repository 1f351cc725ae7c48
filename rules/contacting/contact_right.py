"""Whether there is a right to contact a person by one medium for one purpose (S3.1, law)."""

from dataclasses import dataclass
from enum import StrEnum

from rules.contacting.terms import ConsentState, ContactBasis, ContactPurpose, ContactStop, Medium
from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["GIVEN", "MISSING", "ContactRight", "ContactRightFacts", "contact_right"]


class ContactRight(StrEnum):
    """The verdicts."""

    GIVEN = "GIVEN"
    MISSING = "MISSING"


GIVEN, MISSING = ContactRight


@dataclass(frozen=True, slots=True)
class ContactRightFacts:
    """The facts that decide whether an account may contact a person by `medium` for `purpose`."""

    purpose: ContactPurpose
    medium: Medium
    stop: ContactStop
    basis: ContactBasis
    consent: ConsentState  # to this purpose by this medium
    opt_in_law: bool  # the law of the person's place demands consent before this medium is used
    listed: bool  # the number or address is on an opt-out list
    address: bool  # a number or address for this medium is known


@ruleset(
    "contact_right",
    ContactRightFacts,
    fail_closed=MISSING,
    switches={"publication_is_request": lambda policy: policy.contact.publication_is_request},
)
def contact_right(p: Policy) -> None:  # noqa: ARG001 - its switch is a fact
    """What the data says, what is owed, what the person stopped; then the lead, then advertising."""
    alive = m.stop.among(ContactStop.NONE, ContactStop.MEDIUM, ContactStop.ALL)
    service = alive & m.address & (m.purpose == ContactPurpose.SERVICE)
    sales = m.purpose.among(ContactPurpose.THE_LEAD, ContactPurpose.OTHER_OFFER, ContactPurpose.NEWSLETTER)
    free = (m.stop == ContactStop.NONE) & m.address
    lead = (m.purpose == ContactPurpose.THE_LEAD) & free
    advertising = m.purpose.among(ContactPurpose.OTHER_OFFER, ContactPurpose.NEWSLETTER) & free
    granted = m.consent == ConsentState.GRANTED
    no_consent = m.consent.among(ConsentState.NONE, ConsentState.PENDING, ConsentState.LAPSED)
    opened = m.basis.among(ContactBasis.OPEN_ASKED, ContactBasis.OPEN_NOT_ASKED)
    asked = (m.basis == ContactBasis.OPEN_ASKED) & m.publication_is_request
    not_asked = (m.basis == ContactBasis.OPEN_NOT_ASKED) | (
        (m.basis == ContactBasis.OPEN_ASKED) & ~m.publication_is_request
    )

    @rule(MISSING, "Law.erasure", m.stop == ContactStop.ERASED)
    def person_erased() -> None:
        """The person's data was erased."""

    @rule(MISSING, "S3.1", alive & ~m.address)
    def no_address_for_it() -> None:
        """The person cannot be reached in this way: no number or address for it is known."""

    @rule(GIVEN, "Law.service", service & m.medium.among(Medium.EMAIL, Medium.CHAT))
    def owed_by_law_or_contract() -> None:
        """A message that law or contract requires is not advertising."""

    @rule(MISSING, "Law.service", service & m.medium.among(Medium.CALL, Medium.SMS, Medium.MEETING))
    def service_is_written() -> None:
        """What law or contract requires is sent by email or chat."""

    @rule(MISSING, "Law.contact", sales & m.address & (m.stop == ContactStop.ALL))
    def do_not_contact() -> None:
        """The person must not be contacted."""

    @rule(MISSING, "Law.contact", sales & m.address & (m.stop == ContactStop.MEDIUM))
    def not_by_this_medium() -> None:
        """The person must not be contacted in this way."""

    @rule(MISSING, "S2 R.visible", lead & (m.basis == ContactBasis.CLOSED))
    def contact_not_open() -> None:
        """The contact data of the lead is not visible to the vendor."""

    @rule(GIVEN, "S1.4", lead & asked & granted)
    def asked_and_consented() -> None:
        """The person asked for offers, and consented to being contacted in this way."""

    @rule(MISSING, "Law.consent", lead & opened & (m.consent == ConsentState.WITHDRAWN))
    def withdrawn() -> None:
        """The person withdrew their consent to being contacted in this way."""

    @rule(GIVEN, "S1.4", lead & asked & no_consent)
    def asked_for_offers() -> None:
        """The person published the need and asked for offers, so an offer is the answer."""

    @rule(GIVEN, "Law.consent", lead & not_asked & granted)
    def consented() -> None:
        """The person consented to being contacted in this way."""

    @rule(MISSING, "Law.consent", lead & not_asked & no_consent & m.opt_in_law)
    def never_asked() -> None:
        """The person did not ask for offers, and the law of their place requires consent first."""

    @rule(MISSING, "Law.list", lead & not_asked & no_consent & ~m.opt_in_law & m.listed)
    def on_a_list() -> None:
        """The number or address is on a list of people who want no advertising."""

    @rule(GIVEN, "Law.interest", lead & not_asked & no_consent & ~m.opt_in_law & ~m.listed)
    def legitimate_interest() -> None:
        """The law of the person's place allows a first contact, and the number or address is on no list."""

    @rule(GIVEN, "Law.consent", advertising & granted)
    def consented_to_advertising() -> None:
        """The person consented to advertising in this way."""

    @rule(
        MISSING,
        "Law.consent",
        advertising & m.consent.among(ConsentState.NONE, ConsentState.WITHDRAWN, ConsentState.LAPSED),
    )
    def no_consent_to_advertising() -> None:
        """There is no consent to advertising in this way."""

    @rule(MISSING, "Law.consent", advertising & (m.consent == ConsentState.PENDING))
    def opt_in_not_confirmed() -> None:
        """The owner of the address has not confirmed their consent yet."""
