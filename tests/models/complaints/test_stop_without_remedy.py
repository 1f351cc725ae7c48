"""An upheld "no consent" stops contact even if the delivery had its remedy, and grants no second one."""

from typing import Any
from uuid import UUID

import pytest

from models.applications.answer import decline
from models.base.database import connection
from models.base.refusal import RefusalCode
from models.deadlines.sweep import sweep
from rules.complaint import ComplaintReason
from tests.support.complaints import (
    ACCEPTED,
    NO_CONSENT,
    PROVEN,
    QUIET,
    REJECTED,
    complain,
    deliver,
    draft,
    filed,
    offer,
    say,
    verdict,
)
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import Marketplace, apply, make_lead
from tests.support.reading import REVEAL_AFTER, application, points, refused, row, rows_of

UNMET = ComplaintReason.REQUIREMENTS_NOT_MET


async def _declined_late(place: Marketplace, database: Database) -> tuple[UUID, Any]:
    """Deliver by a missing answer, complain that the person never agreed, then let the person decline."""
    made = await apply(place.vendor, place.lead)
    await database.clock.advance(REVEAL_AFTER)
    await sweep(QUIET)
    delivery = (await row("delivery", application_id=made))["id"]
    _, (item,) = await filed(place.vendor, [delivery], reason=NO_CONSENT)
    assert item["verdict"] == REJECTED
    await decline(place.prospect.viewer, QUIET, made, message="I never agreed.")
    assert (await application(made))["refunded_at"] is not None
    return delivery, item


async def test_a_late_decline_does_not_take_away_the_stop(place: Marketplace, database: Database) -> None:
    """The operator upholds the complaint: the contact closes, applications end, and no points move."""
    delivery, item = await _declined_late(place, database)
    waiting = await apply(place.other_vendor, await make_lead(place.market, place.prospect))
    before = await points(place.vendor.id)
    await say(place.operator, verdict(item, override="She never agreed."))
    assert (await row("complaint_item"))["verdict"] == ACCEPTED
    assert (await row("delivery", id=delivery))["closed"] == "NO_CONSENT"
    assert (await row("do_not_contact"))["prospect_id"] == place.prospect.id
    assert (await application(waiting))["ended_at"] is not None
    assert (await points(place.vendor.id), await rows_of("remedy")) == (before, [])


@pytest.mark.parametrize("stock", [False, True])
@pytest.mark.parametrize("by_hand", [False, True])
async def test_a_delivery_with_a_remedy_is_stopped_and_gets_no_second_one(
    place: Marketplace, stock: bool, by_hand: bool
) -> None:
    """By a rule or by the operator, after a replacement and while one is awaited."""
    lead = await make_lead(place.market, place.other_prospect)
    delivery = await deliver(place, place.vendor, lead)
    if stock:
        await offer(place)
    await filed(place.vendor, [delivery], PROVEN, reason=UNMET)
    given = await rows_of("remedy")
    waiting = await apply(place.other_vendor, lead)
    if stock:
        await offer(place)
    deliveries, before = len(await rows_of("delivery")), await points(place.vendor.id)
    _, (item,) = await filed(place.vendor, [delivery], *(() if by_hand else (PROVEN,)), reason=NO_CONSENT)
    if by_hand:
        await say(place.operator, verdict(item))
    assert (await row("complaint_item", id=item["id"]))["verdict"] == ACCEPTED
    assert (await row("delivery", id=delivery))["closed"] == "NO_CONSENT"
    assert (await row("do_not_contact"))["item_id"] == item["id"]
    assert (await application(waiting))["ended_at"] is not None
    assert (await rows_of("remedy"), len(await rows_of("delivery"))) == (given, deliveries)
    assert await points(place.vendor.id) == before


async def test_a_stopped_delivery_cannot_be_complained_about_again(place: Marketplace) -> None:
    """Not for lack of consent or any other reason: nothing is left to do, and nothing changes."""
    delivery = await deliver(place, place.vendor)
    await filed(place.vendor, [delivery], PROVEN, reason=UNMET)
    await filed(place.vendor, [delivery], PROVEN, reason=NO_CONSENT)
    before = await snapshot(connection())
    for reason in (NO_CONSENT, UNMET):
        (problem,) = (await complain(place.vendor.owner, [draft(delivery, reason)], PROVEN)).problems
        assert problem.code is RefusalCode.CONFLICT
    assert await snapshot(connection()) == before


async def test_another_reason_is_still_refused_after_the_fee_came_back(
    place: Marketplace, database: Database
) -> None:
    """One remedy per delivery: the operator cannot uphold it, and nothing changes."""
    made = await apply(place.vendor, place.lead)
    await database.clock.advance(REVEAL_AFTER)
    await sweep(QUIET)
    delivery = (await row("delivery", application_id=made))["id"]
    _, (item,) = await filed(place.vendor, [delivery])
    await decline(place.prospect.viewer, QUIET, made)
    before = await snapshot(connection())
    await refused(
        say(place.operator, verdict(item, override="It was wrong.")), RefusalCode.CONFLICT, "verdict"
    )
    assert await snapshot(connection()) == before
