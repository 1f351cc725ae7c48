"""Made-up contacts to complain about, and a fixed instant."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from models.base.ids import new_id
from models.complaints.evidence.finding import DisputedContact, EvidenceFinding
from models.complaints.evidence.gathering import Check
from rules.complaint import ComplaintReason

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
RECEIVED = datetime(2026, 3, 1, 9, tzinfo=UTC)
ACCOUNT = new_id()  # the complaining account, unless a test specifies another


def clock() -> datetime:
    """Always return the same instant."""
    return AT


def contact(reason: ComplaintReason, **given: Any) -> DisputedContact:
    """A contact with only the given data."""
    values: dict[str, Any] = {
        "key": new_id(),
        "account_id": ACCOUNT,
        "lead_id": new_id(),
        "prospect_id": new_id(),
        "received_at": RECEIVED,
        "country": "DE",
        "phone": None,
        "email": None,
        "organisation": None,
        "registration_number": None,
    }
    return DisputedContact(reason=reason, **(values | given))


async def look(check: Check, one: DisputedContact) -> Sequence[EvidenceFinding]:
    """Return a check's finding about one contact."""
    found = await check([one])
    assert found.keys() <= {one.key}
    return found.get(one.key, ())


async def said(check: Check, one: DisputedContact) -> list[tuple[str, bool, str]]:
    """Return direction, conclusiveness and detail; the rest of each finding is checked here."""
    findings = await look(check, one)
    for finding in findings:
        assert finding.at == AT
        assert 0 < len(finding.source) <= 100
        assert len(finding.detail) <= 80
        assert (finding.speaks == "NEITHER") == (finding.confidence == 0)
        assert finding.conclusive == (finding.confidence > 95)
        assert finding.confidence <= 100
    return [(str(finding.speaks), finding.conclusive, finding.detail) for finding in findings]
