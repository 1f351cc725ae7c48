"""Lists of an account's movements, newest first, and look-up by id."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import Key, Order, Page, SelectStatement, Slice, cut, take
from models.base.viewer import Viewer
from models.ledger.tables import OF_APPLICATIONS, OF_DELIVERIES, LedgerKind, LedgerUnit

NEWEST_ENTRY = Order("NEWEST", (Key("posting_group.ordinal", "bigint"),), descending=True)


@dataclass(frozen=True, slots=True)
class LedgerEntryView:
    """One movement of an account: the change of what is available or owed, and of what is on hold.

    Points are available or on hold and never owed; cents are only owed.
    """

    id: UUID
    amount: int
    hold_amount: int
    unit: LedgerUnit
    balance_after: int
    hold_after: int
    kind: LedgerKind
    at: datetime
    application_id: UUID | None
    delivery_id: UUID | None
    decision_id: UUID | None


def _subject(beginnings: Collection[str]) -> str:
    named = ", ".join(f"'{one}'" for one in beginnings)
    return f"""CASE WHEN split_part(posting_group.business_key, ':', 1) IN ({named})
        THEN posting_group.subject END"""


_ENTRIES = f"""SELECT posting_group.id, posting_group.unit, posting_group.kind, posting_group.at,
        {_subject(OF_APPLICATIONS)} AS application_id, {_subject(OF_DELIVERIES)} AS delivery_id,
        posting_group.decision_id,
        posting_group.available_after + posting_group.owed_after AS balance_after,
        posting_group.on_hold_after,
        coalesce(sum(posting.amount) FILTER (WHERE posting.book IN ('AVAILABLE', 'OWED')), 0)::bigint
            AS amount,
        coalesce(sum(posting.amount) FILTER (WHERE posting.book = 'HOLD'), 0)::bigint AS hold_amount"""


def _entry(row: Record) -> LedgerEntryView:
    return LedgerEntryView(
        id=row["id"],
        amount=row["amount"],
        hold_amount=row["hold_amount"],
        unit=LedgerUnit(row["unit"]),
        balance_after=row["balance_after"],
        hold_after=row["on_hold_after"],
        kind=LedgerKind(row["kind"]),
        at=row["at"],
        application_id=row["application_id"],
        delivery_id=row["delivery_id"],
        decision_id=row["decision_id"],
    )


async def list_ledger(
    conn: Connection, account_id: UUID, part: Slice, unit: LedgerUnit = LedgerUnit.POINTS
) -> Page[LedgerEntryView]:
    """List an account's movements in a unit, newest first, in one statement; the caller checks access."""
    statement = SelectStatement([account_id, unit])
    statement.where("posting_group.account_id = $1::uuid AND posting_group.unit = $2::text")
    limit = take(statement, NEWEST_ENTRY, part)
    rows = await fetch(
        conn,
        f"""{_ENTRIES}, {NEWEST_ENTRY.columns()}
            FROM posting_group JOIN posting ON posting.group_id = posting_group.id
            WHERE {statement.all_conditions()} GROUP BY posting_group.id {limit}""",
        *statement.values,
    )
    return Page.of(cut(rows, NEWEST_ENTRY, part), _entry)


async def ledgers_of(
    conn: Connection, account_ids: Collection[UUID], size: int, unit: LedgerUnit = LedgerUnit.POINTS
) -> dict[UUID, Page[LedgerEntryView]]:
    """Return the newest `size` movements of each account in a unit, in one statement; the caller checks
    access.
    """
    part, statement = Slice(size), SelectStatement([list(account_ids), unit])
    statement.where("posting_group.account_id = wanted.account_id AND posting_group.unit = $2::text")
    limit = take(statement, NEWEST_ENTRY, part)
    rows = await fetch(
        conn,
        f"""SELECT found.* FROM unnest($1::uuid[]) AS wanted (account_id) CROSS JOIN LATERAL (
                {_ENTRIES}, posting_group.account_id, posting_group.ordinal, {NEWEST_ENTRY.columns()}
                FROM posting_group JOIN posting ON posting.group_id = posting_group.id
                WHERE {statement.all_conditions()} GROUP BY posting_group.id {limit}) AS found
            ORDER BY found.account_id, found.ordinal DESC""",
        *statement.values,
    )
    of_account: dict[UUID, list[Record]] = {account_id: [] for account_id in account_ids}
    for row in rows:
        of_account[row["account_id"]].append(row)
    return {
        account_id: Page.of(cut(entries, NEWEST_ENTRY, part), _entry)
        for account_id, entries in of_account.items()
    }


async def ledger_entries_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, LedgerEntryView]:
    """Return the movements with these ids on the viewer's account, or on any account for an operator."""
    rows = await fetch(
        conn,
        f"""{_ENTRIES} FROM posting_group JOIN posting ON posting.group_id = posting_group.id
            WHERE posting_group.id = ANY($1::uuid[]) AND ($2::boolean OR posting_group.account_id = $3::uuid)
            GROUP BY posting_group.id""",
        list(ids),
        viewer.operator,
        viewer.vendor_id,
    )
    return {row["id"]: _entry(row) for row in rows}
