"""Filing a complaint: each item is decided independently, and open items wait for an operator."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.idempotency import earlier_answer, first_answer
from models.base.ids import new_id
from models.base.pace import unhurried
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.complaints.answer_files import ensure_answers
from models.complaints.case import (
    ItemDraft,
    Weighed,
    disputed_contact,
    lock_deliveries,
    read_deliveries,
    weigh,
)
from models.complaints.deadlines import COMPLAINT
from models.complaints.draft_checks import RowProblem, check_drafts
from models.complaints.evidence.finding import EvidenceFinding
from models.complaints.evidence.gathering import Check, gather
from models.complaints.limits import MOST_ITEMS
from models.complaints.outcome import finish, notify_filed, write_items
from models.complaints.refusals import ComplaintRefusal
from models.complaints.times import decide_by
from models.deadlines.settle import start
from models.feed.journal import Journal
from models.files.store import keep_file
from models.policies.versions import policies_by_id
from models.process.wake import Wake
from rules import Policy

__all__ = ["Filed", "PreviewRow", "Progress", "RowProblem", "file_complaint", "preview"]

_OPERATION = "complaintFile"

Progress = Callable[[int, int], Awaitable[None]]
_Gathered = tuple[list[ItemDraft], list[RowProblem], dict[UUID, list[EvidenceFinding]]]


@dataclass(frozen=True, slots=True)
class Filed:
    """The complaint, None if no row could be filed, and the problems by row."""

    complaint_id: UUID | None
    problems: Sequence[RowProblem]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """The decision that a claim would receive if filed now; without a decision, the problems say why."""

    draft: ItemDraft
    weighed: Weighed | None
    problems: Sequence[RowProblem]


class _NothingFiled(Exception):  # noqa: N818 - a result, not an error: it ends the transaction
    """No row could be filed; the idempotency key stays unused, and the problems say why."""


def _vendor(viewer: Viewer, drafts: Sequence[ItemDraft]) -> UUID:
    account_id = acting_vendor(viewer, "complain")
    if not drafts:
        raise ComplaintRefusal.ITEMS_MISSING.at("items")
    if len(drafts) > MOST_ITEMS:
        raise ComplaintRefusal.TOO_MANY_ITEMS.at("items", most=MOST_ITEMS)
    return account_id


async def _gather(
    account_id: UUID, checks: Sequence[Check], drafts: Sequence[ItemDraft], on_progress: Progress | None
) -> _Gathered:
    """Gather the evidence for the claims that can be filed, outside any transaction."""
    deliveries = await read_deliveries(connection(), {draft.delivery_id for draft in drafts}, account_id)
    valid, problems = await check_drafts(drafts, deliveries)
    contacts = [disputed_contact(draft, deliveries[draft.delivery_id]) async for draft in unhurried(valid)]
    return valid, problems, await gather(checks, contacts, on_progress)


async def preview(
    viewer: Viewer,
    checks: Sequence[Check],
    drafts: Sequence[ItemDraft],
    on_progress: Progress | None = None,
) -> list[PreviewRow]:
    """Return the decision that each claim would receive, with its reason, without filing anything.

    Raises `Refusal`: FORBIDDEN for viewers who do not act for a vendor, REQUIRED, LIMIT_EXCEEDED.
    """
    account_id = _vendor(viewer, drafts)
    valid, problems, findings = await _gather(account_id, checks, drafts, on_progress)
    deliveries = await read_deliveries(connection(), {draft.delivery_id for draft in valid}, account_id)
    valid, late = await check_drafts(valid, deliveries)
    now = await database_now(connection())
    weighed = {
        draft.key: weigh(draft, deliveries[draft.delivery_id], findings[draft.key], now)
        async for draft in unhurried(valid)
    }
    by_key = {problem.key: problem for problem in (*problems, *late)}
    return [
        PreviewRow(draft, weighed.get(draft.key), [by_key[draft.key]] if draft.key in by_key else [])
        for draft in drafts
    ]


async def file_complaint(
    viewer: Viewer,
    wake: Wake,
    checks: Sequence[Check],
    *,
    drafts: Sequence[ItemDraft],
    idempotency_key: str,
    given: dict[str, object],
    file_id: UUID | None = None,
    on_progress: Progress | None = None,
) -> Filed:
    """File those of up to 10,000 claims that can be filed; each is decided independently (S5.1 to S5.3).

    `given` is the request's input, for its idempotency key; the key stays unused if nothing was filed. Raises
    `Refusal`: FORBIDDEN, LIMIT_EXCEEDED, REQUIRED without claims, IDEMPOTENCY_CONFLICT; and
    `FileForgottenError`.
    """
    account_id = _vendor(viewer, drafts)
    earlier = await earlier_answer(
        connection(), scope=account_id, operation=_OPERATION, key=idempotency_key, given=given
    )
    if earlier is not None:
        return await _filed_before(account_id, earlier, drafts)
    gathered = await _gather(account_id, checks, drafts, on_progress)
    problems = list(gathered[1])
    complaint_id = new_id()
    try:
        async with transaction() as conn:
            earlier = await first_answer(
                conn,
                scope=account_id,
                operation=_OPERATION,
                key=idempotency_key,
                given=given,
                result=complaint_id,
                now=await database_now(conn),
            )
            if earlier is None:
                journal = await _file(conn, viewer, account_id, complaint_id, gathered, problems, file_id)
    except _NothingFiled:
        return Filed(None, problems)
    if earlier is not None:
        return await _filed_before(account_id, earlier, drafts)
    await wake.send(journal.recipients, journal.due)
    await ensure_answers([complaint_id])
    return Filed(complaint_id, problems)


async def _file(
    conn: Connection,
    viewer: Viewer,
    account_id: UUID,
    complaint_id: UUID,
    gathered: _Gathered,
    problems: list[RowProblem],
    file_id: UUID | None,
) -> Journal:
    """File under the locks of the deliveries, and add the problems that arose meanwhile."""
    valid, _, findings = gathered
    deliveries = await lock_deliveries(conn, {draft.delivery_id for draft in valid}, account_id)
    valid, late = await check_drafts(valid, deliveries)
    problems.extend(late)
    if not valid:
        raise _NothingFiled
    journal = Journal(await database_now(conn), viewer.user_id)
    weighed = [
        weigh(draft, deliveries[draft.delivery_id], findings[draft.key], journal.now)
        async for draft in unhurried(valid)
    ]
    # The complaint's deadlines follow the latest of the policies that its deliveries are bound to.
    policies = await policies_by_id(conn, {one.delivered.policy_id for one in weighed})
    policy_id, policy = max(policies.items(), key=lambda pinned: (pinned[1].effective_from, str(pinned[0])))
    await _write_complaint(conn, journal, complaint_id, account_id, policy_id, policy, file_id)
    journal.deadlines.extend(start(COMPLAINT, complaint_id, policy, journal.now))
    await notify_filed(conn, journal, complaint_id, account_id, policy_id, weighed)
    await write_items(conn, journal, complaint_id, weighed)
    await finish(conn, journal, [complaint_id])
    await journal.write(conn)
    return journal


async def _filed_before(account_id: UUID, complaint_id: UUID, drafts: Sequence[ItemDraft]) -> Filed:
    """Return the first result again: its complaint, and the problems of the rows that are not in it."""
    rows = await fetch(
        connection(), "SELECT delivery_id FROM complaint_item WHERE complaint_id = $1", complaint_id
    )
    filed = {row["delivery_id"] for row in rows}
    deliveries = await read_deliveries(connection(), {draft.delivery_id for draft in drafts}, account_id)
    valid, problems = await check_drafts(drafts, deliveries, filed)
    problems += [
        RowProblem(draft.row, "deliveryId", ComplaintRefusal.ITEM_NOT_FILED_BEFORE.sentence(), draft.key)
        for draft in valid
        if draft.delivery_id not in filed
    ]
    return Filed(complaint_id, problems)


async def _write_complaint(
    conn: Connection,
    journal: Journal,
    complaint_id: UUID,
    account_id: UUID,
    policy_id: UUID,
    policy: Policy,
    file_id: UUID | None,
) -> None:
    if file_id is not None:
        await keep_file(conn, file_id)
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
        journal.now,
        journal.actor_id,
        decide_by(journal.now, policy),
        file_id,
    )
