"""The facts of complaints: those of an item for the rules, and a complaint's status in Python and in SQL."""

from datetime import datetime
from enum import StrEnum

from rules.complaint import ComplaintFacts, ComplaintReason, Support
from rules.visibility import DeliveryKind


class ComplaintStatus(StrEnum):
    """The status of a complaint at the current time, without waiting for a worker; OVERDUE from day 22
    (S5.9).
    """

    OPEN = "OPEN"
    DECIDED = "DECIDED"
    OVERDUE = "OVERDUE"


def status_of(decided_at: datetime | None, decide_by: datetime, now: datetime) -> ComplaintStatus:
    """Return a complaint's status at an instant."""
    if decided_at is not None:
        return ComplaintStatus.DECIDED
    return ComplaintStatus.OVERDUE if decide_by <= now else ComplaintStatus.OPEN


def status_sql(status: ComplaintStatus, now: str) -> str:
    """Return the SQL condition of a status over `complaint`; `now` is an SQL expression."""
    return {
        ComplaintStatus.DECIDED: "(complaint.decided_at IS NOT NULL)",
        ComplaintStatus.OVERDUE: f"(complaint.decided_at IS NULL AND complaint.decide_by <= {now})",
        ComplaintStatus.OPEN: f"(complaint.decided_at IS NULL AND complaint.decide_by > {now})",
    }[status]


def complaint_facts(
    *,
    kind: DeliveryKind,
    reason: ComplaintReason,
    explanation: str,
    complaint_until: datetime,
    remedied: bool,
    replacement: bool,
    evidence: tuple[Support, Support],
    now: datetime,
) -> ComplaintFacts:
    """Return the facts of an item filed now (S5.1 to S5.8); `evidence` is the strongest for it and against
    it.
    """
    evidence_for, evidence_against = evidence
    return ComplaintFacts(
        kind=kind,
        reason=reason,
        explained=bool(explanation.strip()),
        in_window=now < complaint_until,
        remedied=remedied,
        replacement=replacement,
        evidence_for=evidence_for,
        evidence_against=evidence_against,
    )
