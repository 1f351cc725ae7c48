"""A check of a reconciliation and its findings, which never contain contact data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.base.database import Connection, fetch
from models.reconciliation.part import LOOKED_AT, Part, limited

MOST_FINDINGS = 20  # per check in a report; the count includes all


@dataclass(frozen=True, slots=True)
class ReconciliationFinding:
    """One inconsistency: the check that found it, the row, and what is wrong."""

    check: str
    subject: str
    message: str

    def __str__(self) -> str:
        """Return one line for a log or a terminal."""
        return f"{self.check}: {self.subject}: {self.message}"


@dataclass(frozen=True, slots=True)
class Check:
    """One statement whose rows (`subject`, `message`) are inconsistencies; a warning may resolve itself.

    A statement that depends on registrations is built when it is run. One that reads a table that grows for
    ever says by `only` to which of its rows a part is limited; a part of any other reads all rows.
    """

    name: str
    sql: str | Callable[[], str]
    warning: bool = False
    of_parts: bool = False  # a full run finds the same by other checks


@dataclass(frozen=True, slots=True)
class Standby:
    """The standby that was checked; `until` is its last commit when the run began, None if it had none."""

    until: datetime | None

    def __str__(self) -> str:
        """Return one line for a terminal."""
        until = "its last restart" if self.until is None else f"{self.until:%Y-%m-%d %H:%M:%S} UTC"
        return f"standby: checked as of {until}, and not recorded"


@dataclass(frozen=True, slots=True)
class ReconciliationReport:
    """The results of all checks: the first findings of each, and the number of findings per check."""

    findings: tuple[ReconciliationFinding, ...]
    warnings: tuple[ReconciliationFinding, ...]
    counts: Mapping[str, int]
    standby: Standby | None = None  # None on the primary


async def ask(
    conn: Connection, check: Check, part: Part | None = None
) -> tuple[list[ReconciliationFinding], int]:
    """Return the first findings of a check, in all rows or in a part, and the count of all."""
    sql = check.sql if isinstance(check.sql, str) else check.sql()
    found_by = f"""SELECT subject::text AS subject, message, count(*) OVER () AS total
        FROM ({sql}) AS found ORDER BY subject LIMIT {MOST_FINDINGS}"""
    if part is None:
        rows = await fetch(conn, found_by)
    else:
        rows = await fetch(conn, f"{LOOKED_AT} {limited(found_by)}", *part.values)
    found = [ReconciliationFinding(check.name, row["subject"], row["message"]) for row in rows]
    return found, rows[0]["total"] if rows else 0
