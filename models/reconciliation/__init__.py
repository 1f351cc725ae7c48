"""Reconciliation: checks that the stored data is consistent with itself and with the rules.

It reports and never repairs.
"""

from models.reconciliation.audit import reconcile
from models.reconciliation.books import BOOKS
from models.reconciliation.cases import CASES
from models.reconciliation.check import Check, ReconciliationFinding, ReconciliationReport
from models.reconciliation.complaints import COMPLAINTS

CHECKS = (*BOOKS, *CASES, *COMPLAINTS)

__all__ = ["CHECKS", "Check", "ReconciliationFinding", "ReconciliationReport", "reconcile"]
