"""The decisions about the contact data of rows that have the columns `FACTS_OF_ROW`.

A list that builds no views reads its verdicts from here: the same facts, as of the same instant, from the
same table of cells. If a verdict depends on a missing answer that no worker has settled yet, it is checked in
order with answers (`models.leads.reading_order`).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from asyncpg import Record

from models.base.clock import instant
from models.base.database import Connection
from models.base.keyset import Cut
from models.leads.facts import basis_of, closed_of, time_to_answer, visibility_values
from models.leads.reading_order import silent
from models.policies.versions import policies_by_id
from rules import Cell, Decision, Policy
from rules.visibility import VISIBLE, Basis, Closed, Response, ViewerKind, VisibilityFacts, visibility

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


_new, _instant = tuple.__new__, datetime.fromtimestamp
# Besides `erased_at`, where erased persons are listed.
FACTS_OF_ROW = (
    "application_id",
    "delivery_kind",
    "policy_id",
    "received_s",
    "unsettled",
    "closed",
    "accepted_s",
    "declined_s",
    "now_us",
)


class _Places(NamedTuple):
    """The numbers of the columns of a row."""

    case_id: int
    delivered: int
    policy: int
    received: int
    unsettled: int
    closed: int
    accepted: int
    declined: int
    now: int
    erased: int | None


_Values = tuple[ViewerKind, Basis, Response, datetime, int, Closed]  # of `VisibilityFacts`
_Unsettled = tuple[UUID, UUID, datetime]  # an application, its policy, and when it was received


async def verdicts_of(
    conn: Connection,
    rows: Sequence[Record],
    kind: ViewerKind,
    known_silent: AbstractSet[UUID] | None = None,
) -> list[Verdict]:
    """Return the verdict of each row for a viewer who has the same relation to all of them."""
    if not rows:
        return []
    # By number instead of by name, which takes longer for each row.
    places = _places(tuple(rows[0].keys()))
    case_id, delivered, policy, received, unsettled, closed, accepted, declined, now_at, erased = places
    policy_ids = [row[policy] for row in rows]
    one_policy = policy_ids.count(policy_ids[0]) == len(rows)  # nearly always, and hashing each takes longer
    policies = await policies_by_id(conn, policy_ids[:1] if one_policy else set(policy_ids))
    rulesets = {policy_id: visibility.for_policy(policy) for policy_id, policy in policies.items()}
    now = instant(rows[0][now_at])
    # Rows without a case of the viewer share all facts.
    none = visibility_values(kind, Basis.NONE, Closed.NO, now, None, None, None)
    untouched = {
        policy_id: _verdict(ruleset.cells_of([none], now)[0], none, now)
        for policy_id, ruleset in rulesets.items()
    }
    if one_policy:
        found = [*untouched.values()] * len(rows)
    else:
        found = [untouched[policy_id] for policy_id in policy_ids]
    cases = [
        (number, row, None if (at := row[received]) is None else _instant(at, UTC))
        for number, row in enumerate(rows)
        if row[case_id] is not None or row[delivered] is not None
    ]
    waiting = [(row[case_id], row[policy], at) for _, row, at in cases if at is not None and row[unsettled]]
    judged_at = await _as_of(conn, waiting, policies, now, known_silent) if waiting else {}
    values = [
        visibility_values(
            kind,
            basis_of(row[delivered], applied=row[case_id] is not None),
            closed_of(row[closed], None if erased is None else row[erased]),
            judged_at.get(row[case_id], now) if judged_at else now,
            at,
            None if (yes := row[accepted]) is None else _instant(yes, UTC),
            None if (no := row[declined]) is None else _instant(no, UTC),
        )
        for _, row, at in cases
    ]
    if one_policy and not judged_at:
        cells = rulesets[policy_ids[0]].cells_of(values, now)
        for (number, _, _), cell, of_row in zip(cases, cells, values, strict=True):
            found[number] = _verdict(cell, of_row, now)
        return found
    for (number, row, _), of_row in zip(cases, values, strict=True):
        as_of = judged_at.get(row[case_id], now)
        [cell] = rulesets[policy_ids[number]].cells_of([of_row], as_of)
        found[number] = _verdict(cell, of_row, as_of)
    return found


@lru_cache(maxsize=1_000)
def _places(names: tuple[str, ...]) -> "_Places":
    """Return where a row has the columns `FACTS_OF_ROW`, and `erased_at`, which lists without erased persons
    do not read.
    """
    erased = names.index("erased_at") if "erased_at" in names else None
    return _Places._make((*(names.index(name) for name in FACTS_OF_ROW), erased))


def _verdict(cell: Cell, values: _Values, now: datetime) -> Verdict:
    # As `Verdict(…)` does, in half of its time; the fourth value is `waited`.
    return _new(Verdict, (cell.verdict is VISIBLE, cell, values[3], now))


def facts_of(row: Record, kind: ViewerKind, now: datetime) -> VisibilityFacts:
    """Return the facts of a row that has the columns `FACTS`, and `erased_at`."""
    return VisibilityFacts(
        *visibility_values(
            kind,
            basis_of(row["delivery_kind"], applied=row["application_id"] is not None),
            closed_of(row["closed"], row["erased_at"]),
            now,
            row["received_at"],
            row["accepted_at"],
            row["declined_at"],
        )
    )


def _wait(policy_id: UUID, policy: Policy) -> timedelta | None:
    """Return the time to answer, which is kept because a version of a policy never changes."""
    known = _WAITS.get(policy_id)
    if known is None or known[0] is not policy:
        known = _WAITS[policy_id] = policy, time_to_answer(policy)
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
    unsettled = [
        (row["application_id"], row["policy_id"], row["received_at"])
        for row in rows
        if row["received_at"] is not None and row["unsettled"]
    ]
    return await _as_of(conn, unsettled, policies, now, known_silent)


async def _as_of(
    conn: Connection,
    unsettled: Sequence[_Unsettled],
    policies: Mapping[UUID, Policy],
    now: datetime,
    known_silent: AbstractSet[UUID] | None,
) -> dict[UUID, datetime]:
    waits = {policy_id: _wait(policy_id, policy) for policy_id, policy in policies.items()}
    only = (
        next(iter(waits.values())) if len(waits) == 1 else None
    )  # looking up an id takes longer than the rest
    due: dict[UUID, datetime] = {}
    for application_id, policy_id, received_at in unsettled:
        wait = only or waits[policy_id]
        if wait is not None and (at := received_at + wait) <= now:
            due[application_id] = at
    if not due:
        return due
    certain = await silent(conn, due) if known_silent is None else known_silent
    return {application_id: at - _TICK for application_id, at in due.items() if application_id not in certain}
