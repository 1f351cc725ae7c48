"""The operator decides open items; overruling a rule requires a written reason; no remedy is given twice."""

import pytest
from prometheus_client import REGISTRY

from models.base.database import connection
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.complaints.decide import MOST_ITEMS, ItemDecision
from rules.complaint import ComplaintReason
from tests.support.complaints import (
    ACCEPTED,
    PROVEN,
    RECORD,
    REJECTED,
    UNDER_REVIEW,
    deliver,
    filed,
    remedy_of,
    say,
    verdict,
)
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import HOUR, START, Marketplace
from tests.support.reading import event_kinds, mailed, outcomes, points, refused, row, rows_of

VOICEMAIL = ComplaintReason.VOICEMAIL


async def test_deciding_the_last_item_decides_the_complaint(place: Marketplace, database: Database) -> None:
    """S5.10: each item is decided independently; the last one ends the deadlines and notifies the vendor."""
    deliveries = [await deliver(place, place.vendor, kind=RECORD) for _ in range(3)]
    complaint_id, items = await filed(place.vendor, deliveries)
    await database.clock.advance(HOUR)
    await say(place.operator, verdict(items[0]), verdict(items[1], REJECTED))
    assert (await row("complaint", id=complaint_id))["decided_at"] is None
    assert "COMPLAINT_DECIDED" not in await event_kinds(place.vendor.id)
    assert await points(place.vendor.id) == (90, 0), "the remedy of an accepted item does not wait"
    await database.clock.advance(HOUR)
    await say(place.operator, verdict(items[2]))
    assert (await row("complaint", id=complaint_id))["decided_at"] == START + 2 * HOUR
    assert (await event_kinds(place.vendor.id))[-1] == "COMPLAINT_DECIDED"
    assert await mailed(complaint_id) == ["complaint_decided", "complaint_filed"]
    assert set((await outcomes(complaint_id)).values()) == {"decided"}
    assert await points(place.vendor.id) == (95, 0)
    decided = await row("complaint_item", id=items[0]["id"])
    assert (decided["verdict"], decided["comment"]) == (ACCEPTED, "We looked at it.")
    assert (decided["decided_by_id"], decided["override_reason"]) == (place.operator.user_id, None)
    logged = await row("decision", id=decided["decision_id"])
    assert (logged["rule_id"], logged["actor_id"]) == ("operator_decided", place.operator.user_id)


async def test_overruling_a_rule_requires_a_written_reason(place: Marketplace) -> None:
    """It is logged as an override, with the rule's verdict."""
    delivery = await deliver(place, place.vendor, kind=RECORD)
    complaint_id, (item,) = await filed(place.vendor, [delivery], reason=VOICEMAIL)
    for blank in (None, "  "):
        found = await refused(
            say(place.operator, verdict(item, ACCEPTED, blank)), RefusalCode.REQUIRED, "overrideReason"
        )
        assert found.decision is not None
        assert found.decision.rule_id == "voicemail_is_no_fault"
    await say(place.operator, verdict(item, ACCEPTED, "The voicemail names another company."))
    after = await row("complaint_item", id=item["id"])
    assert after["override_reason"] == "The voicemail names another company."
    logged = await row("decision", id=after["decision_id"])
    assert (logged["rule_id"], logged["verdict"]) == ("operator_overrode", "ACCEPTED")
    assert '"rule": "voicemail_is_no_fault"' in logged["facts"]
    assert '"rule_said": "REJECTED"' in logged["facts"]
    assert (await remedy_of(delivery))["kind"] == "POINTS"
    assert (await event_kinds(place.vendor.id)).count("COMPLAINT_DECIDED") == 2, "the answer has changed"
    assert (await row("complaint", id=complaint_id))["decided_at"] == START
    assert await mailed(complaint_id) == ["complaint_decided", "complaint_decided", "complaint_filed"]


async def test_an_unneeded_reason_is_not_stored(place: Marketplace) -> None:
    """A decision is an override only if it differs from the rule's."""
    _, (item,) = await filed(place.vendor, [await deliver(place, place.vendor)])
    await say(place.operator, verdict(item, REJECTED, "to be sure"))
    after = await row("complaint_item", id=item["id"])
    assert after["override_reason"] is None
    assert (await row("decision", id=after["decision_id"]))["rule_id"] == "operator_decided"


async def test_repeating_a_verdict_changes_nothing(place: Marketplace) -> None:
    delivery = await deliver(place, place.vendor, kind=RECORD)
    _, (item,) = await filed(place.vendor, [delivery])
    await say(place.operator, verdict(item, version=1))
    before = await snapshot(connection())
    await say(place.operator, verdict(item, version=1))
    assert await snapshot(connection()) == before


