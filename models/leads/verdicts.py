"""The decisions about the contact data of rows that have the columns `models.leads.columns.FACTS`.

A list that builds no views reads its verdicts from here: the same facts, as of the same instant, from the
same table of cells. If a verdict depends on a missing answer that no worker has settled yet, it is checked in
order with answers (`models.leads.reading_order`).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection
from models.base.keyset import Cut
from models.leads.facts import basis_of, closed_of, opens_at, visibility_values
from models.leads.reading_order import silent
from models.policies.versions import policies_by_id
from rules import Cell, Decision, Policy, Ruleset
from rules.visibility import VISIBLE, Basis, Closed, Response, ViewerKind, VisibilityFacts, visibility

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)  # the smallest difference between two timestamps
_WAITS: dict[UUID, tuple[Policy, timedelta | None]] = {}  # by the id of the policy's version


class Verdict(NamedTuple):
    """Whether the contact data of a row is visible, and what says so.

    `waited` is the only fact that a change of the verdict depends on besides the cell.
    """

    visible: bool
    cell: Cell
    waited: datetime
    now: datetime

    @property
    def decision(self) -> Decision:
        """The decision, without its facts: reading `facts` raises."""
        return Decision(self.cell, self, self.now)


class SilentRows(NamedTuple):
    """Rows of a list, and the due applications that nobody is answering, if they had to be read."""

    cut: Cut
    silent: AbstractSet[UUID] | None


async def verdicts_of(
    conn: Connection,
    rows: Sequence[Record],
    kind: ViewerKind,
    known_silent: AbstractSet[UUID] | None = None,
) -> list[Verdict]:
    """Return the verdict of each row for a viewer who has the same relation to all of them."""
    policies = await policies_by_id(conn, _policy_ids(rows))
    rulesets = {policy_id: visibility.for_policy(policy) for policy_id, policy in policies.items()}
    now = _EPOCH + timedelta(microseconds=rows[0]["now_us"]) if rows else _EPOCH
    judged_at = await as_of(conn, rows, policies, now, known_silent)
    policy_id: UUID | None = None
    untouched: Verdict | None = None
    found = []
    for row in rows:
        if row["policy_id"] != policy_id:
            policy_id = row["policy_id"]
            ruleset, untouched = rulesets[policy_id], None
        if row["application_id"] is None and row["delivery_kind"] is None:
            if untouched is None:  # neighbours without a case of the viewer share all facts
                untouched = _verdict(row, kind, now, ruleset)
            found.append(untouched)
        else:
            at = judged_at.get(row["application_id"], now) if judged_at else now
            found.append(_verdict(row, kind, at, ruleset))
    return found


def _policy_ids(rows: Sequence[Record]) -> set[UUID]:
    """Return the policies of rows. Comparing neighbours takes a tenth of hashing each."""
    found, last = set[UUID](), None
    for row in rows:
        if row["policy_id"] != last:
            last = row["policy_id"]
            found.add(last)
    return found


def _verdict(row: Record, kind: ViewerKind, now: datetime, ruleset: Ruleset[VisibilityFacts]) -> Verdict:
    values = values_of(row, kind, now)
    cell = ruleset.cell_of(values, now)
    return Verdict(cell.verdict is VISIBLE, cell, values[3], now)  # the fourth is `waited`


def facts_of(row: Record, kind: ViewerKind, now: datetime) -> VisibilityFacts:
    """Return the facts of a row that has the columns `FACTS`."""
    return VisibilityFacts(*values_of(row, kind, now))


def values_of(
    row: Record, kind: ViewerKind, now: datetime
) -> tuple[ViewerKind, Basis, Response, datetime, int, Closed]:
    """Return the facts of a row as values, in the order of the fields of `VisibilityFacts`."""
    return visibility_values(
        kind,
        basis_of(row["delivery_kind"], applied=row["application_id"] is not None),
        closed_of(row["closed"], row.get("erased_at")),  # lists without erased persons do not read it
        now,
        row["received_at"],
        row["accepted_at"],
        row["declined_at"],
    )


def _wait(policy_id: UUID, policy: Policy) -> timedelta | None:
    """Return how long nobody must answer until the contact data is revealed: hours are elapsed hours, and a
    version of a policy never changes.
    """
    known = _WAITS.get(policy_id)
    if known is None or known[0] is not policy:
        at = opens_at(policy, _EPOCH)
        known = _WAITS[policy_id] = policy, None if at is None else at - _EPOCH
    return known[1]


async def as_of(
    conn: Connection,
    rows: Sequence[Record],
    policies: Mapping[UUID, Policy],
    now: datetime,
    known_silent: AbstractSet[UUID] | None,
) -> dict[UUID, datetime]:
    """Return the time as of which to judge applications that are due and that somebody may be answering.

    That is the last moment at which the missing answer had revealed nothing. `known_silent` are those that
    nobody is answering, if the list has already read them; otherwise they are read here, if a row is due.
    """
    unsettled = [row for row in rows if row["received_at"] is not None and row["unsettled"]]
    due: dict[UUID, datetime] = {}
    for row in unsettled:
        policy_id, received_at = row["policy_id"], row["received_at"]
        wait = _wait(policy_id, policies[policy_id])
        if wait is not None and received_at + wait <= now:
            due[row["application_id"]] = received_at + wait
    if not due:
        return due
    certain = await silent(conn, due) if known_silent is None else known_silent
    return {application_id: at - _TICK for application_id, at in due.items() if application_id not in certain}
