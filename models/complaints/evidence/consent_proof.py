"""Owns the check of "no consent to the call" by the proof of consent that the lead's source gave.

It must not decide alone: who gave a consent can have withdrawn it, and a proof can lie elsewhere.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from models.complaints.evidence.detail import Detail
from models.complaints.evidence.finding import EvidenceFinding, Subject
from models.complaints.evidence.gathering import Check
from models.complaints.evidence.report import EvidenceReport, Now
from models.complaints.tables import EvidenceCheck
from rules.complaint import ComplaintReason

_WITHOUT_PROOF, _WITH_PROOF = 60, 80  # percent


class ConsentProofs(Protocol):
    """Where proofs of consent are kept; `source` names it beside its findings."""

    source: str

    async def proven(self, subjects: Sequence[Subject]) -> Collection[UUID]:
        """Return the keys of the subjects for whose call a proof was stored."""


class NothingStored:
    """What is kept today: no proof at all. A table of proofs will be another implementation."""

    source = "proofs of consent (none is stored yet)"

    async def proven(self, subjects: Sequence[Subject]) -> Collection[UUID]:  # noqa: ARG002 - nothing to look in
        """Return none."""
        return ()


def consent_proof(now: Now, proofs: ConsentProofs) -> Check:
    """Return the check by stored proofs: indications one way or the other."""
    report = EvidenceReport(EvidenceCheck.CONSENT_PROOF, proofs.source, now)

    async def check(subjects: Sequence[Subject]) -> Mapping[UUID, Sequence[EvidenceFinding]]:
        asked = [subject for subject in subjects if subject.reason is ComplaintReason.NO_CONSENT]
        proven = await proofs.proven(asked) if asked else ()
        return {
            subject.key: [
                report.doubts(Detail.CONSENT_PROOF, _WITH_PROOF)
                if subject.key in proven
                else report.suggests(Detail.NO_CONSENT_PROOF, _WITHOUT_PROOF)
            ]
            for subject in asked
        }

    return check
