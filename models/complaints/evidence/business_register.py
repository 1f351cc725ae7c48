"""Check of "the business has closed down" by the business's registration number.

A number that is unreadable, or unknown to the register, is not evidence of a closed business.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from models.complaints.evidence.asking import Asking, Patience
from models.complaints.evidence.detail import Detail
from models.complaints.evidence.finding import DisputedContact, EvidenceFinding
from models.complaints.evidence.gathering import Check
from models.complaints.evidence.identifiers import Identifier, IdentifierKind, identify
from models.complaints.evidence.report import EvidenceReport, Now
from models.complaints.tables import EvidenceCheck
from rules.complaint import ComplaintReason

_MALFORMED, _STILL_ACTIVE = 40, 80  # percent; registers record a closure late
_FORM = "check digits"


class RegisterStatus(StrEnum):
    """What a register says about a business; UNKNOWN if it does not have the number."""

    ACTIVE = "ACTIVE"
    CLOSED = "CLOSED"
    UNKNOWN = "UNKNOWN"


class BusinessRegister(Protocol):
    """A register, or a service that queries several; `source` is the source of its findings."""

    source: str

    async def status(self, identifier_kind: IdentifierKind, number: str, country: str) -> RegisterStatus:
        """Return the status in the register; may raise if it is unavailable."""


def business_register(
    now: Now, register: BusinessRegister | None = None, patience: Patience | None = None
) -> Check:
    """Return the check by the form of the number and, if there is a register, by its status there."""
    by_form = EvidenceReport(EvidenceCheck.BUSINESS_REGISTER, _FORM, now)
    by_register = EvidenceReport(EvidenceCheck.BUSINESS_REGISTER, register.source if register else "", now)

    async def ask(identifier: Identifier) -> RegisterStatus | None:
        if register is None:
            return None
        return await register.status(identifier.kind, identifier.number, identifier.country)

    asking: Asking[Identifier, RegisterStatus | None] = Asking(
        "business_register", ask, patience or Patience(parallel=4, parallel_in_all=16)
    )

    async def check(contacts: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[EvidenceFinding]]:
        named = {
            contact.key: identify(contact.registration_number, contact.country)
            for contact in contacts
            if contact.reason is ComplaintReason.BUSINESS_CLOSED and contact.registration_number
        }
        asked = {
            contact.key: (contact.account_id, identifier)
            for contact in contacts
            if register and (identifier := named.get(contact.key)) is not None and identifier.well_formed
        }
        answers = await asking.answers(asked.values())
        statuses = {key: answers[one] for key, one in asked.items()}
        found: dict[UUID, Sequence[EvidenceFinding]] = {}
        for key, identifier in named.items():
            if identifier is None:
                found[key] = [by_form.notes(Detail.UNREADABLE_IDENTIFIER)]
            elif not identifier.well_formed:
                found[key] = [by_form.suggests(Detail.IDENTIFIER_MALFORMED, _MALFORMED)]
            elif (status := statuses.get(key)) is not None:
                found[key] = [_say(by_register, status)]
        return found

    return check


def _say(report: EvidenceReport, status: RegisterStatus) -> EvidenceFinding:
    match status:
        case RegisterStatus.CLOSED:
            return report.proves(Detail.REGISTER_CLOSED)
        case RegisterStatus.ACTIVE:
            return report.doubts(Detail.REGISTER_ACTIVE, _STILL_ACTIVE)
        case RegisterStatus.UNKNOWN:
            return report.notes(Detail.REGISTER_UNKNOWN)
