"""Check of "no consent to the call" by the proof of consent that the lead's source provided.

It is never conclusive: a consent may have been withdrawn, and a proof may be stored elsewhere.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from models.complaints.evidence.detail import Detail
from models.complaints.evidence.finding import DisputedContact, EvidenceFinding
from models.complaints.evidence.gathering import Check
from models.complaints.evidence.report import EvidenceReport, Now
from models.complaints.tables import EvidenceCheck
from rules.complaint import ComplaintReason

_WITHOUT_PROOF, _WITH_PROOF = 60, 80  # percent


class ConsentProofs(Protocol):
    """Where proofs of consent are stored; `source` is the source of its findings."""

    source: str

    async def proven(self, contacts: Sequence[DisputedContact]) -> Collection[UUID]:
        """Return the keys of the contacts that have a stored proof of consent to the call."""


class NothingStored:
    """The current implementation: no proofs are stored yet. A table of proofs will be another one."""

    source = "consent proofs (none stored yet)"

    async def proven(self, contacts: Sequence[DisputedContact]) -> Collection[UUID]:  # noqa: ARG002 - no store yet
        """Return none."""
        return ()


def consent_proof(now: Now, proofs: ConsentProofs) -> Check:
    """Return the check by stored proofs; its findings are indications only."""
    report = EvidenceReport(EvidenceCheck.CONSENT_PROOF, proofs.source, now)

    async def check(contacts: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[EvidenceFinding]]:
        asked = [contact for contact in contacts if contact.reason is ComplaintReason.NO_CONSENT]
        proven = await proofs.proven(asked) if asked else ()
        return {
            contact.key: [
                report.doubts(Detail.CONSENT_PROOF, _WITH_PROOF)
                if contact.key in proven
                else report.suggests(Detail.NO_CONSENT_PROOF, _WITHOUT_PROOF)
            ]
            for contact in asked
        }

    return check
