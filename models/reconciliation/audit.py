"""Runs all checks of a reconciliation, with its own snapshot and time limit, and reports all findings."""

from models.base.database import Connection, connection, fetch, transaction
from models.reconciliation.books import BOOKS
from models.reconciliation.calls import CALLS
from models.reconciliation.cases import CASES
from models.reconciliation.chats import CHATS
from models.reconciliation.check import Check, ReconciliationFinding, ReconciliationReport, ask
from models.reconciliation.complaints import COMPLAINTS
from models.reconciliation.disclosures import DISCLOSURES
from models.reconciliation.part import Part
from models.reconciliation.remedies import REMEDIES, unpaid_remedies
from models.reconciliation.sending import SENDING
from models.reconciliation.smart_data import SMART_DATA

CHECKS = (*BOOKS, *CASES, *COMPLAINTS, *SENDING, *SMART_DATA, *CALLS, *DISCLOSURES, *CHATS)
TIME_LIMIT = "15min"  # of one check: longer than a request is allowed to take


async def reconcile(conn: Connection | None = None, part: Part | None = None) -> ReconciliationReport:
    """Run every check, on all rows or on a part of them, and return the findings; read-only, one statement
    per check.

    On a given connection, the checks see what its transaction sees, under its time limit.
    """
    found: list[ReconciliationFinding] = []
    warnings: list[ReconciliationFinding] = []
    counts: dict[str, int] = {}
    for check in CHECKS:
        if check.of_parts and part is None:
            continue
        findings, counts[check.name] = await _ask(conn, check, part)
        (warnings if check.warning else found).extend(findings)
    remedies, counts[REMEDIES] = await unpaid_remedies(conn or connection(), part)
    return ReconciliationReport((*found, *remedies), tuple(warnings), counts)


async def _ask(
    conn: Connection | None, check: Check, part: Part | None
) -> tuple[list[ReconciliationFinding], int]:
    if conn is not None:
        return await ask(conn, check, part)
    async with transaction() as own:
        await fetch(own, "SET TRANSACTION READ ONLY")
        await fetch(own, f"SET LOCAL statement_timeout = '{TIME_LIMIT}'")
        return await ask(own, check, part)
