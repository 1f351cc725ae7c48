"""What follows an attempt that failed or that nobody knows the end of: repeated, given up, or asked."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from tortoise.exceptions import IntegrityError

from jobs.sending import Sender
from models.base.database import connection, fetch
from models.feed.kinds import NotificationKind
from models.messages.channels.channel import Code, Result
from models.messages.claim import FRESH_SECONDS, LEASE_MARGIN, claim_due
from models.messages.expand import expand_messages
from models.messages.note import Noted, end_leases, note_results
from models.messages.parcels import Parcel
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome as Outcome
from tests.support.database import Database
from tests.support.marketplace import HOUR, START, Marketplace, apply
from tests.support.messages import (
    ACCEPTED,
    CONTEXT,
    FakeChannel,
    attempts,
    failed,
    one_dispatch,
    send_all,
    want_texts,
)
from tests.support.reading import event_kinds

pytestmark = pytest.mark.usefixtures("without_events")

LETTER = "application_received"


async def test_a_temporary_failure_is_repeated_after_the_policys_delay(
    place: Marketplace, database: Database
) -> None:
    """60 seconds, give or take a fifth; then three times as long."""
    await apply(place.vendor, place.lead)
    channel = FakeChannel(failed())
    await send_all(channel)
    found = await one_dispatch(LETTER)
    assert (found["state"], found["retry_rule_id"]) == ("WAITING", "again")
    assert timedelta(seconds=48) <= found["due_at"] - START <= timedelta(seconds=72)
    await database.clock.set(found["due_at"] - timedelta(microseconds=1))
    assert len((await send_all(channel)).sent) == 1
    await database.clock.set(found["due_at"])
    await send_all(channel)
    again = await one_dispatch(LETTER)
    assert timedelta(seconds=144) <= again["due_at"] - found["due_at"] <= timedelta(seconds=216)
    await database.clock.set(again["due_at"])
    channel.answer = lambda _: ACCEPTED
    await send_all(channel)
    assert (await one_dispatch(LETTER))["state"] == "SENT"
    assert [outcome for outcome, _ in await attempts(again["id"])] == ["TEMPORARY", "TEMPORARY", "ACCEPTED"]


@pytest.mark.parametrize(("wanted", "waited"), [(3_600, 3_600), (999_999_999, 6 * 3_600), (-5, 48)])
async def test_a_provider_can_ask_for_more_time_up_to_the_longest_delay(
    place: Marketplace, wanted: float, waited: float
) -> None:
    await apply(place.vendor, place.lead)
    await send_all(FakeChannel(failed(Outcome.THROTTLED, retry_after=wanted)))
    due = (await one_dispatch(LETTER))["due_at"] - START
    assert timedelta(seconds=waited) <= due <= timedelta(seconds=max(waited, 72))


async def test_a_permanent_refusal_is_given_up_at_once(place: Marketplace) -> None:
    await apply(place.vendor, place.lead)
    await send_all(FakeChannel(failed(Outcome.PERMANENT, Code.CONTENT_REFUSED, detail="554 5.7.1")))
    found = await one_dispatch(LETTER)
    assert (found["state"], found["retry_rule_id"], found["attempts"]) == ("DEAD", "refused_permanently", 1)
    rows = await fetch(connection(), "SELECT detail FROM dispatch_attempt")
    assert [row["detail"] for row in rows] == ["554 5.7.1"]


async def test_after_three_days_a_message_is_given_up(place: Marketplace, database: Database) -> None:
    await apply(place.vendor, place.lead)
    await fetch(
        connection(),
        "UPDATE outbox_message SET template = 'application_ended' WHERE template = 'application_received'",
    )
    await send_all(FakeChannel(failed()))
    await database.clock.set(START + 72 * HOUR)
    await send_all(FakeChannel(failed()))
    found = await one_dispatch("application_ended")
    assert (found["state"], found["retry_rule_id"]) == ("DEAD", "too_old")
    await fetch(
        connection(), "UPDATE outbox_message SET template = $1 WHERE template = 'application_ended'", LETTER
    )


async def test_operators_are_told_of_a_lost_message_that_the_law_requires(place: Marketplace) -> None:
    operator = place.operator.user_id
    assert operator is not None
    await apply(place.vendor, place.lead)
    await fetch(connection(), "UPDATE outbox_message SET necessity = 'REQUIRED_BY_LAW'")
    await send_all(FakeChannel(failed(Outcome.PERMANENT)))
    assert await event_kinds(operator) == [NotificationKind.NOTICE_UNDELIVERED]


async def test_a_worker_that_dies_leaves_a_message_that_is_repeated_once(
    place: Marketplace, database: Database
) -> None:
    """Its lease ends: the attempt is uncertain, and an email, which does no harm twice, is sent again."""
    await apply(place.vendor, place.lead)
    await expand_messages()
    channel = FakeChannel()
    (claimed,) = (await claim_due(CONTEXT, channel, 5)).claimed
    await database.clock.set(claimed.lease_until - timedelta(microseconds=1))
    assert await end_leases(CONTEXT, channel) == 0
    await database.clock.set(claimed.lease_until)
    assert await end_leases(CONTEXT, channel) == 1
    found = await one_dispatch(LETTER)
    assert (found["state"], found["retry_rule_id"]) == ("WAITING", "again")
    await database.clock.set(found["due_at"])
    await send_all(channel)
    assert len(channel.sent) == 1
    assert await attempts(found["id"]) == [("UNCERTAIN", "lease_ended"), ("ACCEPTED", "accepted")]


async def test_a_channel_that_costs_money_asks_a_person_in_doubt(place: Marketplace) -> None:
    await apply(place.vendor, place.lead)
    channel = FakeChannel(failed(Outcome.UNCERTAIN, Code.TIMED_OUT), repeatable=False, charged=True)
    await send_all(channel)
    found = await one_dispatch(LETTER)
    assert (found["state"], found["retry_rule_id"]) == ("UNCERTAIN", "may_have_arrived")
    assert len((await send_all(channel)).sent) == 1


async def test_a_note_that_comes_after_the_lease_changes_nothing(
    place: Marketplace, database: Database
) -> None:
    """It is logged and counted; the note of the worker that took over stands."""
    await apply(place.vendor, place.lead)
    await expand_messages()
    channel = FakeChannel()
    (late,) = (await claim_due(CONTEXT, channel, 1)).claimed
    await database.clock.set(late.lease_until)
    await end_leases(CONTEXT, channel)
    await database.clock.advance(HOUR)
    (claimed,) = (await claim_due(CONTEXT, channel, 1)).claimed
    with capture_logs() as logs:
        assert await note_results(CONTEXT, channel, [Noted(late, ACCEPTED)]) == 0
    assert [log["event"] for log in logs] == ["note_is_stale"]
    assert (await one_dispatch(LETTER))["state"] == "SENDING"
    assert await note_results(CONTEXT, channel, [Noted(claimed, ACCEPTED)]) == 1
    assert (await one_dispatch(LETTER))["state"] == "SENT"


async def test_the_lease_of_a_newer_versions_template_is_left_to_its_workers(
    place: Marketplace, database: Database
) -> None:
    """While workers are replaced one after the other; the others' leases end."""
    for vendor in (place.vendor, place.other_vendor):
        await apply(vendor, place.lead)
    await expand_messages()
    channel = FakeChannel()
    newer, other = (await claim_due(CONTEXT, channel, 2)).claimed
    await fetch(
        connection(),
        "UPDATE outbox_message SET template = 'of_tomorrow' WHERE id = $1",
        newer.parcel.message.id,
    )
    await database.clock.set(newer.lease_until)
    assert await end_leases(CONTEXT, channel) == 1
    rows = await fetch(connection(), "SELECT id, state FROM dispatch")
    assert {row["id"]: row["state"] for row in rows} == {
        newer.parcel.id: "SENDING",
        other.parcel.id: "WAITING",
    }


