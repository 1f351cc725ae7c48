"""Owns remedies: what an accepted item gets, at once or when it arrives, once per delivery, ever (S5.11).

It must not decide that an item is accepted: `rules.complaint` or the operator did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.complaint import Remedy
from models.complaint_case import Delivered
from models.database import Connection, fetch
from models.deadline import DeadlineKind
from models.delivery import DeliveryKind
from models.handover import Handover, hand_over
from models.ids import new_id
from models.journal import DeadlineRow, Journal
from models.movement import give_back, refund
from models.policies import policies_by_id
from models.stock import Stock, take_stock
from rules.calendar import days_after
from rules.complaint import ComplaintReason


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted item: its delivery, its reason, and the decision that the remedy cites."""

    item_id: UUID
    delivered: Delivered
    reason: ComplaintReason
    decision_id: UUID


async def grant(conn: Connection, journal: Journal, accepted: Sequence[Accepted]) -> None:
    """Give each accepted item its remedy; the deliveries are locked, and have none yet.

    LEAD_CLUB gets a replacement from stock, else one when it arrives, else points after the policy's wait;
    RECORD gets its points back, APPLICATION its fee. An upheld "no consent" closes the contact for good.
    """
    if not accepted:
        return
    club = [one for one in accepted if one.delivered.kind is DeliveryKind.LEAD_CLUB]
    stock = await take_stock(conn, [one.delivered for one in club])
    rows: list[tuple[object, ...]] = []
    for one in accepted:
        found = stock.get(one.delivered.id)
        if one.delivered.kind is not DeliveryKind.LEAD_CLUB:
            rows.append(_points(journal, one, journal.now))
        elif found is not None:
            rows.append(await _replace(conn, journal, one, found))
        elif one.delivered.policy.complaint.replacement_wait_days == 0:
            rows.append(_points(journal, one, journal.now))
        else:
            rows.append(_wait(journal, one))
    await journal.write_deliveries(conn)  # remedies cite them
    await fetch(
        conn,
        """INSERT INTO remedy (id, delivery_id, item_id, kind, granted_at, settled_at, points, replacement_id)
           SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[],
                                $6::timestamptz[], $7::int[], $8::uuid[])""",
        *map(list, zip(*rows, strict=True)),
    )
    await _give_fees_back(conn, journal, accepted)
    await _close(conn, journal, [one for one in accepted if one.reason is ComplaintReason.NO_CONSENT])


def _row(
    one: Accepted,
    kind: Remedy,
    at: datetime,
    settled_at: datetime | None,
    points: int,
    replacement: UUID | None,
) -> tuple[object, ...]:
    return (new_id(), one.delivered.id, one.item_id, kind, at, settled_at, points, replacement)


def _points(journal: Journal, one: Accepted, at: datetime) -> tuple[object, ...]:
    delivered = one.delivered
    if delivered.application_id is not None:
        movement = refund(delivered.account_id, delivered.points, delivered.application_id, one.decision_id)
    else:
        movement = give_back(delivered.account_id, delivered.points, delivered.id, one.decision_id)
    journal.movements.append(movement)
    return _row(one, Remedy.POINTS, at, at, delivered.points, None)


async def replacement(conn: Connection, account_id: UUID, points: int, found: Stock) -> Handover:
    """Return the hand-over of a lead from stock, worth what the faulty one cost."""
    policy = (await policies_by_id(conn, [found.policy_id]))[found.policy_id]
    return Handover(
        account_id=account_id,
        lead_id=found.lead_id,
        prospect_id=found.prospect_id,
        kind=DeliveryKind.LEAD_CLUB,
        points=points,
        policy_id=found.policy_id,
        policy=policy,
        replacement=True,
    )


async def _replace(conn: Connection, journal: Journal, one: Accepted, found: Stock) -> tuple[object, ...]:
    replacement_id = new_id()
    given = await replacement(conn, one.delivered.account_id, one.delivered.points, found)
    hand_over(journal, replacement_id, given, journal.now)
    return _row(one, Remedy.REPLACEMENT, journal.now, journal.now, 0, replacement_id)


def _wait(journal: Journal, one: Accepted) -> tuple[object, ...]:
    policy = one.delivered.policy
    due_at = days_after(journal.now, policy.complaint.replacement_wait_days, policy)
    journal.deadlines.append(DeadlineRow(DeadlineKind.REPLACEMENT_FALLBACK, one.item_id, due_at))
    return _row(one, Remedy.REPLACEMENT, journal.now, None, 0, None)


async def _give_fees_back(conn: Connection, journal: Journal, accepted: Sequence[Accepted]) -> None:
    applications = [one.delivered.application_id for one in accepted if one.delivered.application_id]
    if applications:
        await fetch(
            conn,
            """UPDATE application SET refunded_at = $2, version = version + 1
               WHERE id = ANY($1::uuid[]) AND refunded_at IS NULL""",
            applications,
            journal.now,
        )


async def _close(conn: Connection, journal: Journal, upheld: Sequence[Accepted]) -> None:
    """An upheld "no consent": closed for the vendor, sold to nobody else, and never contacted again."""
    if not upheld:
        return
    await fetch(
        conn,
        "UPDATE delivery SET closed = 'NO_CONSENT' WHERE id = ANY($1::uuid[])",
        [one.delivered.id for one in upheld],
    )
    await fetch(
        conn,
        "UPDATE offer SET withdrawn_at = $2 WHERE lead_id = ANY($1::uuid[]) AND withdrawn_at IS NULL",
        [one.delivered.lead_id for one in upheld],
        journal.now,
    )
    await fetch(
        conn,
        """INSERT INTO do_not_contact (id, prospect_id, since, item_id)
           SELECT id, prospect_id, $4, item_id FROM unnest($1::uuid[], $2::uuid[], $3::uuid[])
               AS made (id, prospect_id, item_id)
           ON CONFLICT (prospect_id) DO NOTHING""",
        [new_id() for _ in upheld],
        [one.delivered.prospect_id for one in upheld],
        [one.item_id for one in upheld],
        journal.now,
    )
