"""Reconciliation: checks that the stored data is consistent with itself and with the rules.

It reports and never repairs.
"""

from models.reconciliation.audit import reconcile
from models.reconciliation.books import BOOKS
from models.reconciliation.calls import CALLS
from models.reconciliation.cases import CASES
from models.reconciliation.chats import CHATS
from models.reconciliation.check import Check, ReconciliationFinding, ReconciliationReport
from models.reconciliation.complaints import COMPLAINTS
from models.reconciliation.disclosures import DISCLOSURES
from models.reconciliation.sending import SENDING

CHECKS = (*BOOKS, *CASES, *COMPLAINTS, *SENDING, *CALLS, *DISCLOSURES, *CHATS)

__all__ = ["CHECKS", "Check", "ReconciliationFinding", "ReconciliationReport", "reconcile"]
