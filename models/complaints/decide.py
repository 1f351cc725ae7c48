"""Operators' decisions on complaint items, one or many in one transaction.

Overruling a rule requires a written reason and is logged as an override.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.metrics import COMPLAINTS_OVERDUE
from models.base.public_id import public_id
from models.base.refusal import Refusal
from models.base.refusals import RequestRefusal
from models.base.viewer import Viewer
from models.complaints.answer_files import ensure_answers
from models.complaints.case import Delivered, ItemDraft, lock_deliveries, read_evidence, weigh
from models.complaints.deadlines import settle_breaches
from models.complaints.evidence.finding import EvidenceFinding
from models.complaints.outcome import finish
from models.complaints.refusals import ComplaintRefusal
from models.complaints.remedies import Accepted, grant
from models.contact_data.checked_text import checked_text
from models.feed.journal import Journal
from models.process.wake import Wake
from rules import Decision, Json
from rules.complaint import ComplaintReason, ComplaintVerdict

MOST_ITEMS = 500
LONGEST_TEXT = 5_000


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """An operator's decision on one item; `comment` goes to the vendor, `override_reason` to the log.

    `path` is the place of the item in a list of the request; the fields of its refusals begin with it.
    """

    item_id: UUID
    verdict: ComplaintVerdict
    comment: str
    override_reason: str | None = None
    expected_version: int | None = None
    path: tuple[str, ...] = ()

    @contextmanager
    def named(self) -> Iterator[None]:
        """Add this item's place in the request to the refusals raised about it."""
        try:
            yield
        except Refusal as refusal:
            if not self.path:
                raise
            raise refusal.within(self.path, public_id("ComplaintItem", self.item_id)) from refusal


@dataclass(frozen=True, slots=True)
class OperatorDecision:
    """An operator's decision as the decision log stores it, with the verdict of the rules."""

    verdict: ComplaintVerdict
    rule_id: str
    policy_version: str
    facts: Mapping[str, Json]
    decided_at: datetime
    ruleset: str = "complaint"


async def decide_items(viewer: Viewer, wake: Wake, decisions: Sequence[ItemDecision]) -> None:
    """Decide items that are under review, or override rejections; all of them or none.

    Repeating a verdict has no effect. Raises `Refusal`: FORBIDDEN for everyone but operators, NOT_FOUND,
    REQUIRED, INVALID, STALE_VERSION, CONFLICT for what cannot be undone, LIMIT_EXCEEDED above 500 items.
    """
    if not viewer.operator or viewer.user_id is None:
        raise RequestRefusal.ONLY_FOR_OPERATORS.at(action="decide complaints")
    if len(decisions) > MOST_ITEMS:
        raise ComplaintRefusal.TOO_MANY_ITEMS_TO_DECIDE.at("items", most=MOST_ITEMS)
    if len({decision.item_id for decision in decisions}) < len(decisions):
        raise ComplaintRefusal.ITEM_REPEATED.at("items")
    decisions = [_checked(decision) for decision in decisions]
    async with transaction() as conn:
        locked = await _lock(conn, [decision.item_id for decision in decisions])
        journal = Journal(await database_now(conn), viewer.user_id)
        late = await settle_breaches(conn, journal, {item["complaint_id"] for item in locked.items.values()})
        decided = [one for decision in decisions if (one := _decide(journal, decision, locked)) is not None]
        await _save(conn, journal, decided)
        # A verdict ends or reopens the window of complaints; the vendor is notified with the last verdict.
        journal.calendars |= {locked.deliveries[one.item["delivery_id"]].account_id for one in decided}
        accepted = [one.accepted for one in decided if one.accepted is not None]
        await grant(conn, journal, accepted)
        await finish(conn, journal, {one.item["complaint_id"] for one in decided})
        await journal.write(conn)
    COMPLAINTS_OVERDUE.inc(late)
    await wake.send(journal.recipients, journal.due)
    await ensure_answers({one.item["complaint_id"] for one in decided})


def _checked(decision: ItemDecision) -> ItemDecision:
    with decision.named():
        if decision.verdict is ComplaintVerdict.UNDER_REVIEW:
            raise ComplaintRefusal.VERDICT_NOT_POSSIBLE.at("verdict")
        comment = checked_text(
            "comment", decision.comment, LONGEST_TEXT, missing="required. Explain the decision to the vendor."
        )
        override_reason = checked_text("overrideReason", decision.override_reason or "", LONGEST_TEXT) or None
    return replace(decision, comment=comment, override_reason=override_reason)


@dataclass(slots=True)
class _Locked:
    """Locked items with what is known about them; `remedied` grows with the remedies that this decision
    grants.
    """

    items: Mapping[UUID, Record]
    deliveries: Mapping[UUID, Delivered]
    evidence: Mapping[UUID, list[EvidenceFinding]]
    remedied: set[UUID]


