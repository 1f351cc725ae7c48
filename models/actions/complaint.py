"""Owns filing a complaint: each item is weighed and decided alone, what is open waits for the operator.

It must not read a file: claims come read and checked, each with its row.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.actions.complaint_outcome import finish, write_items
from models.clock import database_now
from models.complaint_case import (
    LONGEST_EXPLANATION,
    Claim,
    Delivered,
    Weighed,
    lock_deliveries,
    read_deliveries,
    subject_of,
    weigh,
)
from models.database import Connection, connection, fetch, fetch_one, transaction
from models.deadline import DeadlineKind
from models.evidence.finding import Finding
from models.evidence.gathering import Check, gather
from models.idempotent import first_answer
from models.ids import new_id
from models.journal import DeadlineRow, Journal
from models.policies import policies_by_id
from models.refusal import Refusal, RefusalCode
from models.viewer import Viewer
from models.wake import Wake
from rules import Policy
from rules.calendar import days_after, decide_by

MOST_ITEMS = 10_000

Progress = Callable[[int, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why one row was not filed; the others were."""

    row: int | None
    column: str | None
    code: RefusalCode
    message: str


@dataclass(frozen=True, slots=True)
class Filed:
    """The complaint, None when no row could be filed, and what was wrong with which row."""

    complaint_id: UUID | None
    problems: Sequence[RowProblem]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What would be decided about a claim, were it filed now; without a decision the problems say why."""

    claim: Claim
    weighed: Weighed | None
    problems: Sequence[RowProblem]


def _vendor(viewer: Viewer) -> UUID:
    if viewer.vendor_id is None or viewer.user_id is None:
        raise Refusal(
            RefusalCode.FORBIDDEN, (), "Only an owner or a member of a vendor's account can complain."
        )
    return viewer.vendor_id


def check_claims(
    claims: Sequence[Claim], deliveries: dict[UUID, Delivered]
) -> tuple[list[Claim], list[RowProblem]]:
    """Sort out what cannot be filed: unknown deliveries, repeated ones, no explanation, already complained."""
    kept: list[Claim] = []
    problems: list[RowProblem] = []
    seen: dict[UUID, Claim] = {}
    for claim in claims:
        problem = _problem(claim, deliveries.get(claim.delivery_id), seen.get(claim.delivery_id))
        if problem is None:
            kept.append(claim)
            seen[claim.delivery_id] = claim
        else:
            problems.append(problem)
    return kept, problems


def _problem(claim: Claim, delivered: Delivered | None, before: Claim | None) -> RowProblem | None:
    def problem(column: str, code: RefusalCode, message: str) -> RowProblem:
        return RowProblem(claim.row, column, code, f"{column}: {message}")

    if delivered is None:
        return problem(
            "deliveryId", RefusalCode.NOT_FOUND, "there is no such delivery, or it is not your account's"
        )
    if before is not None:
        where = f"in row {before.row}" if before.row else "before it"
        return problem(
            "deliveryId", RefusalCode.CONFLICT, f"the same delivery stands {where}; keep one of them"
        )
    if not claim.explanation.strip():
        return problem(
            "explanation",
            RefusalCode.REQUIRED,
            "say in your own words what is wrong with this contact (S5.6)",
        )
    if len(claim.explanation) > LONGEST_EXPLANATION:
        return problem("explanation", RefusalCode.INVALID, f"at most {LONGEST_EXPLANATION} characters")
    if delivered.remedied:
        return problem("deliveryId", RefusalCode.CONFLICT, "this delivery had its remedy already")
    if delivered.open_complaint is not None:
        return problem(
            "deliveryId", RefusalCode.CONFLICT, f"complaint {delivered.open_complaint} about it is still open"
        )
    return None


async def _weigh(
    account_id: UUID, checks: Sequence[Check], claims: Sequence[Claim], on_progress: Progress | None
) -> tuple[list[Claim], list[RowProblem], dict[UUID, list[Finding]]]:
    """Gather the evidence for the claims that can be filed, outside of any transaction."""
    deliveries = await read_deliveries(connection(), {claim.delivery_id for claim in claims}, account_id)
    kept, problems = check_claims(claims, deliveries)
    subjects = [subject_of(claim, deliveries[claim.delivery_id]) for claim in kept]
    return kept, problems, await gather(checks, subjects, on_progress)


async def preview(viewer: Viewer, checks: Sequence[Check], claims: Sequence[Claim]) -> list[PreviewRow]:
    """Say for each claim what would be decided and why, without filing anything.

    Raises `Refusal` FORBIDDEN for who acts for no vendor.
    """
    account_id = _vendor(viewer)
    kept, problems, findings = await _weigh(account_id, checks, claims, None)
    deliveries = await read_deliveries(connection(), {claim.delivery_id for claim in kept}, account_id)
    now = await database_now(connection())
    weighed = {
        claim.key: weigh(claim, deliveries[claim.delivery_id], findings[claim.key], now) for claim in kept
    }
    by_row = {problem.row: problem for problem in problems}
    return [
        PreviewRow(
            claim,
            weighed.get(claim.key),
            [] if claim.key in weighed else [by_row[claim.row]] if claim.row in by_row else [],
        )
        for claim in claims
    ]


async def file_complaint(
    viewer: Viewer,
    wake: Wake,
    checks: Sequence[Check],
    *,
    claims: Sequence[Claim],
    idempotency_key: str,
    given: dict[str, object],
    file_id: UUID | None = None,
    on_progress: Progress | None = None,
) -> Filed:
    """File what can be filed of up to 10,000 claims; each is decided alone (S5.1 to S5.3).

    `given` is the request's input, for its idempotency key. Raises `Refusal`: FORBIDDEN, LIMIT_EXCEEDED,
    REQUIRED for no claims, IDEMPOTENCY_CONFLICT.
    """
    account_id = _vendor(viewer)
    if not claims:
        raise Refusal(RefusalCode.REQUIRED, ("items",), "items: name at least one delivery.")
    if len(claims) > MOST_ITEMS:
        raise Refusal(
            RefusalCode.LIMIT_EXCEEDED,
            ("items",),
            f"items: at most {MOST_ITEMS} at once; file the rest after.",
        )
    kept, problems, findings = await _weigh(account_id, checks, claims, on_progress)
    async with transaction() as conn:
        complaint_id = new_id()
        earlier = await first_answer(
            conn,
            scope=account_id,
            operation="complaintFile",
            key=idempotency_key,
            given=given,
            result=complaint_id,
            now=await database_now(conn),
        )
        if earlier is not None:
            return Filed(earlier, problems)
        deliveries = await lock_deliveries(conn, {claim.delivery_id for claim in kept}, account_id)
        kept, late = check_claims(kept, deliveries)  # anew: somebody may have filed the same in between
        problems = [*problems, *late]
        if not kept:
            raise NothingFiled(problems)
        now = await database_now(conn)
        journal = Journal(now, viewer.user_id)
        weighed = [weigh(claim, deliveries[claim.delivery_id], findings[claim.key], now) for claim in kept]
        policy_id, policy = await _newest_policy(conn, weighed)
        await _write_complaint(conn, viewer, complaint_id, account_id, policy_id, policy, now, file_id)
        journal.deadlines.extend(_deadlines(complaint_id, policy, now))
        await write_items(conn, journal, complaint_id, weighed)
        await finish(conn, journal, [complaint_id])
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return Filed(complaint_id, problems)


class NothingFiled(Exception):  # noqa: N818 - an answer, not an error: it ends the transaction
    """No row could be filed: the key stays free, and the problems say why."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__("no row could be filed")
        self.problems = problems


