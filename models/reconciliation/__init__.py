"""Owns the reconciliation: whether what is stored agrees with itself and with the rules.

It must not mend anything: what does not agree is a fault, for a person to look at.
"""

from models.reconciliation.audit import reconcile
from models.reconciliation.books import BOOKS
from models.reconciliation.cases import CASES
from models.reconciliation.check import Check, Finding, Report
from models.reconciliation.complaints import COMPLAINTS

CHECKS = (*BOOKS, *CASES, *COMPLAINTS)

__all__ = ["CHECKS", "Check", "Finding", "Report", "reconcile"]
