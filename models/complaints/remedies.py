"""Remedies of accepted items: a replacement or a credit, once per delivery (S5.11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.complaints.case import Delivered
from models.complaints.deadlines import REPLACEMENT
from models.complaints.stop_contact import stop_persons
from models.complaints.tables import Remedy
from models.deadlines.settle import start
from models.deliveries.handover import hand_over, replacement
from models.deliveries.stock import Stock, Wanted, take_stock
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.ledger.movements import give_back, refund
from rules.complaint import ComplaintReason
from rules.visibility import DeliveryKind


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted item: its delivery, its reason, and the decision that the remedy refers to.

    A delivery that is already `remedied` gets no second remedy; only a no-consent stop is carried out.
    """

    item_id: UUID
    delivered: Delivered
    reason: ComplaintReason
    decision_id: UUID
    remedied: bool


async def grant(conn: Connection, journal: Journal, accepted: Sequence[Accepted]) -> None:
    """Grant each accepted item its remedy unless its delivery already had one; the deliveries are locked.

    LEAD_CLUB gets a replacement from stock, or when one arrives, or points after the wait of the policy;
    RECORD gets its points back, APPLICATION its fee. An upheld no-consent complaint closes the contact for
    good.
    """
    upheld = [one for one in accepted if one.reason is ComplaintReason.NO_CONSENT]
    await stop_persons(conn, journal, {one.item_id: one.delivered for one in upheld})
    accepted = [one for one in accepted if not one.remedied]
    if not accepted:
        return
    stock = await _stock(conn, journal, accepted)
    granted = [_grant(journal, one, stock) for one in accepted]
    await journal.write_deliveries(conn)  # remedies refer to them
    await fetch(
        conn,
        """INSERT INTO remedy (id, delivery_id, item_id, kind, granted_at, settled_at, points, replacement_id)
           SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[],
                                $6::timestamptz[], $7::int[], $8::uuid[])""",
        *map(list, zip(*granted, strict=True)),
    )
    await _note_refunds(conn, accepted, journal.now)
    _notify_points(
        journal,
        [one for one, row in zip(accepted, granted, strict=True) if row.kind is Remedy.POINTS],
    )


async def _stock(conn: Connection, journal: Journal, accepted: Sequence[Accepted]) -> Mapping[UUID, Stock]:
    wanted = [
        Wanted(
            key=one.item_id,
            account_id=faulty.account_id,
            category=faulty.category,
            country=faulty.country,
            city=faulty.city,
            points=faulty.points,
            mode=faulty.mode,
        )
        for one in accepted
        if (faulty := one.delivered).kind is DeliveryKind.LEAD_CLUB
    ]
    return await take_stock(conn, wanted, journal.now)


class _RemedyRow(NamedTuple):
    """A row of the table `remedy`, in the order of the columns that are inserted."""

    id: UUID
    delivery_id: UUID
    item_id: UUID
    kind: Remedy
    granted_at: datetime
    settled_at: datetime | None
    points: int
    replacement_id: UUID | None


def _grant(journal: Journal, one: Accepted, stock: Mapping[UUID, Stock]) -> _RemedyRow:
    """Grant one remedy and return its row."""
    faulty, found, at = one.delivered, stock.get(one.item_id), journal.now
    head = (new_id(), faulty.id, one.item_id)
    if found is not None:  # the vendor is notified by the answer to the complaint
        replacement_id = new_id()
        hand_over(
            journal, replacement_id, replacement(faulty.account_id, faulty.points, found, by_mail=False), at
        )
        return _RemedyRow(*head, Remedy.REPLACEMENT, at, at, 0, replacement_id)
    if _waits(one):
        journal.deadlines.extend(start(REPLACEMENT, one.item_id, faulty.policy, at))
        return _RemedyRow(*head, Remedy.REPLACEMENT, at, None, 0, None)
    if faulty.application_id is not None:
        movement = refund(faulty.account_id, faulty.points, faulty.application_id, one.decision_id)
    else:
        movement = give_back(faulty.account_id, faulty.points, faulty.id, one.decision_id)
    journal.movements.append(movement)
    return _RemedyRow(*head, Remedy.POINTS, at, at, faulty.points, None)


def _waits(one: Accepted) -> bool:
    faulty = one.delivered
    return faulty.kind is DeliveryKind.LEAD_CLUB and faulty.policy.complaint.replacement_wait_days > 0


async def _note_refunds(conn: Connection, accepted: Sequence[Accepted], now: datetime) -> None:
    """Record the refund on the applications, so that a later decline does not refund the fee again."""
    applications = [one.delivered.application_id for one in accepted if one.delivered.application_id]
    if applications:
        await fetch(
            conn,
            """UPDATE application SET refunded_at = $2, version = version + 1
               WHERE id = ANY($1::uuid[]) AND refunded_at IS NULL""",
            applications,
            now,
        )


def _notify_points(journal: Journal, paid: Sequence[Accepted]) -> None:
    """Notify each account once about the points credited; a single delivery is included by id."""
    by_account: dict[UUID, list[Accepted]] = {}
    for one in paid:
        by_account.setdefault(one.delivered.account_id, []).append(one)
    for account_id, mine in by_account.items():
        points = sum(one.delivered.points for one in mine)
        only = mine[0] if len(mine) == 1 else None
        if points:
            journal.events.append(
                EventRow(
                    account_id,
                    NotificationKind.REMEDY_POINTS,
                    journal.now,
                    lead_id=only.delivered.lead_id if only else None,
                    delivery_id=only.delivered.id if only else None,
                    decision_id=only.decision_id if only else None,
                    parameters={"points": points},
                )
            )
