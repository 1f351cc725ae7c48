"""Recorded attempts: when they may have been made, and what happens to one against a stop."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from models.base.database import connection
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.base.viewer import Viewer
from models.contacting.lift_stop import lift_stop
from models.contacting.list import attempts_by_id
from models.contacting.record_attempt import (
    OUTCOMES,
    AttemptInput,
    proposed_stop,
    record_attempt,
)
from models.contacting.set_stop import StopInput
from models.contacting.tables import ContactOutcome
from models.process.wake import Silence
from rules.contacting.terms import Medium
from tests.models.contacting.test_setting_stops import stop
from tests.support.complaints import deliver
from tests.support.concurrency import codes, holding
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import START, Marketplace, apply
from tests.support.reading import event_kinds, refused, row, rows_of
from tests.support.stops import insert_stop

TICK, DAY = timedelta(microseconds=1), timedelta(days=1)
PROSPECT = "SELECT FROM prospect WHERE id = $1 FOR NO KEY UPDATE"


async def _record(
    viewer: Viewer,
    lead_id: UUID,
    at: datetime = START,
    medium: Medium = Medium.CALL,
    outcome: ContactOutcome = ContactOutcome.NO_ANSWER,
    key: str = "",
) -> UUID:
    given = AttemptInput(lead_id, medium, at, outcome)
    return await record_attempt(viewer, Silence(), given, key or new_id().hex)


@pytest.fixture(name="held")
async def _held(place: Marketplace) -> Marketplace:
    """The vendor holds the contact of the lead."""
    await deliver(place, place.vendor, place.lead, points=0)
    return place


@pytest.mark.parametrize(
    ("at", "accepted"),
    [
        (START, True),
        (START + TICK, False),
        (START - 30 * DAY, True),
        (START - 30 * DAY - TICK, False),
    ],
)
async def test_an_attempt_is_recorded_within_30_days(
    held: Marketplace, database: Database, at: datetime, *, accepted: bool
) -> None:
    if accepted:
        await _record(held.vendor.member, held.lead.id, at)
    else:
        await refused(_record(held.vendor.member, held.lead.id, at), RefusalCode.INVALID, "at")
    assert [one["at"] for one in await rows_of("contact_attempt")] == [at] * accepted


async def test_only_owners_and_members_who_see_the_contact_record_attempts(
    held: Marketplace, database: Database
) -> None:
    await apply(held.other_vendor, held.lead)
    before = await snapshot(connection())
    for viewer, code in [
        (held.vendor.employee, RefusalCode.FORBIDDEN),
        (held.prospect.viewer, RefusalCode.FORBIDDEN),
        (held.operator, RefusalCode.FORBIDDEN),
        (held.agent, RefusalCode.FORBIDDEN),
        (held.other_vendor.owner, RefusalCode.REFUSED_BY_RULE),
    ]:
        await refused(_record(viewer, held.lead.id), code)
    await refused(_record(held.vendor.owner, new_id()), RefusalCode.NOT_FOUND, "leadId")
    assert await snapshot(connection()) == before


async def test_two_attempts_at_one_instant_count_twice(held: Marketplace, database: Database) -> None:
    for _ in range(2):
        await _record(held.vendor.owner, held.lead.id)
    assert len(await rows_of("contact_attempt")) == 2


async def test_the_same_key_records_once(held: Marketplace, database: Database) -> None:
    first = await _record(held.vendor.owner, held.lead.id, key="once")
    assert await _record(held.vendor.owner, held.lead.id, key="once") == first
    other = _record(held.vendor.owner, held.lead.id, START - DAY, key="once")
    await refused(other, RefusalCode.IDEMPOTENCY_CONFLICT)
    assert len(await rows_of("contact_attempt")) == 1


@pytest.mark.parametrize(
    ("set_", "medium", "at", "against"),
    [
        ({}, Medium.CALL, START, True),
        ({}, Medium.CALL, START - TICK, False),
        ({"medium": "CALL"}, Medium.CALL, START, True),
        ({"medium": "EMAIL"}, Medium.CALL, START, False),
        ({"until": START + DAY}, Medium.CALL, START + DAY - TICK, True),
        ({"until": START + DAY}, Medium.CALL, START + DAY, False),
    ],
)
async def test_an_attempt_is_against_a_stop_that_held_at_its_instant(
    held: Marketplace,
    database: Database,
    set_: dict[str, object],
    medium: Medium,
    at: datetime,
    *,
    against: bool,
) -> None:
    await insert_stop(held.prospect.id, START, **set_)  # type: ignore[arg-type]
    await database.clock.set(START + 2 * DAY)
    attempt = await _record(held.vendor.owner, held.lead.id, at, medium)
    assert (await row("contact_attempt"))["against_stop"] is against
    kinds = await event_kinds(held.vendor.id)
    assert ("ATTEMPT_AGAINST_STOP" in kinds) == against
    assert held.operator.user_id is not None
    assert ("ATTEMPT_AGAINST_STOP" in await event_kinds(held.operator.user_id)) == against
    assert (await attempts_by_id(connection(), held.vendor.owner, [attempt]))[attempt].against_stop is against


async def test_a_lifted_stop_counts_for_its_time_only(held: Marketplace, database: Database) -> None:
    stop_id = await stop(held.prospect.viewer, StopInput(medium=Medium.CALL))
    await database.clock.set(START + DAY)
    await lift_stop(held.prospect.viewer, stop_id, reason="Call me.")
    await _record(held.vendor.owner, held.lead.id, START + DAY - TICK)
    await _record(held.vendor.owner, held.lead.id, START + DAY)
    found = {one["at"]: one["against_stop"] for one in await rows_of("contact_attempt")}
    assert found == {START + DAY - TICK: True, START + DAY: False}


async def test_a_stop_of_another_vendor_is_none(held: Marketplace, database: Database) -> None:
    await insert_stop(held.prospect.id, START, account_id=held.other_vendor.id)
    await _record(held.vendor.owner, held.lead.id)
    assert (await row("contact_attempt"))["against_stop"] is False


async def test_a_stop_and_an_attempt_are_in_order(held: Marketplace, database: Database) -> None:
    """The attempt waits for the stop that is being set, and then sees it: it happened all the same."""
    async with holding(database.url, PROSPECT, held.prospect.id) as meeting:
        await meeting.join(_record(held.vendor.owner, held.lead.id))
        await meeting.holder.execute(
            """INSERT INTO do_not_contact (id, act_id, prospect_id, scope, since, origin)
               VALUES (gen_random_uuid(), gen_random_uuid(), $1, 'MARKET', $2, 'PERSON')""",
            held.prospect.id,
            START,
        )
    assert codes(await meeting.outcomes()) == ["done"]
    assert (await row("contact_attempt"))["against_stop"] is True


@pytest.mark.parametrize("medium", Medium)
@pytest.mark.parametrize("outcome", ContactOutcome)
async def test_an_outcome_fits_its_medium(
    held: Marketplace, database: Database, medium: Medium, outcome: ContactOutcome
) -> None:
    recording = _record(held.vendor.owner, held.lead.id, START, medium, outcome)
    if outcome in OUTCOMES[medium]:
        await recording
    else:
        await refused(recording, RefusalCode.INVALID, "outcome")


@pytest.mark.parametrize("outcome", ContactOutcome)
def test_a_refusal_and_a_wrong_number_suggest_a_stop(outcome: ContactOutcome) -> None:
    suggested = proposed_stop(Medium.CALL, outcome)
    expected = outcome if outcome in (ContactOutcome.REFUSED, ContactOutcome.WRONG_NUMBER) else None
    assert (suggested and suggested.reason.value) == (expected and expected.value)