async def test_two_workers_never_have_the_same_dispatch(place: Marketplace) -> None:
    for vendor in (place.vendor, place.other_vendor):
        await apply(vendor, place.lead)
    await expand_messages()
    channel = FakeChannel()
    claims = await asyncio.gather(*(claim_due(CONTEXT, channel, 5) for _ in range(4)))
    ids = [one.parcel.id for claim in claims for one in claim.claimed]
    assert len(ids) == len(set(ids)) == 2


async def test_the_lease_is_longer_than_waiting_for_a_lane_and_the_attempt(place: Marketplace) -> None:
    await apply(place.vendor, place.lead)
    await expand_messages()
    (claimed,) = (await claim_due(CONTEXT, FakeChannel(seconds=10), 1)).claimed
    assert claimed.lease_until == START + timedelta(seconds=FRESH_SECONDS + 10 + LEASE_MARGIN)


async def test_a_fault_of_ours_stops_one_message_and_not_the_others(place: Marketplace) -> None:
    for vendor in (place.vendor, place.other_vendor):
        await apply(vendor, place.lead)
    await expand_messages()
    channel = FakeChannel(lanes=1)
    broken = (await fetch(connection(), "SELECT id FROM dispatch ORDER BY due_at, id LIMIT 1"))[0]["id"]

    def answer(parcel: Parcel) -> Result:
        if parcel.id == broken:
            raise ZeroDivisionError
        return ACCEPTED

    channel.answer = answer
    with capture_logs() as logs:
        await send_all(channel)
    assert [log["event"] for log in logs] == ["dispatch_failed"]
    rows = await fetch(connection(), "SELECT id, state FROM dispatch")
    assert {row["id"] == broken: row["state"] for row in rows} == {True: "WAITING", False: "SENT"}
    assert await attempts(broken) == [("UNCERTAIN", "fault")]


