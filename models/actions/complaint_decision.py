"""Owns the operator's decisions on items of complaints, one or many in one transaction.

It must not go against a rule in silence: that takes a written reason and is logged as an override.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.actions.complaint_outcome import finish
from models.actions.remedy import Accepted, grant
from models.clock import database_now
from models.complaint import EvidenceCheck, Speaks
from models.complaint_case import Claim, Delivered, lock_deliveries, weigh
from models.database import Connection, fetch, transaction
from models.evidence.finding import Finding
from models.journal import Journal
from models.refusal import Refusal, RefusalCode, not_found
from models.viewer import Viewer
from models.wake import Wake
from rules import Decision, Json
from rules.complaint import ComplaintReason, ComplaintVerdict

MOST_ITEMS = 500
LONGEST_TEXT = 5_000


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """What the operator says of one item; `comment` goes to the vendor, `override_reason` to the log."""

    item_id: UUID
    verdict: ComplaintVerdict
    comment: str
    override_reason: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class OperatorDecision:
    """A person's decision as the log of decisions takes it, beside what the rules said."""

    verdict: ComplaintVerdict
    rule_id: str
    policy_version: str
    facts: Mapping[str, Json]
    decided_at: datetime
    ruleset: str = "complaint"


async def decide_items(viewer: Viewer, wake: Wake, decisions: Sequence[ItemDecision]) -> None:
    """Decide items that are under review, or override a rejection; all of them or none.

    The same verdict twice is once. Raises `Refusal`: FORBIDDEN for all but operators, NOT_FOUND, REQUIRED,
    INVALID, STALE_VERSION, CONFLICT for what cannot be taken back, LIMIT_EXCEEDED above 500 items.
    """
    if not viewer.operator:
        raise Refusal(RefusalCode.FORBIDDEN, (), "Only the operator decides complaints.")
    if len(decisions) > MOST_ITEMS:
        raise Refusal(RefusalCode.LIMIT_EXCEEDED, ("itemIds",), f"itemIds: at most {MOST_ITEMS} at once.")
    for decision in decisions:
        _check(decision)
    async with transaction() as conn:
        items, deliveries, evidence = await _lock(conn, [decision.item_id for decision in decisions])
        journal = Journal(await database_now(conn), viewer.user_id)
        accepted: list[Accepted] = []
        for decision in decisions:
            item = items.get(decision.item_id)
            if item is None:
                raise not_found("itemId", "item of a complaint")
            upheld = await _decide(conn, journal, decision, item, deliveries, evidence)
            if upheld is not None:
                accepted.append(upheld)
        await grant(conn, journal, accepted)
        await finish(conn, journal, {item["complaint_id"] for item in items.values()})
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)


def _check(decision: ItemDecision) -> None:
    if decision.verdict is ComplaintVerdict.UNDER_REVIEW:
        raise Refusal(RefusalCode.INVALID, ("verdict",), "verdict: decide ACCEPTED or REJECTED.")
    if not decision.comment.strip():
        raise Refusal(RefusalCode.REQUIRED, ("comment",), "comment: tell the vendor why.")
    for field, text in (("comment", decision.comment), ("overrideReason", decision.override_reason or "")):
        if len(text) > LONGEST_TEXT or "\x00" in text:
            raise Refusal(
                RefusalCode.INVALID, (field,), f"{field}: at most {LONGEST_TEXT} characters of text."
            )


async def _lock(
    conn: Connection, item_ids: Sequence[UUID]
) -> tuple[dict[UUID, Record], dict[UUID, Delivered], dict[UUID, list[Finding]]]:
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
    deliveries = await lock_deliveries(conn, [row["delivery_id"] for row in of_items], None)
    items = await fetch(
        conn,
        """SELECT complaint_item.*, complaint.submitted_at FROM complaint_item
           JOIN complaint ON complaint.id = complaint_item.complaint_id
           WHERE complaint_item.id = ANY($1::uuid[]) ORDER BY complaint_item.id
           FOR NO KEY UPDATE OF complaint_item""",
        list(item_ids),
    )
    rows = await fetch(conn, "SELECT * FROM evidence WHERE item_id = ANY($1::uuid[])", list(item_ids))
    evidence: dict[UUID, list[Finding]] = {}
    for row in rows:
        evidence.setdefault(row["item_id"], []).append(
            Finding(
                EvidenceCheck(row["check"]),
                row["source"],
                row["at"],
                Speaks(row["speaks"]),
                row["conclusive"],
                row["confidence"],
                row["detail"],
            )
        )
    return {row["id"]: row for row in items}, deliveries, evidence


async def _decide(
    conn: Connection,
    journal: Journal,
    decision: ItemDecision,
    item: Record,
    deliveries: Mapping[UUID, Delivered],
    evidence: Mapping[UUID, list[Finding]],
) -> Accepted | None:
    if item["verdict"] == decision.verdict:
        return None
    if decision.expected_version is not None and decision.expected_version != item["version"]:
        raise Refusal(
            RefusalCode.STALE_VERSION,
            ("expectedVersion",),
            f"The item is at version {item['version']}, not {decision.expected_version}: read it again.",
        )
    delivered = deliveries[item["delivery_id"]]
    reason = ComplaintReason(item["reason"])
    claim = Claim(item["id"], delivered.id, reason, item["explanation"], item["row"])
    # As it was filed, with what is known of the delivery now.
    ruled = weigh(claim, delivered, evidence.get(item["id"], []), item["submitted_at"]).decision
    if item["verdict"] == ComplaintVerdict.ACCEPTED:
        raise Refusal(
            RefusalCode.CONFLICT, ("verdict",), "verdict: the remedy is granted; it is not taken back."
        )
    if decision.verdict is ComplaintVerdict.ACCEPTED and delivered.remedied:
        raise Refusal(
            RefusalCode.CONFLICT,
            ("verdict",),
            "verdict: this delivery had its remedy; there is one, ever.",
            ruled,
        )
    override = ruled.verdict not in {ComplaintVerdict.UNDER_REVIEW, decision.verdict}
    if override and not (decision.override_reason or "").strip():
        raise Refusal(
            RefusalCode.REQUIRED,
            ("overrideReason",),
            f"overrideReason: the rule {ruled.rule_id} says {ruled.verdict}; write why it is set aside.",
            ruled,
        )
    decision_id = journal.record(item["id"], _logged(decision, ruled, journal.now, override=override))
    await fetch(
        conn,
        """UPDATE complaint_item SET verdict = $2, decision_id = $3, comment = $4, override_reason = $5,
               decided_at = $6, decided_by_id = $7, version = version + 1 WHERE id = $1""",
        item["id"],
        decision.verdict,
        decision_id,
        decision.comment.strip(),
        decision.override_reason if override else None,
        journal.now,
        journal.actor_id,
    )
    if decision.verdict is not ComplaintVerdict.ACCEPTED:
        return None
    return Accepted(item["id"], delivered, reason, decision_id)


def _logged(decision: ItemDecision, ruled: Decision, now: datetime, *, override: bool) -> OperatorDecision:
    return OperatorDecision(
        decision.verdict,
        "operator_overrode" if override else "operator_decided",
        ruled.policy_version,
        {**ruled.facts, "rule_said": str(ruled.verdict), "rule": ruled.rule_id},
        now,
    )
