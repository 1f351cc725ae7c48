"""S1.9: what happens to the fee of a declined application, in every branch, exactly once.

The tests set the database's clock and never sleep.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from models.applications.answer import accept, decline
from models.applications.record_meeting import record_meeting
from models.applications.tables import MeetingEvidenceKind
from models.base.ids import new_id
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from rules import production_parameters
from rules.parameters import Parameters
from tests.support.database import Database
from tests.support.marketplace import HOUR, SECOND, START, Marketplace, apply, make_lead, publish_policy
from tests.support.reading import application, decided, event_kinds, movements, points, row, system_saw

QUIET = Silence()
TOOK_PLACE, NO_SHOW = MeetingEvidenceKind.TOOK_PLACE, MeetingEvidenceKind.NO_SHOW
TIMELY, LATE = 40, 60  # hours after receipt


@dataclass(frozen=True)
class Branch:
    """One way to a decline; times are in hours after receipt."""

    rule: str
    declined: float = TIMELY
    accepted: float | None = None
    meeting: float | None = None
    said: MeetingEvidenceKind | None = None
    both_joined: bool = False
    call_seconds: int = 0
    off: str | None = None  # a switch of the refund policy that is turned off


BACK = [
    Branch("declined_in_time"),
    Branch("declined_in_time", meeting=TIMELY + 1),
    Branch("declined_in_time", meeting=TIMELY + 1 / 3600),
    Branch("declined_in_time", call_seconds=119),
    Branch("declined_in_time", off="late_declines"),
    Branch("declined_in_time", off="withdrawals"),
    Branch("declined_in_time", off="no_show_restores"),
    Branch("declined_late", declined=LATE),
    Branch("declined_late", declined=LATE, meeting=LATE + 1),
    Branch("withdrawn_before_meeting", accepted=10),
    Branch("withdrawn_before_meeting", accepted=10, declined=LATE, off="late_declines"),
    Branch("withdrawn_before_meeting", accepted=10, meeting=TIMELY + 1),
    Branch("withdrawn_before_meeting", accepted=49, declined=LATE),
    Branch("no_show_recorded", said=NO_SHOW),
    Branch("no_show_recorded", said=NO_SHOW, meeting=20),
    Branch("no_show_recorded", said=NO_SHOW, meeting=20, declined=LATE),
    Branch("no_show_recorded", said=NO_SHOW, both_joined=True, call_seconds=900),
    Branch("no_show_recorded", said=NO_SHOW, off="no_show_restores"),
    Branch("no_show_recorded", said=NO_SHOW, meeting=20, accepted=10),
]
RETAINED = [
    Branch("answered_from_meeting_on", meeting=TIMELY),
    Branch("answered_from_meeting_on", meeting=20),
    Branch("answered_from_meeting_on", meeting=20, declined=LATE),
    Branch("answered_from_meeting_on", meeting=20, accepted=10),
    Branch("meeting_confirmed", said=TOOK_PLACE),
    Branch("meeting_confirmed", said=TOOK_PLACE, declined=LATE, meeting=LATE + 1),
    Branch("meeting_confirmed", said=TOOK_PLACE, accepted=10),
    Branch("both_joined_meeting", both_joined=True),
    Branch("both_joined_meeting", both_joined=True, declined=LATE),
    Branch("call_took_place", call_seconds=120),
    Branch("call_took_place", call_seconds=120, accepted=10),
    Branch("late_decline_not_refunded", declined=LATE, off="late_declines"),
    Branch("late_decline_not_refunded", declined=LATE, off="late_declines", said=NO_SHOW),
    Branch("late_decline_not_refunded", declined=48, off="late_declines"),
    Branch("withdrawal_not_refunded", accepted=10, off="withdrawals"),
    Branch("no_show_does_not_restore", said=NO_SHOW, meeting=20, off="no_show_restores"),
]


def _without(switch: str) -> Parameters:
    parameters = production_parameters()
    parameters["refund"][switch] = False
    return parameters


@pytest.mark.parametrize(
    ("branch", "back"),
    [(branch, True) for branch in BACK] + [(branch, False) for branch in RETAINED],
    ids=lambda value: value.rule if isinstance(value, Branch) else ("back" if value else "kept"),
)
async def test_a_decline_refunds_unless_a_meeting_or_a_switch_forbids_it(
    place: Marketplace, database: Database, branch: Branch, back: bool
) -> None:
    """The rule that decides, the resulting movements and the balance; a repetition adds nothing."""
    if branch.off:
        await publish_policy(place.market.id, "switched", _without(branch.off), START - SECOND)
    meeting_at = None if branch.meeting is None else START + branch.meeting * HOUR
    made = await apply(place.vendor, place.lead, meeting_at=meeting_at)
    assert await points(place.vendor.id) == (90, 10)
    if branch.accepted is not None:
        await database.clock.set(START + branch.accepted * HOUR)
        await accept(place.prospect.viewer, QUIET, made)
    await system_saw(made, both_joined=branch.both_joined, call_seconds=branch.call_seconds)
    await database.clock.set(START + branch.declined * HOUR)
    if branch.said:
        await record_meeting(
            place.prospect.viewer,
            QUIET,
            application_id=made,
            kind=branch.said,
            idempotency_key=new_id().hex,
        )
    for _ in range(2):
        await decline(place.prospect.viewer, QUIET, made)
        await sweep(QUIET)

    revealed = branch.accepted is not None or branch.declined >= 48
    expected = ["HOLD"]
    if revealed or not back:
        expected.append("CAPTURE")
    if back:
        expected.append("REFUND" if revealed else "RELEASE")
    assert [kind for kind, _ in await movements(made)] == expected
    assert await points(place.vendor.id) == ((100, 0) if back else (90, 0))
    assert (await application(made))["refunded_at"] == (database.clock.now if back else None)
    assert (await event_kinds(place.vendor.id)).count("FEE_REFUNDED") == int(back)
    if back or not revealed:  # movements of no points are not recorded
        assert await decided(made, "refund") == [branch.rule]
        group = await row("posting_group", subject=made, kind=expected[-1])
        decision = await row("decision", id=group["decision_id"])
        assert (decision["ruleset"], decision["rule_id"], decision["decided_at"]) == (
            "refund",
            branch.rule,
            database.clock.now,
        )
        assert decision["actor_id"] == place.prospect.viewer.user_id
    else:
        assert await decided(made, "refund") == []


@pytest.mark.parametrize("declined", [TIMELY, LATE])
async def test_a_no_show_recorded_after_the_decline_refunds_the_fee_once(
    place: Marketplace, database: Database, declined: int
) -> None:
    """The decline came after the meeting time; the operator's later record restores the refund."""
    made = await apply(place.vendor, place.lead, meeting_at=START + 20 * HOUR)
    await database.clock.set(START + declined * HOUR)
    await decline(place.prospect.viewer, QUIET, made)
    assert await points(place.vendor.id) == (90, 0)
    await database.clock.advance(timedelta(days=3))
    for recorder in (place.operator, place.operator, place.prospect.viewer):
        await record_meeting(recorder, QUIET, application_id=made, kind=NO_SHOW, idempotency_key=new_id().hex)
    assert await points(place.vendor.id) == (100, 0)
    assert [kind for kind, _ in await movements(made)] == ["HOLD", "CAPTURE", "REFUND"]
    assert (await event_kinds(place.vendor.id)).count("FEE_REFUNDED") == 1