async def test_a_lane_that_cancels_itself_does_not_end_the_sender(place: Marketplace) -> None:
    await apply(place.vendor, place.lead)

    def answer(_: Parcel) -> Result:
        raise asyncio.CancelledError

    await send_all(FakeChannel(answer))
    found = await one_dispatch(LETTER)
    assert (found["state"], await attempts(found["id"])) == ("WAITING", [("UNCERTAIN", "fault")])


async def test_a_result_that_cannot_be_noted_does_not_stop_the_channel(
    place: Marketplace, database: Database
) -> None:
    """Its lease ends, and the message is sent again; results that ended with it are noted."""
    for vendor in (place.vendor, place.other_vendor):
        await apply(vendor, place.lead)
    await expand_messages()
    broken = (await fetch(connection(), "SELECT id FROM dispatch ORDER BY id LIMIT 1"))[0]["id"]
    channel = FakeChannel()
    channel.answer = lambda parcel: (
        replace(ACCEPTED, reference="x" * 201) if parcel.id == broken else ACCEPTED
    )
    with capture_logs() as logs:
        await send_all(channel)
    assert [log["event"] for log in logs] == ["results_not_noted", "result_not_noted"]
    rows = await fetch(connection(), "SELECT id, state FROM dispatch")
    assert {row["id"] == broken: row["state"] for row in rows} == {True: "SENDING", False: "SENT"}
    await database.clock.advance(HOUR)
    await send_all()
    await database.clock.advance(HOUR)
    await send_all()
    states = [row["state"] for row in await fetch(connection(), "SELECT state FROM dispatch")]
    assert states == ["SENT", "SENT"]


async def test_a_channel_that_hangs_does_not_hold_up_another(place: Marketplace) -> None:
    """Each has its own lanes."""
    for vendor in (place.vendor, place.other_vendor):
        await apply(vendor, place.lead)
    await expand_messages()
    await fetch(
        connection(),
        "UPDATE dispatch SET channel = 'SMS' WHERE id = (SELECT id FROM dispatch ORDER BY id LIMIT 1)",
    )
    await want_texts(place.prospect.viewer.user_id)
    hanging = FakeChannel(kind=DispatchChannel.SMS, hold=asyncio.Event())
    running = asyncio.create_task(Sender(CONTEXT, hanging).run())
    await hanging.started.wait()
    assert len((await send_all()).sent) == 1
    assert hanging.hold is not None
    hanging.hold.set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    states = [row["state"] for row in await fetch(connection(), "SELECT state FROM dispatch")]
    assert states == ["SENT", "SENT"]


async def test_a_dispatch_takes_no_step_that_is_not_allowed(place: Marketplace) -> None:
    """The database refuses it, whoever tries."""
    await apply(place.vendor, place.lead)
    await send_all()
    with pytest.raises(IntegrityError, match="cannot go from SENT to WAITING"):
        await fetch(connection(), "UPDATE dispatch SET state = 'WAITING'")


async def test_a_worker_that_stops_gives_back_what_it_has_not_begun(place: Marketplace) -> None:
    """It is due as before, without an attempt."""
    for vendor in (place.vendor, place.other_vendor):
        await apply(vendor, place.lead)
    channel = FakeChannel(lanes=1, hold=asyncio.Event())
    running = asyncio.create_task(Sender(CONTEXT, channel).run())
    await channel.started.wait()
    assert channel.hold is not None
    channel.hold.set()
    channel.hold = asyncio.Event()  # the next one would wait
    running.cancel()
    channel.hold.set()
    await asyncio.gather(running, return_exceptions=True)
    rows = await fetch(connection(), "SELECT state, attempts, claim FROM dispatch ORDER BY state")
    assert ("SENDING", 1) not in {(row["state"], row["attempts"]) for row in rows}
    begun = await fetch(connection(), "SELECT FROM dispatch_attempt WHERE ended_at IS NULL")
    assert begun == []
