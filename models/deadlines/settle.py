"""Deadlines of locked cases: started with a case, carried out when due, withdrawn by an answer."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch
from models.deadlines.registry import C, Done, PendingDeadline, Subject
from models.feed.journal import DeadlineRow, Journal
from rules import DISAGREEMENT, Policy


def start(about: Subject[C], subject: UUID, policy: Policy, now: datetime) -> list[DeadlineRow]:
    """Return the deadlines of a case that starts now.

    Raises RuntimeError if the rules give no due time, as when the evaluators disagree: a case that never
    becomes due must not start.
    """
    due = [
        (kind, ordinal, at)
        for kind, one in about.kinds.items()
        for ordinal, at in enumerate(one.starts(policy, now))
    ]
    missing = [kind for kind, _, at in due if at is None]
    if missing:
        message = f"policy {policy.version}: the rules do not say when {' and '.join(missing)} is due"
        raise RuntimeError(message)
    return [DeadlineRow(kind, subject, at, ordinal) for kind, ordinal, at in due if at is not None]


async def pending_deadlines(
    conn: Connection, about: Subject[C], ids: Collection[UUID]
) -> dict[UUID, list[PendingDeadline]]:
    """Lock and return the pending deadlines of these cases, of their subject's kinds, by case, earliest
    first.

    Always lock a case before its deadlines: the other order deadlocks.
    """
    rows = await fetch(
        conn,
        """SELECT id, subject, kind, ordinal, due_at FROM deadline
           WHERE subject = ANY($1::uuid[]) AND kind = ANY($2::text[]) AND done_at IS NULL
           ORDER BY id FOR NO KEY UPDATE""",
        list(ids),
        list(about.kinds),
    )
    found: dict[UUID, list[PendingDeadline]] = {}
    for row in sorted(rows, key=lambda row: row["due_at"]):
        pending = PendingDeadline(row["id"], row["kind"], row["ordinal"], row["due_at"])
        found.setdefault(row["subject"], []).append(pending)
    return found


async def settle_due(
    conn: Connection,
    about: Subject[C],
    cases: Sequence[C],
    journal: Journal,
    only: Collection[str] | None = None,
) -> list[Done]:
    """Carry out and return due deadlines of locked cases, of all kinds or some. Save the cases afterwards."""
    if not cases:
        return []
    if about.pending is None:
        pending = await pending_deadlines(conn, about, [case.id for case in cases])
    else:
        pending = {case.id: about.pending(case) for case in cases}
    settled = _settle(about, cases, pending, journal, only)
    if settled:
        subjects = {one.subject for one in settled}
        await about.finish(conn, [case for case in cases if case.id in subjects], journal)
    return settled


def _settle(
    about: Subject[C],
    cases: Sequence[C],
    pending: Mapping[UUID, list[PendingDeadline]],
    journal: Journal,
    only: Collection[str] | None,
) -> list[Done]:
    """Carry out due deadlines, earliest first, each as of its due time.

    A deadline on which the evaluators of the rules disagree stays due: nothing happens on a doubtful
    decision.
    """
    settled = []
    for case in cases:
        for deadline in pending.get(case.id, []):
            moot = about.moot(case)
            if moot is not None:
                journal.done.append((deadline.id, moot))
                continue
            if deadline.due_at > journal.now or (only and deadline.kind not in only):
                continue
            outcome = about.kinds[deadline.kind].effect(case, deadline.ordinal, deadline.due_at, journal)
            if outcome == DISAGREEMENT:
                continue
            journal.done.append((deadline.id, outcome))
            settled.append(Done(deadline.id, case.id, deadline.kind, deadline.due_at, outcome))
    return settled


async def withdraw(
    conn: Connection, about: Subject[C], ids: Collection[UUID], journal: Journal, outcome: str
) -> None:
    """End the pending deadlines of these locked cases, and withdraw their unsent messages."""
    settled = {deadline_id for deadline_id, _ in journal.done}
    waiting = await pending_deadlines(conn, about, ids)
    journal.done.extend(
        (deadline.id, outcome)
        for case_id in ids
        for deadline in waiting.get(case_id, [])
        if deadline.id not in settled
    )
    keys = {one.message(case_id) for one in about.kinds.values() if one.message for case_id in ids}
    if not keys:
        return
    journal.messages = [message for message in journal.messages if message.idempotency_key not in keys]
    await fetch(  # one that is being sent has passed the check of its time, and is sent
        conn,
        "UPDATE outbox_message SET expires_at = $2 WHERE idempotency_key = ANY($1::text[])",
        sorted(keys),
        journal.now,
    )
