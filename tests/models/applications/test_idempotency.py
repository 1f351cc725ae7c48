"""Idempotency keys: a repeated request gets the first result, even concurrently; different input is refused.

The prospect's answers need no key and are tested elsewhere.
"""

from datetime import timedelta
from typing import Any

import pytest

from models.accounts.purchase_points import purchase_points
from models.applications.record_meeting import record_meeting
from models.applications.submit import submit
from models.applications.tables import MeetingEvidenceKind
from models.base.database import connection
from models.base.refusal import RefusalCode
from models.process.wake import Silence
from tests.support.concurrency import BALANCE, at_once, codes, freely
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import HOUR, START, Marketplace, apply, buy_points, make_lead, make_vendor
from tests.support.reading import application, points, refused, rows_of

QUIET = Silence()


async def test_the_same_application_sent_twice_concurrently_creates_one(
    place: Marketplace, database: Database
) -> None:
    """The second request waits for the first, then gets its id."""
    calls = [apply(place.vendor, place.lead, key="a key") for _ in range(2)]
    first, second = await freely(*calls)
    assert first == second
    assert len(await rows_of("application")) == 1
    lead = await make_lead(place.market, place.prospect)
    queued = [apply(place.vendor, lead, key="another key") for _ in range(4)]
    found = await at_once(database.url, BALANCE, place.vendor.id, queued)
    assert len(set(map(str, found))) == 1
    assert codes(found) == ["done"] * 4
    assert await points(place.vendor.id) == (80, 20)


async def test_a_repeated_application_gets_its_id_even_if_it_would_be_refused_now(
    place: Marketplace, database: Database
) -> None:
    """Days later, after an answer, and for any user of the account, to which the key belongs."""
    made = await apply(place.vendor, place.lead, key="a key")
    await database.clock.advance(timedelta(days=9))
    before = await snapshot(connection())
    again = await submit(
        place.vendor.member,
        QUIET,
        lead_id=place.lead.id,
        introduction="We renew websites and would like to show you how.",
        idempotency_key="a key",
    )
    assert again == made
    assert await snapshot(connection()) == before


async def test_the_same_key_with_another_input_is_refused(place: Marketplace, database: Database) -> None:
    """A different lead, text, time, number or kind is refused and changes nothing."""
    made = await apply(place.vendor, place.lead, key="a key")
    other = await make_lead(place.market, place.prospect)

    def book(count: int) -> Any:
        return purchase_points(
            place.operator, QUIET, account_id=place.vendor.id, points=count, idempotency_key="a key"
        )

    def record(kind: MeetingEvidenceKind) -> Any:
        return record_meeting(
            place.prospect.viewer, QUIET, application_id=made, kind=kind, idempotency_key="a key"
        )

    await book(5)
    await record(MeetingEvidenceKind.TOOK_PLACE)
    before = await snapshot(connection())
    for call in (
        apply(place.vendor, other, key="a key"),
        apply(place.vendor, place.lead, key="a key", meeting_at=START + HOUR),
        book(6),
        record(MeetingEvidenceKind.NO_SHOW),
    ):
        await refused(call, RefusalCode.IDEMPOTENCY_CONFLICT, "idempotencyKey")
    assert await snapshot(connection()) == before


async def test_a_key_belongs_to_one_account_and_one_operation(place: Marketplace) -> None:
    """Two accounts may choose the same key, and so may two operations."""
    first = await apply(place.vendor, place.lead, key="a key")
    assert await apply(place.other_vendor, place.lead, key="a key") != first
    await record_meeting(
        place.vendor.owner,
        QUIET,
        application_id=first,
        kind=MeetingEvidenceKind.RESCHEDULED,
        idempotency_key="a key",
        at=START + HOUR,
    )


async def test_a_refused_attempt_leaves_the_key_free(place: Marketplace) -> None:
    """The vendor buys points and sends the same request again."""
    vendor = await make_vendor(9)
    await refused(apply(vendor, place.lead, key="a key"), RefusalCode.INSUFFICIENT_POINTS)
    await buy_points(vendor.id, 1)
    made = await apply(vendor, place.lead, key="a key")
    assert (await application(made))["hold"] == "HELD"


async def test_the_same_purchase_sent_twice_concurrently_books_once(place: Marketplace) -> None:
    """The same request later also returns the first result."""

    def book() -> Any:
        return purchase_points(
            place.operator, QUIET, account_id=place.vendor.id, points=5, idempotency_key="a key"
        )

    await freely(*(book() for _ in range(5)))
    await book()
    assert await points(place.vendor.id) == (105, 0)


async def test_the_same_meeting_record_sent_twice_concurrently_is_one(place: Marketplace) -> None:
    """It creates one proposal and one event."""
    made = await apply(place.vendor, place.lead)
    await freely(
        *(
            record_meeting(
                place.vendor.owner,
                QUIET,
                application_id=made,
                kind=MeetingEvidenceKind.RESCHEDULED,
                idempotency_key="a key",
                at=START + HOUR,
            )
            for _ in range(4)
        )
    )
    assert (
        len(await rows_of("meeting_record")) == len(await rows_of("feed_event", kind="MEETING_PROPOSED")) == 1
    )


@pytest.mark.parametrize("key", ["", "  ", "x" * 201, "a\nb", "a\x00b", "a\ud800"])
async def test_an_invalid_key_is_refused(place: Marketplace, key: str) -> None:
    """A key has 1 to 200 printable characters."""
    before = await snapshot(connection())
    call = submit(
        place.vendor.owner, QUIET, lead_id=place.lead.id, introduction="Hello.", idempotency_key=key
    )
    await refused(call, RefusalCode.INVALID, "idempotencyKey")
    assert await snapshot(connection()) == before


@pytest.mark.parametrize(
    ("count", "fits"), [(0, False), (1, True), (1_000_000, True), (1_000_001, False), (-5, False)]
)
async def test_points_are_booked_from_one_to_a_million(place: Marketplace, count: int, fits: bool) -> None:
    """Zero, negative and too large amounts are refused."""
    call = purchase_points(
        place.operator, QUIET, account_id=place.vendor.id, points=count, idempotency_key="a key"
    )
    if fits:
        await call
    else:
        await refused(call, RefusalCode.INVALID, "points")
    assert await points(place.vendor.id) == (100 + count * fits, 0)
