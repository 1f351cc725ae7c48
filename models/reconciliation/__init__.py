"""Reconciliation: checks that the stored data is consistent with itself and with the rules.

It reports and never repairs.
"""

from models.reconciliation.audit import CHECKS, reconcile
from models.reconciliation.check import Check, ReconciliationFinding, ReconciliationReport

__all__ = ["CHECKS", "Check", "ReconciliationFinding", "ReconciliationReport", "reconcile"]
