"""Reconciliation: checks that the stored data is consistent with itself and with the rules.

It reports and never repairs.
"""

from models.reconciliation.audit import CHECKS, reconcile
from models.reconciliation.check import Check, ReconciliationFinding, ReconciliationReport
from models.reconciliation.runs import reconcile_since

__all__ = [
    "CHECKS",
    "Check",
    "ReconciliationFinding",
    "ReconciliationReport",
    "reconcile",
    "reconcile_since",
]
