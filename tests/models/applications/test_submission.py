"""Submitting an application: what it writes, and refusals. Who may apply is in `test_strangers`."""

from datetime import datetime, timedelta

import pytest

from models.applications.submit import submit
from models.base.database import connection
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.deliveries.deliver import deliver_lead
from models.process.wake import Silence
from rules.visibility import DeliveryKind
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import HOUR, SECOND, START, Marketplace, apply, make_lead, make_vendor
from tests.support.reading import (
    application,
    event_kinds,
    mailed,
    movements,
    points,
    refused,
    row,
    rows_of,
)

QUIET = Silence()


async def test_an_application_is_received_immediately_and_holds_its_fee(place: Marketplace) -> None:
    """It is received when submitted; policy, deadlines, both feeds and the mail are written."""
    made = await apply(place.vendor, place.lead, meeting_at=START + 72 * HOUR)
    stored = await application(made)
    assert stored["submitted_at"] == stored["received_at"] == START
    assert (stored["policy_id"], stored["fee"], stored["hold"]) == (place.market.policy_id, 10, "HELD")
    assert stored["meeting_at"] == START + 72 * HOUR
    assert await points(place.vendor.id) == (90, 10)
    assert await movements(made) == [("HOLD", {"AVAILABLE": -10, "HOLD": 10})]
    assert {one["kind"]: one["due_at"] for one in await rows_of("deadline")} == {
        "REVEAL": START + 48 * HOUR,
        "REVIEW_REMINDER": START + 24 * HOUR,
    }
    assert await mailed(made) == ["application_received", "calendar_created", "calendar_created"]
    assert await event_kinds(place.prospect.id) == ["APPLICATION_RECEIVED"]
    assert (await event_kinds(place.vendor.id))[1:] == ["APPLICATION_SUBMITTED"]


async def test_the_deadlines_keep_the_microsecond(place: Marketplace, database: Database) -> None:
    """Hours are elapsed hours from the exact receipt, also across the change to summer time."""
    exact = datetime.fromisoformat("2026-03-28T12:34:56.789012+00:00")
    await database.clock.set(exact)
    made = await apply(place.vendor, place.lead)
    assert (await row("deadline", subject=made, kind="REVEAL"))["due_at"] == exact + timedelta(hours=48)


@pytest.mark.parametrize(
    ("available", "fee", "code"),
    [(10, 10, None), (9, 10, RefusalCode.INSUFFICIENT_POINTS), (0, 1, RefusalCode.INSUFFICIENT_POINTS)],
)
async def test_an_application_needs_points_that_are_available(
    place: Marketplace, available: int, fee: int, code: RefusalCode | None
) -> None:
    """To the exact point; a refusal stores nothing, not even the key."""
    vendor = await make_vendor(available)
    lead = await make_lead(place.market, place.prospect, fee=fee)
    before = await snapshot(connection())
    if code is None:
        await apply(vendor, lead)
        assert await points(vendor.id) == (available - fee, fee)
    else:
        await refused(apply(vendor, lead, key="a key"), code)
        assert await snapshot(connection()) == before


async def test_an_invalid_application_is_refused(place: Marketplace, database: Database) -> None:
    """A closed lead, an empty or overlong introduction, or an impossible time."""
    closed = await make_lead(place.market, place.prospect, closes_at=START)
    before = await snapshot(connection())
    await refused(apply(place.vendor, closed), RefusalCode.CONFLICT, "leadId")
    for introduction, code in (
        ("", RefusalCode.REQUIRED),
        (" \n ", RefusalCode.REQUIRED),
        ("x" * 5_001, RefusalCode.INVALID),
        ("a\x00b", RefusalCode.INVALID),
        ("a\ud800b", RefusalCode.INVALID),
    ):
        call = submit(
            place.vendor.owner,
            QUIET,
            lead_id=place.lead.id,
            introduction=introduction,
            idempotency_key="k",
        )
        await refused(call, code, "introduction")
    for at in (START, START - SECOND, START + timedelta(days=366) + SECOND):
        await refused(apply(place.vendor, place.lead, meeting_at=at), RefusalCode.INVALID, "meetingAt")
    assert await snapshot(connection()) == before


async def test_a_lead_is_open_until_the_instant_it_closes(place: Marketplace) -> None:
    """A second before is in time."""
    lead = await make_lead(place.market, place.prospect, closes_at=START + SECOND)
    await apply(place.vendor, lead)


async def test_an_account_cannot_apply_twice_or_for_a_lead_that_it_holds(place: Marketplace) -> None:
    """For any user of the account and any key; a delivered contact needs no application."""
    await apply(place.vendor, place.lead)
    delivered = await make_lead(place.market, place.prospect)
    await deliver_lead(
        place.operator,
        QUIET,
        lead_id=delivered.id,
        account_id=place.vendor.id,
        kind=DeliveryKind.LEAD_CLUB,
        points=5,
        idempotency_key="delivered",
    )
    before = await snapshot(connection())
    for lead in (place.lead, delivered):
        for viewer in (place.vendor.owner, place.vendor.member):
            call = submit(viewer, QUIET, lead_id=lead.id, introduction="Again.", idempotency_key=new_id().hex)
            await refused(call, RefusalCode.CONFLICT, "leadId")
    assert await snapshot(connection()) == before