async def _newest_policy(conn: Connection, weighed: Sequence[Weighed]) -> tuple[UUID, Policy]:
    """The complaint's own times follow the latest policy that one of its deliveries pinned."""
    policies = await policies_by_id(conn, {one.delivered.policy_id for one in weighed})
    return max(policies.items(), key=lambda pinned: (pinned[1].effective_from, str(pinned[0])))


async def _write_complaint(
    conn: Connection,
    viewer: Viewer,
    complaint_id: UUID,
    account_id: UUID,
    policy_id: UUID,
    policy: Policy,
    now: datetime,
    file_id: UUID | None,
) -> None:
    number = await fetch_one(conn, "SELECT nextval('complaint_number') AS n")
    await fetch(
        conn,
        """INSERT INTO complaint (id, version, number, account_id, policy_id, submitted_at, submitted_by_id,
                                  decide_by, file_id)
           VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8)""",
        complaint_id,
        f"C-{number['n']:06d}" if number else "",
        account_id,
        policy_id,
        now,
        viewer.user_id,
        decide_by(now, policy),
        file_id,
    )


def _deadlines(complaint_id: UUID, policy: Policy, now: datetime) -> list[DeadlineRow]:
    marks = policy.complaint
    reminders = [
        DeadlineRow(DeadlineKind.COMPLAINT_REMINDER, complaint_id, days_after(now, days, policy), ordinal)
        for ordinal, days in enumerate(
            (marks.first_mark_days, marks.second_mark_days, marks.last_mark_days), start=1
        )
        if 0 < days <= marks.decide_days
    ]
    return [
        *reminders,
        DeadlineRow(DeadlineKind.COMPLAINT_DECISION, complaint_id, decide_by(now, policy)),
    ]
