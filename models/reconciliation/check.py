"""A check of a reconciliation and its findings, which never contain contact data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.base.database import Connection, fetch

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

    A statement that depends on registrations is built when it is run.
    """

    name: str
    sql: str | Callable[[], str]
    warning: bool = False


@dataclass(frozen=True, slots=True)
class ReconciliationReport:
    """The results of all checks: the first findings of each, and the number of findings per check."""

    findings: tuple[ReconciliationFinding, ...]
    warnings: tuple[ReconciliationFinding, ...]
    counts: Mapping[str, int]


async def ask(conn: Connection, check: Check) -> tuple[list[ReconciliationFinding], int]:
    """Return the first findings of a check and the count of all."""
    sql = check.sql if isinstance(check.sql, str) else check.sql()
    rows = await fetch(
        conn,
        f"""SELECT subject::text AS subject, message, count(*) OVER () AS total
            FROM ({sql}) AS found ORDER BY subject LIMIT {MOST_FINDINGS}""",
    )
    found = [ReconciliationFinding(check.name, row["subject"], row["message"]) for row in rows]
    return found, rows[0]["total"] if rows else 0
