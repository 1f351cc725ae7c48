"""Movements of points and of cents: groups of postings that sum to zero, and the resulting balances."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.base.one_statement import Change, NewRows, Table, Write
from models.base.refusal import Points
from models.ledger.refusals import PointsRefusal
from models.ledger.tables import Book, LedgerKind, LedgerUnit

# An account buys no more than this, so that what comes back to it later fits the API's Int (2^31 - 1) too.
MOST_PURCHASED = 1_000_000_000

_GROUPS = Table(
    "posting_group",
    {
        "id": "uuid",
        "business_key": "text",
        "kind": "text",
        "account_id": "uuid",
        "unit": "text",
        "subject": "uuid",
        "decision_id": "uuid",
        "ordinal": "bigint",
        "available_after": "bigint",
        "on_hold_after": "bigint",
        "owed_after": "bigint",
    },
    {"at": "timestamptz"},
)
_POSTINGS = Table("posting", {"id": "uuid", "group_id": "uuid", "book": "text", "amount": "bigint"})
_BALANCES = """UPDATE balance
    SET available = after.available, on_hold = after.on_hold, owed = after.owed, movements = after.movements
    FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
        AS after (account_id, unit, available, on_hold, owed, movements)
    WHERE balance.account_id = after.account_id AND balance.unit = after.unit"""


_UNITS = {one.value: one for one in LedgerUnit}


@dataclass(slots=True)  # not frozen: that takes twice as long to make
class Movement:
    """One posting group: its postings by book, in its unit, sum to zero."""

    kind: LedgerKind
    business_key: str
    account_id: UUID
    legs: tuple[tuple[Book, int], ...]
    subject: UUID | None = None
    decision_id: UUID | None = None
    unit: LedgerUnit = LedgerUnit.POINTS

    @property
    def empty(self) -> bool:
        """Whether nothing moves."""
        for _, amount in self.legs:  # noqa: SIM110 - a generator takes three times as long
            if amount:
                return False
        return True


def purchase(account_id: UUID, points: int, purchase_id: UUID) -> Movement:
    """Credit purchased points."""
    legs = ((Book.ISSUED, -points), (Book.AVAILABLE, points))
    return Movement(LedgerKind.PURCHASE, f"purchase:{purchase_id}", account_id, legs, purchase_id)


def hold(account_id: UUID, fee: int, application_id: UUID) -> Movement:
    """Hold the fee of an application."""
    legs = ((Book.AVAILABLE, -fee), (Book.HOLD, fee))
    return Movement(LedgerKind.HOLD, f"hold:{application_id}", account_id, legs, application_id)


def capture(account_id: UUID, fee: int, application_id: UUID, decision_id: UUID) -> Movement:
    """Capture the held fee: the contact data was revealed, or the decline was too late."""
    legs = ((Book.HOLD, -fee), (Book.REVENUE, fee))
    return Movement(
        LedgerKind.CAPTURE, f"capture:{application_id}", account_id, legs, application_id, decision_id
    )


def release(account_id: UUID, fee: int, application_id: UUID, decision_id: UUID) -> Movement:
    """Release the held fee (S1.9, before a capture)."""
    legs = ((Book.HOLD, -fee), (Book.AVAILABLE, fee))
    return Movement(
        LedgerKind.RELEASE, f"release:{application_id}", account_id, legs, application_id, decision_id
    )


def refund(account_id: UUID, fee: int, application_id: UUID, decision_id: UUID) -> Movement:
    """Refund the captured fee (S1.9, after a capture); only once per application."""
    legs = ((Book.REVENUE, -fee), (Book.AVAILABLE, fee))
    return Movement(
        LedgerKind.REFUND, f"refund:{application_id}", account_id, legs, application_id, decision_id
    )


def give_back(account_id: UUID, points: int, delivery_id: UUID, decision_id: UUID) -> Movement:
    """Credit the price of a delivery as its remedy (S5.11); only once per delivery."""
    legs = ((Book.REVENUE, -points), (Book.AVAILABLE, points))
    return Movement(LedgerKind.REFUND, f"remedy:{delivery_id}", account_id, legs, delivery_id, decision_id)


def charge(account_id: UUID, points: int, delivery_id: UUID, decision_id: UUID) -> Movement:
    """Debit the price of a delivery immediately, without a hold."""
    legs = ((Book.AVAILABLE, -points), (Book.REVENUE, points))
    return Movement(LedgerKind.CAPTURE, f"charge:{delivery_id}", account_id, legs, delivery_id, decision_id)


def sms_charge(account_id: UUID, cents: int, dispatch_id: UUID) -> Movement:
    """Charge a text message to what the account owes, in EUR cents (S4.12); only once per dispatch."""
    legs = ((Book.OWED, -cents), (Book.REVENUE, cents))
    return Movement(
        LedgerKind.SMS_CHARGE,
        f"sms_charge:{dispatch_id}",
        account_id,
        legs,
        dispatch_id,
        unit=LedgerUnit.EUR_CENTS,
    )


def enrichment_charge(account_id: UUID, points: int, search_id: UUID, decision_id: UUID) -> Movement:
    """Charge a search for smart contact data that found something (S2); only once per search."""
    legs = ((Book.AVAILABLE, -points), (Book.REVENUE, points))
    return Movement(
        LedgerKind.ENRICHMENT_CHARGE, f"enrichment:{search_id}", account_id, legs, search_id, decision_id
    )


async def postings(conn: Connection, movements: Sequence[Movement], now: datetime) -> list[Write]:
    """Lock the balances, and return what writes the movements and the resulting balances, in order.

    Raises `Refusal` INSUFFICIENT_POINTS if an account has fewer available points than a movement debits,
    CONFLICT if it would buy more than it can hold.
    """
    balances = await _lock(conn, {(movement.account_id, movement.unit) for movement in movements})
    groups: list[tuple[object, ...]] = []
    for movement in movements:
        place = (movement.account_id, movement.unit)
        before = balances[place]
        available, on_hold, owed, ordinal = _after(before, movement)
        if movement.kind is LedgerKind.PURCHASE and available > MOST_PURCHASED:
            raise PointsRefusal.BALANCE_TOO_HIGH.at(
                "points", available=Points(before[0]), most=Points(MOST_PURCHASED)
            )
        if available < 0:
            cost = Points(before[0] - available)
            raise PointsRefusal.INSUFFICIENT_POINTS.at(cost=cost, available=Points(before[0]))
        balances[place] = (available, on_hold, owed, ordinal)
        groups.append(
            (
                new_id(),
                movement.business_key,
                movement.kind,
                movement.account_id,
                movement.unit,
                movement.subject,
                movement.decision_id,
                ordinal,
                available,
                on_hold,
                owed,
            )
        )
    legs = (
        (new_id(), group[0], book, amount)
        for group, movement in zip(groups, movements, strict=True)
        for book, amount in movement.legs
    )
    return [
        NewRows(_GROUPS, groups, (now,)),
        NewRows(_POSTINGS, legs),
        *Change.of_rows(_BALANCES, [(*place, *after) for place, after in balances.items()]),
    ]


def _after(before: tuple[int, int, int, int], movement: Movement) -> tuple[int, int, int, int]:
    """Return a balance after a movement: what is available, on hold and owed, and the number of movements."""
    available, on_hold, owed, ordinal = before
    for book, amount in movement.legs:
        if book is Book.AVAILABLE:
            available += amount
        elif book is Book.HOLD:
            on_hold += amount
        elif book is Book.OWED:
            owed += amount
    return available, on_hold, owed, ordinal + 1


async def _lock(
    conn: Connection, places: Collection[tuple[UUID, LedgerUnit]]
) -> dict[tuple[UUID, LedgerUnit], tuple[int, int, int, int]]:
    """Lock the balances in the order of accounts and units: what is available, on hold and owed, and the
    number of movements.
    """
    wanted = tuple(map(list, zip(*places, strict=True)))
    sql = """SELECT account_id, unit, available, on_hold, owed, movements FROM balance
             WHERE (account_id, unit) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))
             ORDER BY account_id, unit FOR NO KEY UPDATE"""
    locked = await fetch(conn, sql, *wanted)
    if len(locked) < len(places):  # the first movement of an account in a unit creates its balance
        await fetch(
            conn,
            """INSERT INTO balance (id, account_id, unit, available, on_hold, owed, movements)
               SELECT id, account_id, unit, 0, 0, 0, 0
               FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS made (id, account_id, unit)
               ORDER BY account_id, unit
               ON CONFLICT (account_id, unit) DO NOTHING""",
            [new_id() for _ in places],
            *wanted,
        )
        locked = await fetch(conn, sql, *wanted)
    return {
        (account_id, _UNITS[unit]): (available, on_hold, owed, ordinal)
        for account_id, unit, available, on_hold, owed, ordinal in locked
    }
