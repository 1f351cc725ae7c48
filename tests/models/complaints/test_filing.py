"""Each row of a complaint is decided independently; rows that cannot be filed are reported (S5.1 to S5.8)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models.applications.answer import accept
from models.base.database import connection
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.complaints.limits import MOST_ITEMS
from models.complaints.submit import preview
from models.complaints.tables import Speaks
from models.process.wake import Silence
from rules.complaint import ComplaintReason, ComplaintVerdict
from tests.support.complaints import (
    ACCEPTED,
    BAD_NUMBER,
    CLUB,
    NO_CONSENT,
    PROVEN,
    RECORD,
    REFUTED,
    REJECTED,
    UNDER_REVIEW,
    complain,
    deliver,
    draft,
    filed,
    finds,
    remedy_of,
    say,
    verdict,
)
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import SECOND, START, MadeVendor, Marketplace, apply
from tests.support.reading import event_kinds, mailed, outcomes, points, refused, row, rows_of

R = ComplaintReason
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "reason", "checks", "expected", "rule"),
    [
        (RECORD, R.NUMBER_DOES_NOT_EXIST, (PROVEN,), ACCEPTED, "number_does_not_exist"),
        (CLUB, R.BUSINESS_CLOSED, (PROVEN,), ACCEPTED, "business_closed"),
        (RECORD, R.WRONG_ADDRESS, (REFUTED,), REJECTED, "refuted_by_evidence"),
        (RECORD, R.WRONG_ADDRESS, (PROVEN, REFUTED), UNDER_REVIEW, "evidence_disagrees"),
        (
            RECORD,
            R.WRONG_ADDRESS,
            (finds(Speaks.FOR, conclusive=False),),
            UNDER_REVIEW,
            "indications_are_no_proof",
        ),
        (RECORD, R.NUMBER_OF_ANOTHER_PERSON, (), UNDER_REVIEW, "proof_is_missing"),
        (RECORD, R.NO_CONSENT, (PROVEN,), REJECTED, "lead_club_only"),
        (CLUB, R.NO_CONSENT, (PROVEN,), ACCEPTED, "no_consent"),
        (CLUB, R.VOICEMAIL, (PROVEN,), REJECTED, "voicemail_is_no_fault"),
        (RECORD, R.NO_ANSWER, (PROVEN,), REJECTED, "no_answer_is_no_fault"),
        (RECORD, R.NOT_INTERESTED, (PROVEN,), REJECTED, "not_interested_is_no_fault"),
    ],
)
async def test_a_row_is_decided_by_delivery_reason_and_evidence(
    place: Marketplace, kind: Any, reason: Any, checks: Any, expected: ComplaintVerdict, rule: str
) -> None:
    delivery = await deliver(place, place.vendor, kind=kind)
    complaint_id, (item,) = await filed(place.vendor, [delivery], *checks, reason=reason)
    assert item["verdict"] == expected
    decision = await row("decision", id=item["decision_id"])
    assert (decision["rule_id"], decision["subject"]) == (rule, item["id"])
    assert len(await rows_of("evidence", item_id=item["id"])) == len(checks)
    complaint = await row("complaint", id=complaint_id)
    assert (complaint["decided_at"] is None) == (expected is UNDER_REVIEW)
    assert len(await rows_of("remedy")) == (expected is ACCEPTED)


async def test_filing_is_confirmed_and_waits_for_the_operator(place: Marketplace) -> None:
    """S5.7: an event and an email for the vendor; operators see what is waiting for them."""
    delivery = await deliver(place, place.vendor)
    complaint_id, _ = await filed(place.vendor, [delivery])
    assert "COMPLAINT_FILED" in await event_kinds(place.vendor.id)
    assert await mailed(complaint_id) == ["complaint_filed"]
    assert place.operator.user_id is not None
    assert await event_kinds(place.operator.user_id) == ["COMPLAINT_FILED"]
    assert await outcomes(complaint_id) == {"COMPLAINT_REMINDER": None, "COMPLAINT_DECISION": None}


async def test_a_complaint_decided_immediately_waits_for_nobody(place: Marketplace) -> None:
    delivery = await deliver(place, place.vendor, kind=RECORD)
    complaint_id, _ = await filed(place.vendor, [delivery], PROVEN)
    assert await outcomes(complaint_id) == {}
    assert (await event_kinds(place.vendor.id))[-3:] == [
        "COMPLAINT_FILED",
        "REMEDY_POINTS",
        "COMPLAINT_DECIDED",
    ]
    assert await mailed(complaint_id) == ["complaint_decided", "complaint_filed"]
    assert place.operator.user_id is not None
    assert await event_kinds(place.operator.user_id) == []


async def test_rows_that_cannot_be_filed_are_reported_and_the_rest_is_filed(place: Marketplace) -> None:
    """Unknown, of another account, repeated, without an explanation, or with text that cannot be shown."""
    good, blank, odd = [await deliver(place, place.vendor) for _ in range(3)]
    foreign = await deliver(place, place.other_vendor)
    made = await complain(
        place.vendor.owner,
        [
            draft(good, row=2),
            draft(good, row=3),
            draft(new_id(), row=4),
            draft(foreign, row=5),
            draft(blank, text=" \n ", row=6),
            draft(odd, text="a\x00b", row=7),
            draft(odd, text="x" * 5_001, row=8),
        ],
    )
    assert [(one.row, one.column, one.code.value) for one in made.problems] == [
        (3, "deliveryId", "CONFLICT"),
        (4, "deliveryId", "NOT_FOUND"),
        (5, "deliveryId", "NOT_FOUND"),
        (6, "explanation", "REQUIRED"),
        (7, "explanation", "INVALID"),
        (8, "explanation", "INVALID"),
    ]
    assert [one["row"] for one in await rows_of("complaint_item")] == [2]


async def test_if_no_row_can_be_filed_the_key_stays_free(place: Marketplace) -> None:
    good = await deliver(place, place.vendor)
    before = await snapshot(connection())
    made = await complain(place.vendor.owner, [draft(new_id())], key="one key")
    assert made.complaint_id is None
    assert [one.code for one in made.problems] == [RefusalCode.NOT_FOUND]
    assert await snapshot(connection()) == before
    assert (await complain(place.vendor.owner, [draft(good)], key="one key")).complaint_id is not None


async def test_the_same_request_again_gets_the_same_answer(place: Marketplace) -> None:
    """The result includes the problems, although all its deliveries now have an open complaint: its own."""
    good, other = await deliver(place, place.vendor), await deliver(place, place.vendor, kind=RECORD)
    asked = [draft(good, row=2), draft(other, row=3), draft(good, row=4), draft(new_id(), row=5)]
    first = await complain(place.vendor.owner, asked, PROVEN, key="one key")
    before = await snapshot(connection())
    again = await complain(place.vendor.owner, asked, PROVEN, key="one key")
    assert again == first
    assert [one.row for one in again.problems] == [4, 5]
    assert await snapshot(connection()) == before
    with_other_input = complain(place.vendor.owner, [draft(good)], key="one key")
    await refused(with_other_input, RefusalCode.IDEMPOTENCY_CONFLICT)


async def test_a_delivery_with_an_open_or_accepted_complaint_cannot_be_filed_again(
    place: Marketplace,
) -> None:
    delivery = await deliver(place, place.vendor, kind=RECORD)
    _, (item,) = await filed(place.vendor, [delivery])
    (open_still,) = (await complain(place.vendor.owner, [draft(delivery)])).problems
    number = (await row("complaint"))["number"]
    assert number in str(open_still.sentence)
    await say(place.operator, verdict(item, REJECTED))
    _, (item,) = await filed(place.vendor, [delivery], PROVEN, reason=R.WRONG_ADDRESS)
    assert item["verdict"] == ACCEPTED
    (remedied,) = (await complain(place.vendor.owner, [draft(delivery)])).problems
    assert "already been remedied" in str(remedied.sentence)


async def test_a_reason_rejected_by_a_rule_cannot_be_filed_again(place: Marketplace) -> None:
    """By items or by file: the refusal identifies the earlier complaint, where a message can be sent."""
    delivery, other = [await deliver(place, place.vendor) for _ in range(2)]
    await filed(place.vendor, [delivery], reason=R.VOICEMAIL)
    number = (await row("complaint"))["number"]
    before = await snapshot(connection())
    for _ in range(2):
        made = await complain(place.vendor.owner, [draft(delivery, R.VOICEMAIL, "It really is one.")])
        (problem,) = made.problems
        assert (made.complaint_id, problem.column, problem.code) == (None, "deliveryId", RefusalCode.CONFLICT)
        assert number in str(problem.sentence)
    (previewed,) = await preview(place.vendor.owner, (), [draft(delivery, R.VOICEMAIL)])
    assert [one.code for one in previewed.problems] == [RefusalCode.CONFLICT]
    assert await snapshot(connection()) == before
    _, (again,) = await filed(place.vendor, [delivery], reason=R.NO_ANSWER)
    assert again["verdict"] == REJECTED, "for another reason it is another claim"
    made = await complain(place.vendor.owner, [draft(delivery, R.NO_ANSWER), draft(other, R.VOICEMAIL)])
    assert [one.code for one in made.problems] == [RefusalCode.CONFLICT]
    assert len(await rows_of("complaint_item")) == 3, "the other row is filed"


async def test_an_item_rejected_by_the_operator_can_be_filed_again(place: Marketplace) -> None:
    delivery = await deliver(place, place.vendor, kind=RECORD)
    _, (item,) = await filed(place.vendor, [delivery])
    await say(place.operator, verdict(item, REJECTED))
    _, (again,) = await filed(place.vendor, [delivery])
    assert again["verdict"] == UNDER_REVIEW


async def test_only_those_who_act_for_a_vendor_can_complain(place: Marketplace) -> None:
    delivery = await deliver(place, place.vendor)
    for viewer in (place.operator, place.vendor.employee, place.prospect.viewer, place.agent):
        await refused(complain(viewer, [draft(delivery)]), RefusalCode.FORBIDDEN)
    await refused(complain(place.vendor.owner, []), RefusalCode.REQUIRED, "items")
    too_many = [draft(delivery)] * (MOST_ITEMS + 1)
    await refused(complain(place.vendor.owner, too_many), RefusalCode.LIMIT_EXCEEDED, "items")
    stranger = await complain(place.other_vendor.owner, [draft(delivery)])
    assert [one.code for one in stranger.problems] == [RefusalCode.NOT_FOUND]
    assert (await complain(place.vendor.member, [draft(delivery)])).complaint_id is not None


async def test_a_preview_returns_the_decisions_and_files_nothing(place: Marketplace) -> None:
    good, voicemail = await deliver(place, place.vendor), await deliver(place, place.vendor)
    asked = [draft(good), draft(voicemail, R.VOICEMAIL), draft(good), draft(new_id())]
    before = await snapshot(connection())
    rows = await preview(place.vendor.owner, [PROVEN], asked)
    assert await snapshot(connection()) == before
    assert [one.draft for one in rows] == asked
    said = [one.weighed.decision.rule_id if one.weighed else one.problems[0].code.value for one in rows]
    assert said == ["number_does_not_exist", "voicemail_is_no_fault", "CONFLICT", "NOT_FOUND"]
    made = await complain(place.vendor.owner, asked, PROVEN)
    verdicts = {one["delivery_id"]: one["verdict"] for one in await rows_of("complaint_item")}
    assert verdicts == {one.draft.delivery_id: one.weighed.decision.verdict for one in rows if one.weighed}
    assert [(one.key, one.code) for one in made.problems] == [
        (one.draft.key, one.problems[0].code) for one in rows if one.problems
    ]


# START is Monday 2 March 2026; the window ends with 1 April in Berlin, where summer time has begun.
WINDOW_END = START.replace(month=4, day=1, hour=22)


@pytest.mark.parametrize(
    ("at", "expected"),
    [(WINDOW_END - SECOND, ACCEPTED), (WINDOW_END, REJECTED), (WINDOW_END + SECOND, REJECTED)],
)
async def test_the_window_ends_with_its_last_day(
    place: Marketplace, database: Database, at: Any, expected: ComplaintVerdict
) -> None:
    delivery = await deliver(place, place.vendor, kind=RECORD)
    assert (await row("delivery", id=delivery))["complaint_until"] == WINDOW_END
    await database.clock.set(at)
    _, (item,) = await filed(place.vendor, [delivery], PROVEN)
    assert item["verdict"] == expected
    rule = (await row("decision", id=item["decision_id"]))["rule_id"]
    assert rule == ("number_does_not_exist" if expected is ACCEPTED else "window_over")


async def test_each_row_has_the_window_of_its_own_delivery(place: Marketplace, database: Database) -> None:
    old = await deliver(place, place.vendor, kind=RECORD)
    await database.clock.advance(5 * DAY)
    young = await deliver(place, place.vendor, kind=RECORD)
    await database.clock.set(WINDOW_END)
    _, items = await filed(place.vendor, [old, young], PROVEN)
    assert [one["verdict"] for one in items] == [REJECTED, ACCEPTED]


async def _revealed(place: Marketplace, vendor: MadeVendor) -> tuple[UUID, UUID]:
    made = await apply(vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), made)
    return made, (await row("delivery", application_id=made))["id"]


async def test_a_faulty_contact_of_an_application_refunds_its_fee(place: Marketplace) -> None:
    application, delivery = await _revealed(place, place.vendor)
    assert await points(place.vendor.id) == (90, 0)
    await filed(place.vendor, [delivery], PROVEN)
    assert await points(place.vendor.id) == (100, 0)
    assert (await row("application", id=application))["refunded_at"] == START
    remedy = await remedy_of(delivery)
    assert (remedy["kind"], remedy["points"], remedy["settled_at"]) == ("POINTS", 10, START)
    assert (await row("posting_group", business_key=f"refund:{application}"))["kind"] == "REFUND"


async def test_lead_club_reasons_require_a_lead_club_delivery(place: Marketplace) -> None:
    _, delivery = await _revealed(place, place.vendor)
    _, (item,) = await filed(place.vendor, [delivery], PROVEN, reason=NO_CONSENT)
    assert item["verdict"] == REJECTED
    assert (await row("delivery", id=delivery))["closed"] == "NO"
    _, (item,) = await filed(place.vendor, [delivery], reason=BAD_NUMBER)
    assert item["verdict"] == UNDER_REVIEW
