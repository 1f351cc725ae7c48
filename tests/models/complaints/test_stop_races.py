"""A do-not-contact stop concurrent with answers, sweeps, reveals and new applications is serialised.

Calls are queued in a known order where possible; the rest runs freely and many times.
"""

from typing import Any
from uuid import UUID

import pytest

from models.applications.answer import accept, decline
from models.deadlines.sweep import sweep
from tests.support.complaints import NO_CONSENT, QUIET, deliver, filed, make_contact, say, verdict
from tests.support.concurrency import APPLICATION, codes, freely, holding
from tests.support.database import Database
from tests.support.marketplace import SECOND, START, MadeLead, Marketplace, apply, make_lead, make_vendor
from tests.support.reading import REVEAL_AFTER, application, decided, row, rows_of

PROSPECT = "SELECT FROM prospect WHERE id = $1 FOR SHARE"


@pytest.fixture(name="lead")
async def _lead(place: Marketplace) -> MadeLead:
    return await make_contact(place.market)


async def _filed(place: Marketplace, lead: MadeLead) -> Any:
    """File an item that waits for the operator: upholding it stops all contact with the lead's person."""
    delivery = await deliver(place, place.vendor, lead, points=0)
    _, (item,) = await filed(place.vendor, [delivery], reason=NO_CONSENT)
    return item


@pytest.mark.parametrize("action", ["accept", "decline", "stop"])
async def test_a_stop_and_an_answer_are_serialised(
    place: Marketplace, database: Database, lead: MadeLead, action: str
) -> None:
    """An earlier answer holds, even if the stop was decided while it was in progress."""
    made = await apply(place.other_vendor, lead)
    item = await _filed(place, lead)
    answers: dict[str, Any] = {"accept": accept, "decline": decline}
    calls = [say(place.operator, verdict(item))]
    if action in answers:
        calls.insert(0, answers[action](lead.prospect.viewer, QUIET, made))
    else:
        calls.append(accept(lead.prospect.viewer, QUIET, made))
    async with holding(database.url, APPLICATION, made) as meeting:
        for call in calls:
            await meeting.join(call)
    expected = ["done", "done"] if action in answers else ["done", "REFUSED_BY_RULE"]
    assert codes(await meeting.outcomes()) == expected
    stored = await application(made)
    assert (stored["accepted_at"] is not None) == (action == "accept")
    assert (stored["ended_at"] is not None) == (action == "stop")
    assert len(await rows_of("delivery", application_id=made)) == (action == "accept")


async def test_a_stop_is_judged_by_the_clock_after_its_locks(
    place: Marketplace, database: Database, lead: MadeLead
) -> None:
    """It began a second before 48 hours and got its lock at 48 hours: the contact data was revealed."""
    made = await apply(place.other_vendor, lead)
    item = await _filed(place, lead)
    await database.clock.advance(REVEAL_AFTER - SECOND)
    async with holding(database.url, APPLICATION, made) as meeting:
        await meeting.join(say(place.operator, verdict(item)))
        # The lock is held: the stop has read the clock before, so the clock cannot be set again.
        await meeting.holder.execute("UPDATE test_clock SET at = $1", START + REVEAL_AFTER)
    assert codes(await meeting.outcomes()) == ["done"]
    assert (await row("delivery", application_id=made))["received_at"] == START + REVEAL_AFTER
    assert (await row("do_not_contact"))["since"] == START + REVEAL_AFTER


async def test_an_application_in_progress_for_a_new_lead_ends_with_the_stop(
    place: Marketplace, database: Database, lead: MadeLead
) -> None:
    """The lead was created after the stop had looked; both lock the person, not only the leads."""
    item = await _filed(place, lead)
    async with holding(database.url, PROSPECT, lead.prospect.id) as meeting:
        await meeting.join(say(place.operator, verdict(item)))
        made = await apply(place.other_vendor, await make_lead(place.market, lead.prospect))
    assert codes(await meeting.outcomes()) == ["done"]
    assert (await application(made))["ended_at"] == START


@pytest.mark.parametrize("due", [False, True])
async def test_a_stop_racing_with_everything_leaves_nothing_pending(
    place: Marketplace, database: Database, due: bool
) -> None:
    """Whichever is first, the clock decides what is revealed; nothing stays pending or deadlocks."""
    rivals = [place.other_vendor, *[await make_vendor(100) for _ in range(2)]]
    stops, waiting = [], list[UUID]()
    for _ in range(3):
        lead = await make_contact(place.market)
        waiting += [await apply(rival, lead) for rival in rivals]
        stops.append((lead, await _filed(place, lead)))
    await database.clock.advance(REVEAL_AFTER if due else REVEAL_AFTER - SECOND)
    for number, (lead, item) in enumerate(stops):
        answered = waiting[3 * number]
        found = await freely(
            sweep(QUIET, 2),
            say(place.operator, verdict(item)),
            decline(lead.prospect.viewer, QUIET, answered),
            sweep(QUIET),
            apply(place.vendor, await make_lead(place.market, lead.prospect)),
        )
        assert codes(found)[1] == "done"
        assert codes(found)[4] in {"done", "NOT_FOUND"}
        for silent in waiting[3 * number + 1 : 3 * number + 3]:
            stored = await application(silent)
            assert stored["revealed_at"] == (START + REVEAL_AFTER if due else None)
            assert (stored["ended_at"] is None) == due
            rule = "revealed_by_silence" if due else "contact_stopped"
            assert await decided(silent, "visibility") == [rule]
    late = await rows_of("application", account_id=place.vendor.id)
    assert [one for one in late if one["ended_at"] is None] == []
