"""What each side may record about a meeting, and its consequences (readings under S1).

The branches of the refund are in `test_refund`.
"""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from models.applications.answer import decline
from models.applications.record_meeting import MOST_RECORDS, RECORDS_WITHIN, record_meeting
from models.applications.tables import MeetingEvidenceKind, Side
from models.base.database import connection
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.base.viewer import Viewer
from models.process.wake import Silence
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import HOUR, SECOND, START, Marketplace, apply
from tests.support.reading import application, event_kinds, points, refused, row, rows_of

QUIET = Silence()
MOVED, CANCELLED = MeetingEvidenceKind.RESCHEDULED, MeetingEvidenceKind.CANCELLED
TOOK_PLACE, NO_SHOW = MeetingEvidenceKind.TOOK_PLACE, MeetingEvidenceKind.NO_SHOW
FIRST, SECOND_TIME, THIRD = START + 20 * HOUR, START + 30 * HOUR, START + 40 * HOUR


def _viewer(place: Marketplace, side: Side) -> Viewer:
    return {
        Side.VENDOR: place.vendor.member,
        Side.PROSPECT: place.prospect.viewer,
        Side.OPERATOR: place.operator,
    }[side]


async def _record(
    place: Marketplace, made: UUID, side: Side, kind: MeetingEvidenceKind, at: datetime | None = None
) -> None:
    await record_meeting(
        _viewer(place, side), QUIET, application_id=made, kind=kind, idempotency_key=new_id().hex, at=at
    )


async def _times(made: UUID) -> tuple[datetime | None, datetime | None]:
    stored = await application(made)
    return stored["meeting_at"], stored["proposed_meeting_at"]


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("kind", [TOOK_PLACE, NO_SHOW])
@pytest.mark.parametrize("declined", [False, True])
async def test_only_prospect_and_operator_record_whether_a_meeting_took_place(
    place: Marketplace, database: Database, side: Side, kind: MeetingEvidenceKind, declined: bool
) -> None:
    """A vendor cannot record anything that helps its own refund: it is refused, and nothing changes."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    await database.clock.set(FIRST + HOUR)
    if declined:
        await decline(place.prospect.viewer, QUIET, made)
    before = await snapshot(connection())
    if side is Side.VENDOR:
        await refused(_record(place, made, side, kind), RefusalCode.FORBIDDEN, "kind")
        assert await snapshot(connection()) == before
        return
    await _record(place, made, side, kind)
    stored, record = await application(made), await row("meeting_record", application_id=made)
    assert (stored["statement"], stored["statement_by"]) == (kind, side)
    assert (record["kind"], record["side"]) == (kind, side)
    assert (record["recorded_by_id"], record["recorded_at"]) == (
        _viewer(place, side).user_id,
        database.clock.now,
    )
    assert (await event_kinds(place.vendor.id)).count("MEETING_RECORDED") == 1
    assert (await event_kinds(place.prospect.id)).count("MEETING_RECORDED") == 1


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ([(Side.PROSPECT, TOOK_PLACE), (Side.PROSPECT, NO_SHOW)], NO_SHOW),
        ([(Side.PROSPECT, TOOK_PLACE), (Side.OPERATOR, NO_SHOW)], NO_SHOW),
        ([(Side.OPERATOR, NO_SHOW), (Side.PROSPECT, TOOK_PLACE)], NO_SHOW),
        ([(Side.OPERATOR, TOOK_PLACE), (Side.PROSPECT, NO_SHOW)], TOOK_PLACE),
        ([(Side.OPERATOR, NO_SHOW), (Side.OPERATOR, TOOK_PLACE)], TOOK_PLACE),
    ],
)
async def test_the_operators_statement_overrides_the_prospects_and_the_latest_counts(
    place: Marketplace,
    database: Database,
    said: list[tuple[Side, MeetingEvidenceKind]],
    stands: MeetingEvidenceKind,
) -> None:
    """All statements stay on record."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    await database.clock.set(FIRST + HOUR)
    for side, kind in said:
        await _record(place, made, side, kind)
    assert (await application(made))["statement"] == stands
    assert [one["kind"] for one in await rows_of("meeting_record")] == [kind for _, kind in said]
    await decline(place.prospect.viewer, QUIET, made)
    assert await points(place.vendor.id) == ((100, 0) if stands is NO_SHOW else (90, 0))


