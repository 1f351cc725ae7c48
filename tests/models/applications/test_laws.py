"""What the database itself refuses: unbalanced groups, changes of recorded entries, negative balances.

The tests bypass the actions, because these constraints must hold for any SQL.
"""

from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from models.applications.answer import accept
from models.applications.record_meeting import record_meeting
from models.applications.tables import MeetingEvidenceKind
from models.base.database import connection, copy, fetch
from models.base.ids import new_id
from models.process.wake import Silence
from tests.support.invariants import snapshot
from tests.support.marketplace import START, Marketplace, apply
from tests.support.reading import rows_of

QUIET = Silence()


async def _application(place: Marketplace) -> UUID:
    made = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, QUIET, made)
    await record_meeting(
        place.operator,
        QUIET,
        application_id=made,
        kind=MeetingEvidenceKind.TOOK_PLACE,
        idempotency_key="a key",
    )
    return made


@pytest.mark.parametrize(
    "legs",
    [
        (("AVAILABLE", 5),),
        (("AVAILABLE", -5), ("HOLD", 4)),
        (("ISSUED", -5), ("AVAILABLE", 5), ("REVENUE", 1)),
    ],
)
async def test_a_group_must_sum_to_zero(place: Marketplace, legs: tuple[tuple[str, int], ...]) -> None:
    """Whether all legs are in one INSERT, or a leg is added to a balanced group."""
    (group,) = await rows_of("posting_group", account_id=place.vendor.id)
    before = await snapshot(connection())
    with pytest.raises(IntegrityError, match="sum to zero"):
        await fetch(
            connection(),
            """WITH fresh AS (
                   INSERT INTO posting_group (id, business_key, kind, account_id, unit, at, ordinal,
                                              available_after, on_hold_after)
                   VALUES ($1, 'crooked', 'ADJUSTMENT', $2, 'POINTS', $3, 99, 0, 0) RETURNING id)
               INSERT INTO posting (id, group_id, book, amount)
               SELECT gen_random_uuid(), fresh.id, book, amount
               FROM fresh, unnest($4::text[], $5::bigint[]) AS leg (book, amount)""",
            new_id(),
            place.vendor.id,
            START,
            [book for book, _ in legs],
            [amount for _, amount in legs],
        )
    with pytest.raises(IntegrityError, match="sum to zero"):
        await fetch(
            connection(),
            "INSERT INTO posting (id, group_id, book, amount) VALUES ($1, $2, 'HOLD', 5)",
            new_id(),
            group["id"],
        )
    assert await snapshot(connection()) == before


async def test_a_posting_has_a_group(place: Marketplace) -> None:
    """Added by one INSERT with the postings of a group that exists, or by COPY."""
    (group,) = await rows_of("posting_group", account_id=place.vendor.id)
    rows = [(new_id(), new_id(), book, amount) for book, amount in (("ISSUED", 0), ("REVENUE", 0))]
    before = await snapshot(connection())
    with pytest.raises(IntegrityError, match=f"there is no group {rows[0][1]}"):
        await fetch(
            connection(),
            """INSERT INTO posting (id, group_id, book, amount)
               VALUES ($1, $2, 'HOLD', 0), ($3, $4, 'HOLD', 0)""",
            new_id(),
            group["id"],
            *rows[0][:2],
        )
    with pytest.raises(IntegrityError, match="there is no group"):
        await copy(connection(), "posting", ("id", "group_id", "book", "amount"), rows)
    assert await snapshot(connection()) == before


async def test_groups_are_not_removed_all_at_once(place: Marketplace) -> None:
    """Nor with what refers to them."""
    await _application(place)
    before = await snapshot(connection())
    for sql in ("TRUNCATE posting_group", "TRUNCATE posting_group CASCADE"):
        with pytest.raises(IntegrityError, match="rows of posting_group are never changed"):
            await fetch(connection(), sql)
    assert await snapshot(connection()) == before


@pytest.mark.parametrize("table", ["policy", "decision", "posting_group", "posting", "meeting_record"])
async def test_recorded_entries_cannot_be_changed_or_deleted(place: Marketplace, table: str) -> None:
    """Neither by UPDATE nor by DELETE, for a single row or for all rows."""
    await _application(place)
    assert await rows_of(table)
    before = await snapshot(connection())
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="never changed"):
            await fetch(connection(), statement)
    assert await snapshot(connection()) == before


@pytest.mark.parametrize("column", ["available", "on_hold"])
async def test_a_negative_balance_is_refused(place: Marketplace, column: str) -> None:
    """Even if an action is wrong."""
    with pytest.raises(IntegrityError, match="not_negative"):
        await fetch(connection(), f"UPDATE balance SET {column} = -1")


async def test_unique_rows_cannot_be_copied(place: Marketplace) -> None:
    """An application, delivery, deadline, event, movement, key or message with a new id is refused."""
    await _application(place)
    for table, key in (
        ("application", "id"),
        ("delivery", "id"),
        ("deadline", "id"),
        ("feed_event", "id"),
        ("posting_group", "id"),
        ("posting", "id"),
        ("balance", "id"),
        ("idempotency", "id"),
        ("outbox_message", "id"),
    ):
        with pytest.raises(IntegrityError, match="unique constraint"):
            await fetch(
                connection(),
                f"""INSERT INTO {table} SELECT (jsonb_populate_record(t, jsonb_build_object(
                        $1::text, gen_random_uuid()))).* FROM {table} AS t LIMIT 1""",
                key,
            )
