"""Faults that would stop a channel: rows that cannot be read, providers that cannot be used, old claims."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from jobs.outage import LONGEST_PAUSE, Outage
from jobs.sending import Sender
from models.applications.answer import decline
from models.base.database import Connection, connection, fetch
from models.messages.channels.channel import Code, Result
from models.messages.claim import FRESH_SECONDS, SET_ASIDE, claim_due
from models.messages.expand import expand_messages
from models.messages.letters import LETTERS, MessageHead, Words, words_of_events
from models.process.wake import Silence
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome as Outcome
from tests.support.database import Database
from tests.support.marketplace import HOUR, Marketplace, apply
from tests.support.messages import ACCEPTED, CONTEXT, FakeChannel, dispatches, failed, send_all

pytestmark = pytest.mark.usefixtures("without_events")

LETTER = "application_received"


async def _states() -> list[str]:
    return [row["state"] for row in await dispatches(LETTER)]


async def _two(place: Marketplace) -> UUID:
    """Apply twice for the same lead, and return the first application."""
    first = await apply(place.vendor, place.lead)
    await apply(place.other_vendor, place.lead)
    return first


def _unreadable(monkeypatch: pytest.MonkeyPatch, subject: UUID) -> Callable[[], None]:
    """Let the letter about this application raise; return what repairs it."""
    letter = LETTERS[LETTER]

    async def read(conn: Connection, messages: Sequence[MessageHead]) -> Mapping[UUID, Words]:
        if subject in {message.subject for message in messages}:
            raise ZeroDivisionError
        return await words_of_events(conn, messages)

    monkeypatch.setitem(LETTERS, LETTER, replace(letter, read=read))
    return lambda: monkeypatch.setitem(LETTERS, LETTER, letter)


async def test_a_message_that_cannot_be_read_does_not_stop_the_others(
    place: Marketplace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried again after a while, and sent once it can be read."""
    repair = _unreadable(monkeypatch, await _two(place))
    with capture_logs() as logs:
        await send_all()
    assert await _states() == ["WAITING", "SENT"]
    assert [log["event"] for log in logs] == ["set_aside"]
    repair()
    await database.clock.advance(SET_ASIDE)
    await send_all()
    assert await _states() == ["SENT", "SENT"]


async def test_a_lease_of_a_message_that_cannot_be_read_does_not_stop_the_others(
    place: Marketplace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = await _two(place)
    await expand_messages()
    await claim_due(CONTEXT, FakeChannel(), 2)  # by a worker that is killed
    _unreadable(monkeypatch, broken)
    await database.clock.advance(HOUR)
    with capture_logs() as logs:
        await send_all()
    assert [log["event"] for log in logs] == ["set_aside", "leases_ended"]
    await database.clock.advance(HOUR)
    with capture_logs():
        await send_all()
    assert await _states() == ["SENDING", "SENT"]


async def test_a_message_that_cannot_be_expanded_does_not_stop_the_others(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _two(place)
    await fetch(
        connection(),
        """UPDATE outbox_message SET recipient = gen_random_uuid(), necessity = 'PART_OF_THE_CONTRACT'
           WHERE id = (SELECT min(id::text)::uuid FROM outbox_message)""",
    )

    async def leads(_: Connection, subjects: object) -> Mapping[UUID, UUID]:
        raise ZeroDivisionError

    monkeypatch.setitem(LETTERS, LETTER, replace(LETTERS[LETTER], leads=leads))
    monkeypatch.setattr("models.messages.expand._WITHOUT_USERS", "SELECT unnest($1::uuid[]) AS id")
    with capture_logs() as logs:
        await send_all()
    assert {log["event"] for log in logs} == {"set_aside"}
    assert await _states() == ["SENT"]


async def test_what_waited_long_for_a_lane_is_decided_again_before_it_is_sent(place: Marketplace) -> None:
    """The prospect declines while the letter waits behind one that the provider is slow with."""
    await _two(place)
    await expand_messages()
    now = [0.0]
    channel = FakeChannel(lanes=1, hold=asyncio.Event())
    running = asyncio.create_task(Sender(CONTEXT, channel, monotonic=lambda: now[0]).send_due())
    await channel.started.wait()
    (waiting,) = [row for row in await dispatches(LETTER) if row["id"] != channel.sent[0][0]]
    assert waiting["state"] == "SENDING"
    await decline(place.prospect.viewer, Silence(), waiting["subject"])
    now[0] += FRESH_SECONDS + 1
    assert channel.hold is not None
    channel.hold.set()
    await running
    assert sorted(await _states()) == ["EXPIRED", "SENT"]
    assert len([dispatch_id for dispatch_id, _ in channel.sent if dispatch_id == waiting["id"]]) == 0


def test_a_provider_that_cannot_be_used_is_tried_less_often_and_the_log_says_so() -> None:
    now = [0.0]
    outage = Outage(DispatchChannel.EMAIL, monotonic=lambda: now[0])
    refused = Result(Outcome.TEMPORARY, Code.NOT_SIGNED_IN, "535 5.7.8")
    pauses = []
    with capture_logs() as logs:
        for _ in range(9):
            outage.notice([refused])
            pauses.append(outage.seconds_left)
            now[0] += outage.seconds_left
        assert outage.seconds_left == 0
        outage.notice([refused, ACCEPTED])
    assert pauses == [1, 2, 4, 8, 16, 32, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert [(log["event"], log["channel"]) for log in logs] == [
        ("channel_unavailable", "EMAIL"),
        ("channel_available", "EMAIL"),
    ]
    assert (logs[0]["code"], logs[0]["detail"]) == ("not_signed_in", "535 5.7.8")


def test_a_message_that_is_refused_is_no_outage() -> None:
    outage = Outage(DispatchChannel.EMAIL, monotonic=lambda: 0.0)
    outage.notice([Result(Outcome.PERMANENT, Code.RECIPIENT_REFUSED)])
    assert outage.seconds_left == 0


def test_an_endpoint_that_cannot_be_reached_does_not_hold_up_those_of_others() -> None:
    for channel in DispatchChannel.WEBHOOK, DispatchChannel.PUSH:
        outage = Outage(channel, monotonic=lambda: 0.0)
        outage.notice([Result(Outcome.TEMPORARY, Code.NOT_CONNECTED)])
        assert outage.seconds_left == 0


async def test_during_an_outage_nothing_is_left_claimed(place: Marketplace) -> None:
    """What was claimed ahead is given back, without an attempt, before its lease ends."""
    await _two(place)
    channel = FakeChannel(failed(code=Code.NOT_SIGNED_IN), lanes=1)
    sender = Sender(CONTEXT, channel, monotonic=lambda: 0.0, look_seconds=0.0)
    while not channel.sent:
        await sender._round()
    for _ in range(2):
        await sender._round()
    rows = await dispatches(LETTER)
    await sender.close()
    assert len(channel.sent) == 1
    assert [(row["state"], row["attempts"]) for row in rows] == [("WAITING", 1), ("WAITING", 0)]
