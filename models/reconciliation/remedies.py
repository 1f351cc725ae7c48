"""Runs the rules again: has every refundable decline and end been refunded (S1.9)?

Each case is decided by the policy version pinned on it, a limited number at a time.
"""

from uuid import UUID

from models.applications.case import lock_cases
from models.base.clock import database_now
from models.base.database import Connection, fetch
from models.leads.reading_order import SETTLING
from models.reconciliation.check import MOST_FINDINGS, ReconciliationFinding
from rules import decide
from rules.refund import Refund
from rules.refund import refund as refund_rules

REMEDIES = "refundable_declines_are_refunded"
_BATCH = 500
_FIRST = UUID(int=0)


async def unpaid_remedies(conn: Connection) -> tuple[list[ReconciliationFinding], int]:
    """Return declined and ended applications whose fee was wrongly not returned, and their count.

    A refund stays valid if somebody records later that a meeting took place: that is not a finding.
    """
    findings: list[ReconciliationFinding] = []
    count, after = 0, _FIRST
    while True:
        rows = await fetch(
            conn,
            """SELECT id FROM application
               WHERE (declined_at IS NOT NULL OR ended_at IS NOT NULL) AND refunded_at IS NULL AND id > $1
               ORDER BY id LIMIT $2""",
            after,
            _BATCH,
        )
        if not rows:
            return findings, count
        after = rows[-1]["id"]
        now = await database_now(conn)
        for case in await lock_cases(conn, [row["id"] for row in rows], SETTLING):
            decision = decide(refund_rules, case.policy, case.refund_facts(), now)
            if decision.verdict is not Refund.REFUNDABLE or case.refunded_at is not None:
                continue
            count += 1
            if len(findings) < MOST_FINDINGS:
                message = (
                    f"{decision.rule_id} ({case.policy.version}) requires a refund of {case.fee}, "
                    f"but the fee is {case.hold}"
                )
                findings.append(ReconciliationFinding(REMEDIES, str(case.id), message))