async def test_a_refund_is_not_reversed(place: Marketplace, database: Database) -> None:
    """The operator records after the refund that a meeting took place: the refund is final."""
    made = await apply(place.vendor, place.lead)
    await decline(place.prospect.viewer, QUIET, made)
    for kind in (TOOK_PLACE, NO_SHOW, TOOK_PLACE):
        await record_meeting(
            place.operator, QUIET, application_id=made, kind=kind, idempotency_key=new_id().hex
        )
    assert await points(place.vendor.id) == (100, 0)
    assert [kind for kind, _ in await movements(made)] == ["HOLD", "RELEASE"]


async def test_a_withdrawal_leaves_the_contact_data_revealed(place: Marketplace, database: Database) -> None:
    """S1 R.answers: the delivery stays as it was; only the fee is decided."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(START + HOUR)
    await accept(place.prospect.viewer, QUIET, made)
    delivery = await row("delivery", application_id=made)
    await database.clock.set(START + 2 * HOUR)
    await decline(place.prospect.viewer, QUIET, made, message="We chose another.")
    assert await row("delivery", application_id=made) == delivery
    stored = await application(made)
    assert (stored["revealed_at"], stored["declined_at"]) == (START + HOUR, START + 2 * HOUR)
    assert await decided(made, "visibility") == ["prospect_accepted", "acceptance_withdrawn"]
    assert await points(place.vendor.id) == (100, 0)


async def test_a_free_application_moves_no_points(place: Marketplace, database: Database) -> None:
    """A fee of zero is neither held nor refunded; everything else happens as usual."""
    lead = await make_lead(place.market, place.prospect, fee=0)
    first, second = await apply(place.vendor, lead), await apply(place.other_vendor, lead)
    await decline(place.prospect.viewer, QUIET, first)
    await accept(place.prospect.viewer, QUIET, second)
    assert await movements(first) == await movements(second) == []
    assert await points(place.vendor.id) == (100, 0)
    assert "FEE_REFUNDED" not in await event_kinds(place.vendor.id)
