"""After the commit, readers are woken and workers get the next due time.

Redis itself is tested with the workers.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.accounts.purchase_points import purchase_points
from models.applications.answer import accept, decline, review
from models.applications.record_meeting import record_meeting
from models.applications.tables import MeetingEvidenceKind
from models.base.database import connection, fetch_one
from models.base.refusal import Refusal
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from tests.support.database import Database
from tests.support.marketplace import HOUR, START, Marketplace, apply
from tests.support.reading import refusal

QUIET = Silence()


class Ear:
    """Records the wake-ups, and how many events of each recipient another connection sees at that moment."""

    def __init__(self) -> None:
        self.heard: list[tuple[set[UUID], set[datetime]]] = []
        self.visible: dict[UUID, int] = {}

    async def look_up(self, search_id: UUID) -> None:
        """Not heard here."""

    async def send(self, recipients: Collection[UUID], due: Collection[datetime]) -> None:
        """Record the wake-up."""
        self.heard.append((set(recipients), set(due)))
        for recipient in recipients:
            row = await fetch_one(
                connection(), "SELECT count(*) AS n FROM feed_event WHERE recipient = $1", recipient
            )
            assert row is not None
            self.visible[recipient] = row["n"]


async def test_an_application_wakes_both_sides_and_schedules_both_sweeps(place: Marketplace) -> None:
    """Due times are announced after the commit."""
    ear = Ear()
    await apply(place.vendor, place.lead, wake=ear)
    both = {place.vendor.id, place.prospect.id}
    assert ear.heard == [(both, {START + 24 * HOUR, START + 48 * HOUR})]
    assert ear.visible == {place.vendor.id: 2, place.prospect.id: 1}


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("answer", [accept, decline])
async def test_an_answer_wakes_everybody_it_notifies(
    place: Marketplace, database: Database, answer: Any, late: bool
) -> None:
    """Including the recipients of what the answer settled because no worker had run."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(START + (60 if late else 1) * HOUR)
    ear = Ear()
    await answer(place.prospect.viewer, ear, made)
    both = {place.vendor.id, place.prospect.id}
    assert ear.heard == [(both if late or answer is accept else {place.vendor.id}, set())]


async def test_a_review_that_settles_deadlines_wakes_readers_too(
    place: Marketplace, database: Database
) -> None:
    """The vendor learns of the reveal without waiting for a worker."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(START + 60 * HOUR)
    ear = Ear()
    await review(place.prospect.viewer, ear, made)
    assert ear.heard == [({place.vendor.id, place.prospect.id}, set())]


async def test_purchases_and_meetings_wake_those_concerned(place: Marketplace) -> None:
    """Each wakes the recipients concerned; repeating a key wakes nobody."""
    made = await apply(place.vendor, place.lead)
    ear = Ear()
    for _ in range(2):
        await purchase_points(
            place.operator, ear, account_id=place.vendor.id, points=1, idempotency_key="a key"
        )
        await record_meeting(
            place.vendor.owner,
            ear,
            application_id=made,
            kind=MeetingEvidenceKind.RESCHEDULED,
            idempotency_key="a key",
            at=START + HOUR,
        )
    assert ear.heard == [({place.vendor.id}, set()), ({place.prospect.id}, set())]


async def test_a_refusal_wakes_nobody(place: Marketplace, database: Database) -> None:
    """Nothing was committed."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(START + 60 * HOUR)
    ear = Ear()
    found = [
        await refusal(apply(place.vendor, place.lead, wake=ear)),
        await refusal(accept(place.other_prospect.viewer, ear, made)),
        await refusal(decline(place.prospect.viewer, ear, made, expected_version=7)),
    ]
    assert all(isinstance(one, Refusal) for one in found)
    assert ear.heard == []


async def test_a_sweep_wakes_once_and_reports_lateness_and_whether_more_is_due(
    place: Marketplace, database: Database
) -> None:
    """In batches, oldest first, until nothing is due."""
    for vendor in (place.vendor, place.other_vendor):
        await apply(vendor, place.lead)
        await database.clock.advance(timedelta(minutes=1))
    ear = Ear()
    await database.clock.set(START + 48 * HOUR + timedelta(minutes=1))
    first = await sweep(ear, batch=1)
    assert (len(first.deadlines), first.more) == (2, True), "what is due on a case is settled together"
    assert sorted(first.lateness) == [60.0, 60.0 + 24 * 3600]
    second = await sweep(ear, batch=1)
    third = await sweep(ear, batch=1)
    assert (len(second.deadlines), second.more) == (2, True)
    assert (list(third.deadlines), third.more) == ([], False)
    woken = [recipients for recipients, _ in ear.heard if recipients]
    assert woken == [
        {place.vendor.id, place.prospect.id},
        {place.other_vendor.id, place.prospect.id},
    ]