async def test_a_granted_remedy_is_not_revoked(place: Marketplace) -> None:
    delivery = await deliver(place, place.vendor, kind=RECORD)
    _, (item,) = await filed(place.vendor, [delivery], PROVEN)
    await refused(say(place.operator, verdict(item, REJECTED, "we erred")), RefusalCode.CONFLICT, "verdict")


async def test_a_delivery_gets_one_remedy_whichever_item_is_accepted(place: Marketplace) -> None:
    """A rejection is overruled after, before, and together with another acceptance."""
    delivery = await deliver(place, place.vendor, kind=RECORD)
    _, (first,) = await filed(place.vendor, [delivery], reason=VOICEMAIL)
    _, (second,) = await filed(place.vendor, [delivery])
    both = say(place.operator, verdict(second), verdict(first, ACCEPTED, "after all"))
    await refused(both, RefusalCode.CONFLICT, "verdict")
    assert await rows_of("remedy") == []
    await say(place.operator, verdict(first, ACCEPTED, "after all"))
    refusal = await refused(say(place.operator, verdict(second)), RefusalCode.CONFLICT, "verdict")
    assert refusal.decision is not None
    assert refusal.decision.rule_id == "remedied_before"
    await say(place.operator, verdict(second, REJECTED))
    assert await points(place.vendor.id) == (100, 0)


async def test_decisions_of_one_request_are_all_made_or_none(place: Marketplace) -> None:
    deliveries = [await deliver(place, place.vendor) for _ in range(2)]
    _, (good, other) = await filed(place.vendor, deliveries)
    before = await snapshot(connection())
    unknown = ItemDecision(new_id(), ACCEPTED, "We looked.")
    await refused(say(place.operator, verdict(good), unknown), RefusalCode.NOT_FOUND, "itemId")
    stale = verdict(other, version=2)
    await refused(say(place.operator, verdict(good), stale), RefusalCode.STALE_VERSION, "expectedVersion")
    await refused(say(place.operator, verdict(good), verdict(good)), RefusalCode.INVALID, "items")
    assert await snapshot(connection()) == before


async def test_only_operators_decide_and_invalid_decisions_are_refused(place: Marketplace) -> None:
    _, (item,) = await filed(place.vendor, [await deliver(place, place.vendor)])
    for viewer in (place.vendor.owner, place.prospect.viewer, place.agent):
        await refused(say(viewer, verdict(item)), RefusalCode.FORBIDDEN)
    await refused(say(place.operator, verdict(item, UNDER_REVIEW)), RefusalCode.INVALID, "verdict")
    without = ItemDecision(item["id"], ACCEPTED, " ")
    await refused(say(place.operator, without), RefusalCode.REQUIRED, "comment")
    for text in ("a\x00b", "x" * 5_001):
        await refused(say(place.operator, ItemDecision(item["id"], ACCEPTED, text)), RefusalCode.INVALID)
        odd = ItemDecision(item["id"], ACCEPTED, "fine", text)
        await refused(say(place.operator, odd), RefusalCode.INVALID, "overrideReason")
    many = [ItemDecision(new_id(), ACCEPTED, "x") for _ in range(MOST_ITEMS + 1)]
    await refused(say(place.operator, *many), RefusalCode.LIMIT_EXCEEDED, "items")


@pytest.mark.parametrize("accept", [True, False])
async def test_one_request_can_decide_items_of_many_complaints(place: Marketplace, accept: bool) -> None:
    said, complaints = [], []
    for vendor in (place.vendor, place.other_vendor, place.vendor):
        deliveries = [await deliver(place, vendor, kind=RECORD) for _ in range(2)]
        complaint_id, items = await filed(vendor, deliveries)
        complaints.append(complaint_id)
        said += [verdict(item, ACCEPTED if accept else REJECTED) for item in items]
    before = REGISTRY.get_sample_value(
        "leadgate_decisions_total", {"ruleset": "complaint", "rule": "operator_decided"}
    )
    await say(place.operator, *said)
    after = REGISTRY.get_sample_value(
        "leadgate_decisions_total", {"ruleset": "complaint", "rule": "operator_decided"}
    )
    assert (after or 0) - (before or 0) == 6
    assert all([(await row("complaint", id=one))["decided_at"] for one in complaints])
    assert await points(place.vendor.id) == ((100, 0) if accept else (80, 0))
    assert await points(place.other_vendor.id) == ((100, 0) if accept else (90, 0))
    assert (await event_kinds(place.vendor.id)).count("REMEDY_POINTS") == accept, "once for all"
