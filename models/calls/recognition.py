"""Recognition of a caller among a company's VIPs, and what the caller is to an employee (S4.22, R.unwanted).

Nothing here uses the database: the entries that may match are read by `beginnings` of the caller's number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from models.calls.caller_id import Caller, CallerKind
from models.contact_data.redaction import Redacted
from rules.calls.call_route import CallerStanding


class VipTreatment(StrEnum):
    """What a VIP entry does: only PREFERRED counts for transfers and text messages."""

    PREFERRED = "PREFERRED"
    NOTE_ONLY = "NOTE_ONLY"
    UNWANTED = "UNWANTED"


@dataclass(frozen=True, slots=True, repr=False)
class VipView(Redacted):
    """An entry for one number, or for all numbers that begin with it; of an employee or of the company."""

    id: UUID
    version: int
    secretariat_id: UUID
    employee_id: UUID | None
    number: str
    block: bool
    name: str
    note: str
    treatment: VipTreatment
    waives: Sequence[str]


_STRENGTH = (
    CallerStanding.ORDINARY,
    CallerStanding.WITHHELD,
    CallerStanding.VIP_OF_COMPANY,
    CallerStanding.VIP_OF_EMPLOYEE,
    CallerStanding.UNWANTED,
)


def effective(entries: Sequence[VipView], employee_id: UUID | None) -> VipView | None:
    """Return the entry that holds towards an employee (None: nobody in particular).

    The employee's own entries come first, and exact ones before blocks, longer blocks before shorter ones.
    """
    holding = [entry for entry in entries if entry.employee_id in {None, employee_id}]
    return min(
        holding,
        key=lambda entry: (entry.employee_id is None, entry.block, -len(entry.number)),
        default=None,
    )


def standing(caller: Caller, entries: Sequence[VipView], employee_id: UUID | None) -> CallerStanding:
    """Return what the caller is to an employee. A withheld or unreadable number is nobody (S4 R.withheld)."""
    if caller.kind is not CallerKind.NUMBER:
        return CallerStanding.WITHHELD
    entry = effective(entries, employee_id)
    if entry is None or entry.treatment is VipTreatment.NOTE_ONLY:
        return CallerStanding.ORDINARY
    if entry.treatment is VipTreatment.UNWANTED:
        return CallerStanding.UNWANTED
    return CallerStanding.VIP_OF_COMPANY if entry.employee_id is None else CallerStanding.VIP_OF_EMPLOYEE


def stronger(one: CallerStanding, other: CallerStanding) -> CallerStanding:
    """Return the stronger of two standings, towards the wanted employee and a candidate."""
    return max(one, other, key=_STRENGTH.index)
