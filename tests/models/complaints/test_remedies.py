"""Remedies of accepted items: like for like, once, and never a person whom the vendor already had (S5.11)."""

from datetime import timedelta

import pytest
from tortoise.exceptions import IntegrityError

from models.base.database import connection, fetch
from models.deadlines.sweep import sweep
from rules import production_parameters
from tests.support.complaints import (
    ACCEPTED,
    CLUB,
    PROVEN,
    QUIET,
    RECORD,
    REJECTED,
    deliver,
    filed,
    make_contact,
    offer,
    remedy_of,
    say,
    sold,
    verdict,
)
from tests.support.database import Database
from tests.support.marketplace import HOUR, START, Marketplace, apply, make_lead, publish_policy
from tests.support.reading import event_kinds, mailed, outcomes, points, row, rows_of


async def test_a_lead_club_lead_is_replaced_immediately(place: Marketplace) -> None:
    """A delivery with its own window and price, visible from its receipt; no points move."""
    fresh = await offer(place)
    faulty = await deliver(place, place.vendor)
    complaint_id, _ = await filed(place.vendor, [faulty], PROVEN)
    remedy = await remedy_of(faulty)
    given = await row("delivery", lead_id=fresh.id)
    assert (remedy["kind"], remedy["settled_at"], remedy["replacement_id"]) == (
        "REPLACEMENT",
        START,
        given["id"],
    )
    assert (given["account_id"], given["kind"], given["replacement"]) == (place.vendor.id, CLUB, True)
    assert (given["received_at"], given["points"]) == (START, 5)
    assert await points(place.vendor.id) == (95, 0)
    assert await sold(fresh) == 1
    assert (await event_kinds(place.vendor.id))[-2:] == ["REPLACEMENT_DELIVERED", "COMPLAINT_DECIDED"]
    assert await event_kinds(fresh.prospect.id) == ["CONTACT_DISCLOSED"]
    assert await mailed(complaint_id) == ["complaint_decided", "complaint_filed"]


async def test_a_record_refunds_its_points(place: Marketplace) -> None:
    await offer(place)
    faulty = await deliver(place, place.vendor, kind=RECORD, points=7)
    await filed(place.vendor, [faulty], PROVEN)
    assert await points(place.vendor.id) == (100, 0)
    assert (await remedy_of(faulty))["points"] == 7
    group = await row("posting_group", business_key=f"remedy:{faulty}")
    item = await row("complaint_item", delivery_id=faulty)
    assert (group["kind"], group["decision_id"]) == ("REFUND", item["decision_id"])


async def test_a_free_delivery_is_remedied_without_points(place: Marketplace) -> None:
    faulty = await deliver(place, place.vendor, kind=RECORD, points=0)
    await filed(place.vendor, [faulty], PROVEN)
    assert (await remedy_of(faulty))["points"] == 0
    assert "REMEDY_POINTS" not in await event_kinds(place.vendor.id)


@pytest.mark.parametrize(
    "case",
    [
        "category",
        "sold",
        "record",
        "held",
        "applied",
        "same person",
        "applied for the person",
        "erased",
    ],
)
async def test_some_leads_are_never_replacements(place: Marketplace, database: Database, case: str) -> None:
    """Another category, no place left, a record; a person the vendor had or applied for; an erased person."""
    faulty = await deliver(place, place.vendor)
    lead = await make_contact(place.market, category="print" if case == "category" else "web")
    second = await make_lead(place.market, lead.prospect)
    if case == "same person":
        await deliver(place, place.vendor, second)
    if case == "applied for the person":
        await apply(place.vendor, second)
    if case == "applied":
        await apply(place.vendor, lead)
    if case == "held":
        await deliver(place, place.vendor, lead)
    await offer(place, lead, cap=2, kind=RECORD if case == "record" else CLUB)
    if case == "sold":
        await fetch(connection(), "UPDATE offer SET cap = 1, mode = 'EXCLUSIVE'")
        await deliver(place, place.other_vendor, lead)
    if case == "erased":
        await fetch(connection(), "UPDATE prospect SET erased_at = $2 WHERE id = $1", lead.prospect.id, START)
    await filed(place.vendor, [faulty], PROVEN)
    assert (await remedy_of(faulty))["replacement_id"] is None
    await sweep(QUIET)
    assert (await remedy_of(faulty))["replacement_id"] is None
    good = await offer(place)
    assert (await remedy_of(faulty))["replacement_id"] == (await row("delivery", lead_id=good.id))["id"]


async def test_the_same_town_is_preferred_and_the_oldest_otherwise(place: Marketplace) -> None:
    hamburg = await offer(place, await make_contact(place.market, city="Hamburg"))
    berlin = await offer(place, await make_contact(place.market, city="Berlin"))
    nowhere = await offer(place, await make_contact(place.market, city=None))
    in_berlin = [await deliver(place, place.vendor) for _ in range(2)]
    in_hamburg = await deliver(place, place.vendor, await make_contact(place.market, city="Hamburg"))
    await filed(place.vendor, [*in_berlin, in_hamburg], PROVEN)
    given = [await row("delivery", id=(await remedy_of(one))["replacement_id"]) for one in in_berlin]
    assert [one["lead_id"] for one in given] == [berlin.id, nowhere.id]
    assert (await row("delivery", lead_id=hamburg.id))["id"] == (await remedy_of(in_hamburg))[
        "replacement_id"
    ]