@dataclass(frozen=True, slots=True)
class _Decided:
    """An item with the operator's decision and its log entry; `accepted` is set if it was accepted."""

    item: Record
    decision: ItemDecision
    decision_id: UUID
    override: bool
    accepted: Accepted | None


async def _lock(conn: Connection, item_ids: Sequence[UUID]) -> _Locked:
    """Lock the complaints, then applications and deliveries, then read the items: the order of all locks."""
    await fetch(
        conn,
        """SELECT id FROM complaint WHERE id IN (SELECT complaint_id FROM complaint_item
                                                 WHERE id = ANY($1::uuid[])) ORDER BY id FOR NO KEY UPDATE""",
        list(item_ids),
    )
    of_items = await fetch(
        conn, "SELECT delivery_id FROM complaint_item WHERE id = ANY($1::uuid[])", list(item_ids)
    )
    deliveries = await lock_deliveries(conn, {row["delivery_id"] for row in of_items}, None)
    items = await fetch(
        conn,
        """SELECT complaint_item.*, complaint.submitted_at FROM complaint_item
           JOIN complaint ON complaint.id = complaint_item.complaint_id
           WHERE complaint_item.id = ANY($1::uuid[])""",
        list(item_ids),
    )
    evidence = await read_evidence(conn, item_ids)
    remedied = {delivered.id for delivered in deliveries.values() if delivered.remedied}
    return _Locked({row["id"]: row for row in items}, deliveries, evidence, remedied)


def _decide(journal: Journal, decision: ItemDecision, locked: _Locked) -> _Decided | None:
    with decision.named():
        return _hold(journal, decision, locked)


def _hold(journal: Journal, decision: ItemDecision, locked: _Locked) -> _Decided | None:
    """Compare one decision with the rules and log it; return None if it repeats the item's verdict."""
    item = locked.items.get(decision.item_id)
    if item is None:
        raise ComplaintRefusal.COMPLAINT_ITEM_NOT_FOUND.at("itemId")
    if item["verdict"] == decision.verdict:
        return None
    delivered = locked.deliveries[item["delivery_id"]]
    reason = ComplaintReason(item["reason"])
    draft = ItemDraft(item["id"], delivered.id, reason, item["explanation"], item["row"])
    # As of filing, but with what is known about the delivery now.
    ruled = weigh(draft, delivered, locked.evidence.get(item["id"], []), item["submitted_at"]).decision
    accepts = decision.verdict is ComplaintVerdict.ACCEPTED
    remedied = delivered.id in locked.remedied
    stops = reason is ComplaintReason.NO_CONSENT and not delivered.stopped
    _check_possible(decision, item, ruled, nothing_left=accepts and remedied and not stops)
    override = ruled.verdict not in {ComplaintVerdict.UNDER_REVIEW, decision.verdict}
    if override and decision.override_reason is None:
        raise ComplaintRefusal.OVERRIDE_REASON_MISSING.at(
            "overrideReason", decision=ruled, rule=ruled.rule_id, verdict=str(ruled.verdict)
        )
    logged = OperatorDecision(
        decision.verdict,
        "operator_overrode" if override else "operator_decided",
        ruled.policy_version,
        {**ruled.facts, "rule_said": str(ruled.verdict), "rule": ruled.rule_id},
        journal.now,
    )
    decision_id = journal.record(item["id"], logged)
    accepted = Accepted(item["id"], delivered, reason, decision_id, remedied) if accepts else None
    if accepts:
        locked.remedied.add(delivered.id)
    return _Decided(item, decision, decision_id, override, accepted)


def _check_possible(decision: ItemDecision, item: Record, ruled: Decision, *, nothing_left: bool) -> None:
    if decision.expected_version is not None and decision.expected_version != item["version"]:
        raise ComplaintRefusal.ITEM_CHANGED.at(
            "expectedVersion", version=item["version"], expected=decision.expected_version
        )
    if item["verdict"] == ComplaintVerdict.ACCEPTED:
        raise ComplaintRefusal.ITEM_ALREADY_ACCEPTED.at("verdict")
    if nothing_left:
        raise ComplaintRefusal.DELIVERY_ALREADY_REMEDIED.at("verdict", decision=ruled)


async def _save(conn: Connection, journal: Journal, decided: Sequence[_Decided]) -> None:
    rows = [
        (
            one.item["id"],
            one.decision.verdict,
            one.decision_id,
            one.decision.comment,
            one.decision.override_reason if one.override else None,
        )
        for one in decided
    ]
    if rows:
        await fetch(
            conn,
            """UPDATE complaint_item SET verdict = said.verdict, decision_id = said.decision_id,
                   comment = said.comment, override_reason = said.override_reason,
                   decided_at = $6, decided_by_id = $7, version = version + 1
               FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[])
                   AS said (id, verdict, decision_id, comment, override_reason)
               WHERE complaint_item.id = said.id""",
            *map(list, zip(*rows, strict=True)),
            journal.now,
            journal.actor_id,
        )
