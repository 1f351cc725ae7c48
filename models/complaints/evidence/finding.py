"""Findings of evidence checks: what was checked, what was found, and how certain it is.

Only the contact holds contact data: a finding's detail is a code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.complaints.tables import EvidenceCheck, Speaks
from models.contact_data.redaction import Redacted
from rules.complaint import ComplaintReason, Support


@dataclass(frozen=True, slots=True, repr=False)
class DisputedContact(Redacted):
    """A delivered contact and the reason for the complaint about it; `key` is the caller's."""

    key: UUID
    account_id: UUID
    lead_id: UUID
    prospect_id: UUID
    reason: ComplaintReason
    received_at: datetime
    country: str
    phone: str | None
    email: str | None
    organisation: str | None
    registration_number: str | None


@dataclass(frozen=True, slots=True)
class EvidenceFinding:
    """The finding of one check: `source` is its data source with version, `confidence` a percentage, `detail`
    a code.
    """

    check: EvidenceCheck
    source: str
    at: datetime
    speaks: Speaks
    conclusive: bool
    confidence: int
    detail: str


_STRENGTH = (Support.NONE, Support.INDICATION, Support.CONCLUSIVE)


def strongest(findings: Iterable[EvidenceFinding]) -> tuple[Support, Support]:
    """Return the strongest support for a claim, and the strongest against it: the facts of the rules."""
    found = {Speaks.FOR: 0, Speaks.AGAINST: 0}
    for finding in findings:
        if finding.speaks in found:
            found[finding.speaks] = max(found[finding.speaks], 2 if finding.conclusive else 1)
    return _STRENGTH[found[Speaks.FOR]], _STRENGTH[found[Speaks.AGAINST]]