@pytest.mark.parametrize(("proposer", "other"), [(Side.VENDOR, Side.PROSPECT), (Side.PROSPECT, Side.VENDOR)])
async def test_a_new_time_is_a_proposal_until_the_other_side_records_the_same(
    place: Marketplace, proposer: Side, other: Side
) -> None:
    """The proposer cannot agree with itself, and a counter-proposal replaces the proposal."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    await _record(place, made, proposer, MOVED, SECOND_TIME)
    assert await _times(made) == (FIRST, SECOND_TIME)
    await _record(place, made, proposer, MOVED, SECOND_TIME)
    assert await _times(made) == (FIRST, SECOND_TIME)
    await _record(place, made, other, MOVED, THIRD)
    assert await _times(made) == (FIRST, THIRD)
    await _record(place, made, other, MOVED, THIRD)
    assert await _times(made) == (FIRST, THIRD)
    await _record(place, made, proposer, MOVED, THIRD)
    assert await _times(made) == (THIRD, None)
    listeners = {Side.VENDOR: place.vendor.id, Side.PROSPECT: place.prospect.id}
    for side, proposals in ((other, 2), (proposer, 2)):
        heard = await event_kinds(listeners[side])
        assert (heard.count("MEETING_PROPOSED"), heard.count("MEETING_AGREED")) == (proposals, 1)


async def test_the_operators_new_time_applies_immediately(place: Marketplace) -> None:
    """It also ends a pending proposal."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    await _record(place, made, Side.VENDOR, MOVED, SECOND_TIME)
    await _record(place, made, Side.OPERATOR, MOVED, THIRD)
    assert await _times(made) == (THIRD, None)


async def test_a_vendors_proposal_alone_does_not_move_the_refund(
    place: Marketplace, database: Database
) -> None:
    """The scheduled time is the last time known to both sides: a decline after it is not refunded."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    await _record(place, made, Side.VENDOR, MOVED, THIRD)
    await database.clock.set(FIRST)
    await decline(place.prospect.viewer, QUIET, made)
    assert await points(place.vendor.id) == (90, 0)


async def test_a_meeting_moved_by_agreement_moves_the_refund(place: Marketplace, database: Database) -> None:
    """A decline before the new time is refunded."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    await _record(place, made, Side.VENDOR, MOVED, THIRD)
    await _record(place, made, Side.PROSPECT, MOVED, THIRD)
    await database.clock.set(FIRST + HOUR)
    await decline(place.prospect.viewer, QUIET, made)
    assert await points(place.vendor.id) == (100, 0)


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize(("offset", "cancelled"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)])
async def test_either_side_can_cancel_a_meeting_before_its_time(
    place: Marketplace, database: Database, side: Side, offset: timedelta, cancelled: bool
) -> None:
    """From its time on, a meeting cannot be cancelled, and a decline is not refunded."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    await database.clock.set(FIRST + offset)
    if cancelled:
        await _record(place, made, side, CANCELLED)
        assert await _times(made) == (None, None)
        assert "MEETING_CANCELLED" in await event_kinds(place.vendor.id)
        assert "MEETING_CANCELLED" in await event_kinds(place.prospect.id)
        await refused(_record(place, made, side, CANCELLED), RefusalCode.CONFLICT)
    else:
        before = await snapshot(connection())
        await refused(_record(place, made, side, CANCELLED), RefusalCode.CONFLICT, "applicationId")
        assert await snapshot(connection()) == before
    await database.clock.set(FIRST + HOUR)
    await decline(place.prospect.viewer, QUIET, made)
    assert await points(place.vendor.id) == ((100, 0) if cancelled else (90, 0))


@pytest.mark.parametrize("side", list(Side))
async def test_a_meeting_cannot_be_moved_or_cancelled_after_a_decline(place: Marketplace, side: Side) -> None:
    """Past events can still be recorded; future ones cannot."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    await decline(place.prospect.viewer, QUIET, made)
    before = await snapshot(connection())
    await refused(_record(place, made, side, MOVED, SECOND_TIME), RefusalCode.CONFLICT)
    await refused(_record(place, made, side, CANCELLED), RefusalCode.CONFLICT)
    assert await snapshot(connection()) == before


