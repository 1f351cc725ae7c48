"""Reminders, the missed day 22 and the end of a wait: as of their due time, however late the sweep."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY

from models.base.database import connection, fetch
from models.deadlines.sweep import sweep
from models.feed.list import list_notifications
from models.feed.wording import notice
from rules import production_parameters
from tests.support.complaints import (
    PROVEN,
    QUIET,
    REJECTED,
    deliver,
    filed,
    make_contact,
    offer,
    remedy_of,
    say,
    verdict,
)
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import SECOND, START, Marketplace, publish_policy
from tests.support.reading import event_kinds, mailed, outcomes, points, row, rows_of

DAY = timedelta(days=1)
# Ends of days in Berlin, which has winter time until 29 March 2026.
MARKS = [START.replace(day=day, hour=23) for day in (9, 16, 22)]
DECIDE_BY = START.replace(day=23, hour=23)
WAIT_ENDS = START.replace(day=16, hour=23)


def _overdue() -> float:
    return REGISTRY.get_sample_value("leadgate_complaints_overdue_total") or 0


async def test_the_operator_is_reminded_at_the_policys_marks(place: Marketplace, database: Database) -> None:
    complaint_id, _ = await filed(place.vendor, [await deliver(place, place.vendor)])
    due = await rows_of("deadline", subject=complaint_id)
    assert [one["due_at"] for one in due] == [*MARKS, DECIDE_BY]
    assert (await row("complaint", id=complaint_id))["decide_by"] == DECIDE_BY
    assert place.operator.user_id is not None
    for count, mark in enumerate(MARKS, start=1):
        await database.clock.set(mark - SECOND)
        await sweep(QUIET)
        assert (await event_kinds(place.operator.user_id)).count("COMPLAINT_DUE") == count - 1
        await database.clock.set(mark)
        await sweep(QUIET)
        assert (await event_kinds(place.operator.user_id)).count("COMPLAINT_DUE") == count
    assert "COMPLAINT_DUE" not in await event_kinds(place.vendor.id)


@pytest.mark.parametrize("late", [SECOND * 0, SECOND, 9 * DAY])
async def test_on_day_22_it_is_flagged_escalated_and_counted_and_not_answered(
    place: Marketplace, database: Database, late: timedelta
) -> None:
    """S5.9: as of the end of day 21, whenever the sweep runs; both sides are notified, nothing is decided."""
    complaint_id, (item,) = await filed(place.vendor, [await deliver(place, place.vendor)])
    before = _overdue()
    await database.clock.set(DECIDE_BY - SECOND)
    await sweep(QUIET)
    assert (await row("complaint", id=complaint_id))["escalated_at"] is None
    assert _overdue() == before
    await database.clock.set(DECIDE_BY + late)
    await sweep(QUIET)
    complaint = await row("complaint", id=complaint_id)
    assert (complaint["escalated_at"], complaint["decided_at"]) == (DECIDE_BY, None)
    assert (await row("complaint_item", id=item["id"]))["verdict"] == "UNDER_REVIEW"
    assert _overdue() == before + 1
    for recipient in (place.operator.user_id, place.vendor.id):
        assert recipient is not None
        assert (await event_kinds(recipient)).count("COMPLAINT_OVERDUE") == 1
    (event,) = await rows_of("feed_event", kind="COMPLAINT_OVERDUE", recipient=place.vendor.id)
    assert event["at"] == DECIDE_BY
    assert "complaint_overdue" in await mailed(complaint_id)
    again = await snapshot(connection())
    await sweep(QUIET)
    assert await snapshot(connection()) == again
    assert _overdue() == before + 1
    await say(place.operator, verdict(item, REJECTED))
    complaint = await row("complaint", id=complaint_id)
    assert (complaint["escalated_at"], complaint["decided_at"]) == (DECIDE_BY, DECIDE_BY + late)


@pytest.mark.parametrize(
    ("at", "breached"), [(DECIDE_BY - SECOND, False), (DECIDE_BY, True), (DECIDE_BY + SECOND, True)]
)
async def test_a_late_decision_is_late_even_without_a_worker(
    place: Marketplace, database: Database, at: datetime, breached: bool
) -> None:
    complaint_id, (item,) = await filed(place.vendor, [await deliver(place, place.vendor)])
    before = _overdue()
    await database.clock.set(at)
    await say(place.operator, verdict(item, REJECTED))
    complaint = await row("complaint", id=complaint_id)
    assert complaint["escalated_at"] == (DECIDE_BY if breached else None)
    assert complaint["decided_at"] == at
    assert _overdue() == before + breached
    assert (await outcomes(complaint_id))["COMPLAINT_DECISION"] == ("overdue" if breached else "decided")
    settled = await snapshot(connection())
    await sweep(QUIET)
    assert await snapshot(connection()) == settled, "nothing is left to do"


async def test_a_partial_decision_leaves_the_rest_due(place: Marketplace, database: Database) -> None:
    deliveries = [await deliver(place, place.vendor) for _ in range(2)]
    complaint_id, items = await filed(place.vendor, deliveries)
    await say(place.operator, verdict(items[0], REJECTED))
    await database.clock.set(DECIDE_BY)
    await sweep(QUIET)
    assert (await row("complaint", id=complaint_id))["escalated_at"] == DECIDE_BY


@pytest.mark.parametrize("late", [SECOND * 0, SECOND, 30 * DAY])
async def test_without_a_replacement_points_are_credited_when_the_wait_ends(
    place: Marketplace, database: Database, late: timedelta
) -> None:
    delivery = await deliver(place, place.vendor)
    _, (item,) = await filed(place.vendor, [delivery], PROVEN)
    waiting = await remedy_of(delivery)
    assert (waiting["kind"], waiting["settled_at"], waiting["points"]) == ("REPLACEMENT", None, 0)
    assert (await row("deadline", subject=item["id"]))["due_at"] == WAIT_ENDS
    await database.clock.set(WAIT_ENDS - SECOND)
    await sweep(QUIET)
    assert await points(place.vendor.id) == (95, 0)
    await database.clock.set(WAIT_ENDS + late)
    await sweep(QUIET)
    assert await points(place.vendor.id) == (100, 0)
    settled = await remedy_of(delivery)
    assert (settled["kind"], settled["settled_at"], settled["points"]) == ("POINTS", WAIT_ENDS, 5)
    (event,) = await rows_of("feed_event", kind="REMEDY_POINTS")
    assert (event["recipient"], event["at"], event["delivery_id"]) == (place.vendor.id, WAIT_ENDS, delivery)
    assert await outcomes(item["id"]) == {"REPLACEMENT_FALLBACK": "points_given_back"}


@pytest.mark.parametrize(
    ("at", "kind"),
    [(WAIT_ENDS - SECOND, "REPLACEMENT"), (WAIT_ENDS, "POINTS"), (WAIT_ENDS + SECOND, "POINTS")],
)
async def test_stock_that_arrives_after_the_wait_is_too_late(
    place: Marketplace, database: Database, at: datetime, kind: str
) -> None:
    """Legal time: the points are due as of the end of the wait, even if no worker has run yet."""
    delivery = await deliver(place, place.vendor)
    _, (item,) = await filed(place.vendor, [delivery], PROVEN)
    await database.clock.set(at)
    await offer(place)
    await sweep(QUIET)
    settled = await remedy_of(delivery)
    assert (settled["kind"], settled["settled_at"]) == (kind, min(at, WAIT_ENDS))
    assert await points(place.vendor.id) == ((95, 0) if kind == "REPLACEMENT" else (100, 0))
    assert await outcomes(item["id"]) == {
        "REPLACEMENT_FALLBACK": "replaced" if kind == "REPLACEMENT" else "points_given_back"
    }


@pytest.mark.parametrize(
    ("cost", "title"), [(5, "No replacement found: 5 points credited"), (0, "No replacement found: “")]
)
async def test_the_notification_after_the_wait_says_that_no_replacement_arrived(
    place: Marketplace, database: Database, cost: int, title: str
) -> None:
    """It does not mention points if nothing was charged."""
    delivery = await deliver(place, place.vendor, points=cost)
    await filed(place.vendor, [delivery], PROVEN)
    await database.clock.set(WAIT_ENDS)
    await sweep(QUIET)
    newest, *_ = (await list_notifications(connection(), place.vendor.id, first=1)).items
    assert notice(newest, "en", "UTC").title.startswith(title)


async def test_a_wait_of_zero_days_credits_the_points_immediately(
    place: Marketplace, database: Database
) -> None:
    parameters = production_parameters()
    parameters["complaint"]["replacement_wait_days"] = 0
    await publish_policy(place.market.id, place.market.code, parameters, START)
    delivery = await deliver(place, place.vendor)
    await filed(place.vendor, [delivery], PROVEN)
    assert (await remedy_of(delivery))["kind"] == "POINTS"
    assert await points(place.vendor.id) == (100, 0)


@pytest.mark.parametrize(
    ("changes", "until", "decide_by", "marks"),
    [
        # 30 days end on Wednesday 1 April, 21 days on Monday 23 March.
        ({}, date(2026, 4, 1), date(2026, 3, 23), 3),
        # The last mark is a Sunday: with the switch, it would move to the last day, so it is left out. On
        # Good Friday, the switch moves it to the Tuesday after Easter.
        ({"window_days": 32, "move_holidays": True}, date(2026, 4, 7), date(2026, 3, 23), 2),
        # International Women's Day is a holiday only in Berlin; here it is a Sunday anyway.
        ({"decide_days": 6, "move_holidays": True}, date(2026, 4, 1), date(2026, 3, 9), 0),
        # Corpus Christi, 4 June, is a holiday in Bavaria, but not in Berlin.
        (
            {"window_days": 94, "move_holidays": True, "holidays_of": "DE-BY"},
            date(2026, 6, 5),
            date(2026, 3, 23),
            2,
        ),
        (
            {"window_days": 94, "move_holidays": True, "holidays_of": "DE-BE"},
            date(2026, 6, 4),
            date(2026, 3, 23),
            2,
        ),
        # A mark that the calendar would move to the last day is left out.
        ({"decide_days": 20, "move_holidays": True}, date(2026, 4, 1), date(2026, 3, 23), 2),
        ({"first_mark_days": 0, "last_mark_days": 21}, date(2026, 4, 1), date(2026, 3, 23), 1),
    ],
)
async def test_deadlines_follow_the_contracts_calendar(
    place: Marketplace, changes: dict[str, Any], until: date, decide_by: date, marks: int
) -> None:
    """The day in each row is the last day in time, in Berlin."""
    parameters = production_parameters()
    parameters["complaint"] |= changes
    await publish_policy(place.market.id, place.market.code, parameters, START)
    delivery = await deliver(place, place.vendor)
    complaint_id, _ = await filed(place.vendor, [delivery])
    ends = await fetch(
        connection(),
        """SELECT (delivery.complaint_until AT TIME ZONE 'Europe/Berlin')::date - 1 AS until,
                  (complaint.decide_by AT TIME ZONE 'Europe/Berlin')::date - 1 AS decide_by
           FROM delivery, complaint""",
    )
    assert (ends[0]["until"], ends[0]["decide_by"]) == (until, decide_by)
    reminders = await rows_of("deadline", subject=complaint_id, kind="COMPLAINT_REMINDER")
    assert len(reminders) == marks


async def test_a_refused_deadline_does_not_delay_the_others(place: Marketplace, database: Database) -> None:
    """The database refuses one deadline of a batch: the others are carried out, and that one stays due."""
    bad, good = await deliver(place, place.vendor), await deliver(place, place.vendor)
    _, (refused, paid) = await filed(place.vendor, [bad, good], PROVEN)
    await database.clock.set(WAIT_ENDS)
    await _block(bad)
    await sweep(QUIET)
    assert (await remedy_of(good))["kind"] == "POINTS"
    assert (await remedy_of(bad))["settled_at"] is None
    assert await outcomes(refused["id"]) == {"REPLACEMENT_FALLBACK": None}
    assert await outcomes(paid["id"]) == {"REPLACEMENT_FALLBACK": "points_given_back"}
    await _unblock()
    await sweep(QUIET)
    assert (await remedy_of(bad))["settled_at"] == WAIT_ENDS


async def _block(delivery_id: object) -> None:
    await fetch(
        connection(),
        f"""ALTER TABLE posting_group ADD CONSTRAINT blocked
            CHECK (business_key <> 'remedy:{delivery_id}') NOT VALID""",
    )


async def _unblock() -> None:
    await fetch(connection(), "ALTER TABLE posting_group DROP CONSTRAINT blocked")


async def test_returned_or_unlocked_stock_is_found_by_the_sweep(
    place: Marketplace, database: Database
) -> None:
    """The sweep finds an offer whose place was returned, or that was locked when it was needed."""
    lead = await make_contact(place.market)
    delivery = await deliver(place, place.vendor)
    await filed(place.vendor, [delivery], PROVEN)
    await fetch(
        connection(),
        """INSERT INTO offer (id, lead_id, kind, mode, points, cap, sold, offered_at)
           VALUES (gen_random_uuid(), $1, 'LEAD_CLUB', 'SHARED', 5, 1, 0, $2)""",
        lead.id,
        START,
    )
    await sweep(QUIET)
    replacement = await row("delivery", lead_id=lead.id)
    assert (await remedy_of(delivery))["replacement_id"] == replacement["id"]
