"""Runs the rules again: has every refundable decline and end been refunded (S1.9)?

Each case is decided by the policy version pinned on it, a limited number at a time.
"""

from collections.abc import AsyncIterator
from uuid import UUID

from models.applications.case import read_cases
from models.base.clock import database_now
from models.base.database import Connection, fetch
from models.reconciliation.check import MOST_FINDINGS, ReconciliationFinding
from models.reconciliation.part import LOOKED_AT, Part, Rows, limited, only
from rules import decide
from rules.refund import Refund
from rules.refund import refund as refund_rules

REMEDIES = "refundable_declines_are_refunded"
_BATCH = 500
_OPEN = f"""SELECT id FROM application
    WHERE (declined_at IS NOT NULL OR ended_at IS NOT NULL) AND refunded_at IS NULL
      AND {only(Rows.APPLICATION, "application.id")}"""
_FIRST = UUID(int=0)


async def unpaid_remedies(
    conn: Connection, part: Part | None = None
) -> tuple[list[ReconciliationFinding], int]:
    """Return declined and ended applications whose fee was wrongly not returned, and their count.

    A refund stays valid if somebody records later that a meeting took place: that is not a finding.
    """
    findings: list[ReconciliationFinding] = []
    count = 0
    async for ids in _open(conn, part):
        now = await database_now(conn)
        for case in await read_cases(conn, ids):
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
    return findings, count


async def _open(conn: Connection, part: Part | None) -> AsyncIterator[list[UUID]]:
    """Yield the ids of applications without a refund, a limited number at a time."""
    if part is not None:
        rows = await fetch(conn, f"{LOOKED_AT} {limited(_OPEN)} ORDER BY id", *part.values)
        for first in range(0, len(rows), _BATCH):
            yield [row["id"] for row in rows[first : first + _BATCH]]
        return
    after = _FIRST
    while rows := await fetch(conn, f"{_OPEN} AND id > $1 ORDER BY id LIMIT $2", after, _BATCH):
        after = rows[-1]["id"]
        yield [row["id"] for row in rows]