async def test_impossible_times_are_refused(place: Marketplace, database: Database) -> None:
    """A new time must be in the future and within a year; a past event must be in the past."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    before = await snapshot(connection())
    side = Side.PROSPECT
    await refused(_record(place, made, side, MOVED), RefusalCode.REQUIRED, "at")
    for at in (START, START - SECOND, START + timedelta(days=366) + SECOND):
        await refused(_record(place, made, side, MOVED, at), RefusalCode.INVALID, "at")
    await refused(_record(place, made, side, TOOK_PLACE, START + SECOND), RefusalCode.INVALID, "at")
    await refused(_record(place, made, side, NO_SHOW), RefusalCode.CONFLICT, "kind")
    assert await snapshot(connection()) == before
    await _record(place, made, side, MOVED, START + timedelta(days=366))
    await _record(place, made, side, TOOK_PLACE, START)


async def _version(made: UUID) -> int:
    version: int = (await application(made))["version"]
    return version


async def test_a_vendors_proposals_do_not_make_an_answer_fail(place: Marketplace) -> None:
    """A decline with an earlier version succeeds; an agreed or cancelled meeting creates a new version."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    read = await _version(made)
    for hours in range(5):
        await _record(place, made, Side.VENDOR, MOVED, SECOND_TIME + hours * HOUR)
    assert await _version(made) == read
    assert await _times(made) == (FIRST, SECOND_TIME + 4 * HOUR)
    await decline(place.prospect.viewer, QUIET, made, expected_version=read)
    assert (await application(made))["declined_at"] == START


@pytest.mark.parametrize(
    ("side", "kind"), [(Side.PROSPECT, MOVED), (Side.VENDOR, CANCELLED), (Side.OPERATOR, MOVED)]
)
async def test_a_meeting_change_that_binds_both_sides_creates_a_new_version(
    place: Marketplace, side: Side, kind: MeetingEvidenceKind
) -> None:
    """An answer with the previous version is stale."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    await _record(place, made, Side.VENDOR, MOVED, SECOND_TIME)
    read = await _version(made)
    await _record(place, made, side, kind, SECOND_TIME if kind is MOVED else None)
    assert await _version(made) == read + 1
    late = decline(place.prospect.viewer, QUIET, made, expected_version=read)
    await refused(late, RefusalCode.STALE_VERSION, "expectedVersion")


@pytest.mark.parametrize(("side", "other"), [(Side.VENDOR, Side.PROSPECT), (Side.PROSPECT, Side.VENDOR)])
async def test_one_side_can_propose_twenty_times_a_day(
    place: Marketplace, database: Database, side: Side, other: Side
) -> None:
    """The next one is refused and changes nothing; the other side can agree, and a day later it succeeds."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    for minutes in range(MOST_RECORDS):
        await _record(place, made, side, MOVED, SECOND_TIME + timedelta(minutes=minutes))
    last = SECOND_TIME + timedelta(minutes=MOST_RECORDS - 1)
    before = await snapshot(connection())
    await refused(_record(place, made, side, MOVED, THIRD), RefusalCode.LIMIT_EXCEEDED, "kind")
    assert await snapshot(connection()) == before
    await _record(place, made, other, MOVED, last)
    assert await _times(made) == (last, None)
    await _record(place, made, other, MOVED, THIRD)
    await _record(place, made, side, MOVED, THIRD)  # agreeing is not a proposal
    assert await _times(made) == (THIRD, None)
    await database.clock.set(START + RECORDS_WITHIN - SECOND)
    await refused(_record(place, made, side, MOVED, last), RefusalCode.LIMIT_EXCEEDED, "kind")
    await database.clock.set(START + RECORDS_WITHIN)
    await _record(place, made, side, MOVED, last)


async def test_a_prospect_can_record_a_meetings_outcome_twenty_times_a_day(
    place: Marketplace, database: Database
) -> None:
    """Each record notifies the vendor; the operator has no such limit, because its statement is final."""
    made = await apply(place.vendor, place.lead, meeting_at=FIRST)
    await database.clock.set(FIRST + HOUR)
    for _ in range(MOST_RECORDS):
        await _record(place, made, Side.PROSPECT, TOOK_PLACE)
    await refused(_record(place, made, Side.PROSPECT, TOOK_PLACE), RefusalCode.LIMIT_EXCEEDED, "kind")
    for _ in range(MOST_RECORDS + 1):
        await _record(place, made, Side.OPERATOR, NO_SHOW)