async def test_two_leads_of_one_person_replace_only_one_faulty_lead(place: Marketplace) -> None:
    """By then, the second would be a person whom the vendor already has."""
    first = await offer(place)
    second = await offer(place, await make_lead(place.market, first.prospect))
    faulty = [await deliver(place, place.vendor) for _ in range(2)]
    await filed(place.vendor, faulty, PROVEN)
    assert (await remedy_of(faulty[0]))["replacement_id"] is not None
    assert (await remedy_of(faulty[1]))["replacement_id"] is None
    assert (await sold(first), await sold(second)) == (1, 0)


@pytest.mark.parametrize("cap", [1, 2])
async def test_one_decision_gives_a_place_to_only_one_of_two_vendors(place: Marketplace, cap: int) -> None:
    faulty = [await deliver(place, vendor) for vendor in (place.vendor, place.other_vendor)]
    items = [
        (await filed(vendor, [one]))[1][0]
        for vendor, one in zip((place.vendor, place.other_vendor), faulty, strict=True)
    ]
    fresh = await offer(place, cap=cap)
    await say(place.operator, *(verdict(item) for item in items))
    assert await sold(fresh) == len(await rows_of("delivery", lead_id=fresh.id)) == cap


async def test_the_longest_waiting_remedy_gets_new_stock(place: Marketplace, database: Database) -> None:
    """Across vendors, by the start of the wait; the wait's deadline is done, and an email is sent."""
    waiting = []
    for vendor in (place.vendor, place.other_vendor, place.vendor):
        waiting.append((vendor, await deliver(place, vendor)))
        await filed(vendor, [waiting[-1][1]], PROVEN)
        await database.clock.advance(HOUR)
    for vendor, faulty in waiting:
        fresh = await offer(place)
        given = await row("delivery", lead_id=fresh.id)
        assert given["account_id"] == vendor.id
        remedy = await remedy_of(faulty)
        assert (remedy["replacement_id"], remedy["settled_at"]) == (given["id"], database.clock.now)
        assert await outcomes(remedy["item_id"]) == {"REPLACEMENT_FALLBACK": "replaced"}
        assert await mailed(given["id"]) == ["contact_disclosed", "lead_delivered"]
    assert await points(place.vendor.id) == (90, 0)


async def test_a_shared_lead_serves_each_vendor_once(place: Marketplace, database: Database) -> None:
    """Two waits of one vendor and one of another: the third place stays free."""
    faulty = [await deliver(place, place.vendor), await deliver(place, place.vendor)]
    await filed(place.vendor, faulty, PROVEN)
    await filed(place.other_vendor, [await deliver(place, place.other_vendor)], PROVEN)
    fresh = await offer(place, cap=3)
    assert await sold(fresh) == 2
    assert {one["account_id"] for one in await rows_of("delivery", lead_id=fresh.id)} == {
        place.vendor.id,
        place.other_vendor.id,
    }


async def test_a_replacement_can_be_complained_about_in_its_own_window(
    place: Marketplace, database: Database
) -> None:
    fresh = await offer(place)
    faulty = await deliver(place, place.vendor)
    await database.clock.advance(timedelta(days=20))
    await filed(place.vendor, [faulty], PROVEN)
    replacement = await row("delivery", lead_id=fresh.id)
    await database.clock.advance(timedelta(days=20))
    _, (item,) = await filed(place.vendor, [replacement["id"]], PROVEN)
    assert item["verdict"] == ACCEPTED
    await database.clock.advance(timedelta(days=20))
    await sweep(QUIET)
    assert await points(place.vendor.id) == (100, 0), "worth what the first one cost"


async def test_a_policy_can_exclude_complaints_about_replacements(place: Marketplace) -> None:
    parameters = production_parameters()
    parameters["complaint"]["replacements_complainable"] = False
    await publish_policy(place.market.id, place.market.code, parameters, START)
    fresh = await offer(place)
    await filed(place.vendor, [await deliver(place, place.vendor)], PROVEN)
    replacement = await row("delivery", lead_id=fresh.id)
    _, (item,) = await filed(place.vendor, [replacement["id"]], PROVEN)
    assert item["verdict"] == REJECTED


@pytest.mark.parametrize("column", ["delivery_id", "item_id", "replacement_id"])
async def test_the_database_refuses_a_second_remedy(place: Marketplace, column: str) -> None:
    """One per delivery, one per item, and one replacement per lead."""
    await offer(place)
    faulty, other = await deliver(place, place.vendor), await deliver(place, place.vendor)
    await filed(place.vendor, [faulty], PROVEN)
    _, (item,) = await filed(place.vendor, [other])
    values = {"delivery_id": other, "item_id": item["id"], "replacement_id": None}
    values[column] = (await remedy_of(faulty))[column]
    with pytest.raises(IntegrityError, match=column):
        await fetch(
            connection(),
            """INSERT INTO remedy (id, delivery_id, item_id, kind, granted_at, points, replacement_id)
               VALUES (gen_random_uuid(), $1, $2, 'POINTS', $3, 5, $4)""",
            values["delivery_id"],
            values["item_id"],
            START,
            values["replacement_id"],
        )


async def test_the_database_refuses_a_second_open_item(place: Marketplace) -> None:
    faulty = await deliver(place, place.vendor)
    complaint_id, (item,) = await filed(place.vendor, [faulty])
    await filed(place.vendor, [await deliver(place, place.vendor)])
    (other,) = [one for one in await rows_of("complaint") if one["id"] != complaint_id]
    with pytest.raises(IntegrityError, match="complaint_item_open"):
        await fetch(
            connection(),
            """INSERT INTO complaint_item (id, version, complaint_id, delivery_id, reason, explanation,
                                           verdict, decision_id)
               SELECT gen_random_uuid(), 1, $2, delivery_id, reason, explanation, verdict, decision_id
               FROM complaint_item WHERE id = $1""",
            item["id"],
            other["id"],
        )
