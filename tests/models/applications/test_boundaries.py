"""S1.1 to S1.3 to the second: an answer before, at and after 48 hours, whatever the workers do.

The tests set the database's clock and never sleep.
"""

from datetime import timedelta

import pytest

from models.applications.answer import accept, decline
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from tests.support.database import Database
from tests.support.marketplace import SECOND, START, Marketplace, apply
from tests.support.reading import (
    REVEAL_AFTER,
    application,
    decided,
    event_kinds,
    mailed,
    movements,
    outcomes,
    points,
    row,
    rows_of,
)

QUIET = Silence()
MICROSECOND = timedelta(microseconds=1)
DUE = START + REVEAL_AFTER
WORKERS = pytest.mark.parametrize("worker", ["down", "before", "after"])
# `before` sweeps at the reveal's due time and at the answer's instant; `down` never sweeps.


@WORKERS
@pytest.mark.parametrize(
    ("offset", "timely"),
    [(-SECOND, True), (-MICROSECOND, True), (timedelta(0), False), (MICROSECOND, False), (SECOND, False)],
)
async def test_a_decline_is_timely_until_48_hours(
    place: Marketplace, database: Database, worker: str, offset: timedelta, timely: bool
) -> None:
    """Before 48 h, the contact stays hidden and the fee is released; later, it was revealed at 48 h."""
    made = await apply(place.vendor, place.lead)
    answer_at = DUE + offset
    if worker == "before":
        for instant in (min(DUE, answer_at), answer_at):
            await database.clock.set(instant)
            await sweep(QUIET)
    await database.clock.set(answer_at)
    await decline(place.prospect.viewer, QUIET, made)
    if worker == "after":
        await database.clock.set(answer_at + 100 * SECOND)
        await sweep(QUIET)

    stored = await application(made)
    assert stored["declined_at"] == answer_at
    assert stored["revealed_at"] == (None if timely else DUE)
    assert stored["hold"] == ("RELEASED" if timely else "CAPTURED")
    assert await points(place.vendor.id) == (100, 0), "both are refunded: production refunds late declines"
    back = (
        ("RELEASE", {"HOLD": -10, "AVAILABLE": 10})
        if timely
        else ("REFUND", {"REVENUE": -10, "AVAILABLE": 10})
    )
    taken = [] if timely else [("CAPTURE", {"HOLD": -10, "REVENUE": 10})]
    assert await movements(made) == [("HOLD", {"AVAILABLE": -10, "HOLD": 10}), *taken, back]
    late = "declined_in_time" if timely else "declined_late"
    assert await decided(made, "refund") == [late]
    assert await decided(made, "visibility") == ([late] if timely else ["revealed_by_silence", late])
    assert (await outcomes(made))["REVEAL"] == ("answered" if timely else "revealed_by_silence")


@WORKERS
@pytest.mark.parametrize(
    ("offset", "opened"),
    [(-SECOND, "ACCEPTED"), (timedelta(0), "SILENCE"), (SECOND, "SILENCE")],
)
async def test_an_acceptance_reveals_immediately_and_a_late_one_changes_nothing(
    place: Marketplace, database: Database, worker: str, offset: timedelta, opened: str
) -> None:
    """Before 48 h, the acceptance reveals the contact; from 48 h on, it was revealed at exactly 48 h."""
    made = await apply(place.vendor, place.lead)
    answer_at = DUE + offset
    if worker == "before":
        for instant in (min(DUE, answer_at), answer_at):
            await database.clock.set(instant)
            await sweep(QUIET)
    await database.clock.set(answer_at)
    await accept(place.prospect.viewer, QUIET, made)
    if worker == "after":
        await database.clock.set(answer_at + 100 * SECOND)
        await sweep(QUIET)

    stored, delivery = await application(made), await row("delivery", application_id=made)
    by_answer = opened == "ACCEPTED"
    assert stored["accepted_at"] == answer_at
    assert stored["revealed_at"] == delivery["received_at"] == (answer_at if by_answer else DUE)
    assert (stored["hold"], await points(place.vendor.id)) == ("CAPTURED", (90, 0))
    reveal = (await row("decision", id=delivery["decision_id"]))["rule_id"]
    assert reveal == ("prospect_accepted" if by_answer else "revealed_by_silence")
    events = [
        kind for kind in await event_kinds(place.vendor.id) if kind.startswith(("APPLICATION_A", "CONTACT"))
    ]
    assert events == (["APPLICATION_ACCEPTED"] if by_answer else ["CONTACT_REVEALED", "APPLICATION_ACCEPTED"])
    assert (await mailed(made)).count("contact_available") == 1


@pytest.mark.parametrize("late", [timedelta(0), SECOND, timedelta(days=7), timedelta(days=400)])
async def test_a_reveal_is_as_of_its_due_time_however_late_the_sweep(
    place: Marketplace, database: Database, late: timedelta
) -> None:
    """`revealed_at` is the due time; the time of execution is stored separately."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(DUE + late)
    settled = await sweep(QUIET)
    assert settled.lateness == [(late + REVEAL_AFTER / 2).total_seconds(), late.total_seconds()]
    stored, delivery = await application(made), await row("delivery", application_id=made)
    assert stored["revealed_at"] == delivery["received_at"] == DUE
    decision = await row("decision", id=delivery["decision_id"])
    assert (decision["decided_at"], decision["recorded_at"]) == (DUE, DUE + late)
    assert (await row("deadline", subject=made, kind="REVEAL"))["done_at"] == DUE + late
    event = await row("feed_event", application_id=made, kind="CONTACT_REVEALED")
    assert (event["at"], event["delivery_id"]) == (DUE, delivery["id"])
    assert await points(place.vendor.id) == (90, 0)


async def test_nothing_is_revealed_a_microsecond_before_it_is_due(
    place: Marketplace, database: Database
) -> None:
    """The reveal happens at t >= 48 h."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(DUE - MICROSECOND)
    await sweep(QUIET)
    assert (await application(made))["revealed_at"] is None
    assert await rows_of("delivery") == []
    await database.clock.set(DUE)
    await sweep(QUIET)
    assert (await application(made))["revealed_at"] == DUE


async def test_the_complaint_window_starts_at_the_reveal_not_at_the_sweep(
    place: Marketplace, database: Database
) -> None:
    """S5.8: 30 calendar days from the receipt, in the contract's time zone."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(DUE + timedelta(days=9))
    await sweep(QUIET)
    delivery = await row("delivery", application_id=made)
    assert delivery["complaint_until"].isoformat() == "2026-04-03T22:00:00+00:00"
