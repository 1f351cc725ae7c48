"""Builder of a check's findings, with its source, the time, and the confidence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from models.complaints.evidence.detail import Detail
from models.complaints.evidence.finding import EvidenceFinding
from models.complaints.tables import EvidenceCheck, Speaks

Now = Callable[[], datetime]

_CERTAIN = 99  # percent; no finding is more certain than its source


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """The findings of one check; only those that prove or refute are conclusive, and notes have no
    confidence.
    """

    check: EvidenceCheck
    source: str
    now: Now

    def proves(self, detail: Detail) -> EvidenceFinding:
        """Add a conclusive finding that supports the claim."""
        return self._finding(Speaks.FOR, detail, _CERTAIN, conclusive=True)

    def suggests(self, detail: Detail, confidence: int) -> EvidenceFinding:
        """Add an indication that supports the claim."""
        return self._finding(Speaks.FOR, detail, confidence)

    def refutes(self, detail: Detail) -> EvidenceFinding:
        """Add a conclusive finding that contradicts the claim."""
        return self._finding(Speaks.AGAINST, detail, _CERTAIN, conclusive=True)

    def doubts(self, detail: Detail, confidence: int) -> EvidenceFinding:
        """Add an indication that contradicts the claim."""
        return self._finding(Speaks.AGAINST, detail, confidence)

    def notes(self, detail: Detail) -> EvidenceFinding:
        """Add a finding that is useful for the operator, but neither supports nor contradicts the claim."""
        return self._finding(Speaks.NEITHER, detail, 0)

    def _finding(
        self, speaks: Speaks, detail: Detail, confidence: int, *, conclusive: bool = False
    ) -> EvidenceFinding:
        return EvidenceFinding(
            self.check, self.source, self.now(), speaks, conclusive, confidence, str(detail)
        )
