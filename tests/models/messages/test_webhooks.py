"""Webhooks from an event to a real receiver, also to one that is slow, wrong, or gone."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from asyncpg import Record
from standardwebhooks import Webhook

from models.applications.answer import accept
from models.base.clock import database_now
from models.base.database import connection, fetch, transaction
from models.base.ids import new_id
from models.base.public_id import public_id
from models.chat.send import send_message
from models.messages.channels.webhook import BOUNDS
from models.messages.channels.webhook_signature import verify_webhook
from models.messages.webhooks.delete_endpoint import delete_endpoint
from models.messages.webhooks.due import MOST_OPEN, due_webhooks
from models.messages.webhooks.events import WebhookEvent
from models.messages.webhooks.expand import ADVANCE, ALL_SECONDS, Expansion, expand_webhooks
from models.messages.webhooks.replay import replay
from models.messages.webhooks.send_test import send_test
from models.outside.transport import Bounds
from models.process.wake import Silence
from tests.support.database import Database
from tests.support.marketplace import CONTACT_VALUES, HOUR, PHONE, Marketplace, apply, make_lead
from tests.support.messages import attempts, dispatches
from tests.support.reading import row as stored
from tests.support.stored_endpoint import make_stored_endpoint
from tests.support.webhook_receiver import (
    Receiver,
    Script,
    answer,
    database_time,
    make_endpoint,
    receiver,
    send_webhooks,
)


async def webhooks() -> list[Record]:
    """Return the dispatches of webhooks, oldest first."""
    return [row for row in await dispatches() if row["channel"] == "WEBHOOK"]


async def test_events_are_signed_and_sent_without_contact_data(place: Marketplace) -> None:
    """The body names the object only; the libraries of Standard Webhooks accept the signatures."""
    async with receiver() as there:
        _, secret = await make_endpoint(place.vendor.owner, there)
        application = await apply(place.vendor, place.lead)
        await accept(place.prospect.viewer, Silence(), application)
        await send_webhooks(there)
    assert set(there.types) == {"application.submitted", "application.accepted"}
    assert len({one.headers["webhook-id"] for one in there.received}) == 2
    now = await database_time()
    for request in there.received:
        verify_webhook([secret], request.headers, request.body, now)
        judged = Webhook(secret.reveal()).sign(request.headers["webhook-id"], now, request.body.decode())
        assert request.headers["webhook-signature"] == judged
        assert set(request.data) == {"type", "timestamp", "data"}
        assert set(request.data["data"]) == {"id", "version"}  # type: ignore[call-overload]
        assert not any(value.encode() in request.body for value in CONTACT_VALUES)
    assert {row["state"] for row in await webhooks()} == {"SENT"}


async def test_chosen_events_from_then_on_go_to_the_account_and_the_marketplace(place: Marketplace) -> None:
    """An account gets its own events, the marketplace those of all accounts, with the same webhook ids."""
    async with receiver() as there:
        await apply(place.vendor, place.lead)
        accepted = [WebhookEvent.APPLICATION_ACCEPTED]
        await make_endpoint(place.vendor.owner, there, accepted, path="/own")
        await make_endpoint(place.other_vendor.owner, there, path="/other")
        await make_endpoint(place.operator, there, path="/all")
        lead = await make_lead(place.market, place.prospect)
        await accept(place.prospect.viewer, Silence(), await apply(place.vendor, lead))
        await apply(place.other_vendor, place.lead)
        await send_webhooks(there)
    by_path = {
        path: sorted(str(one.data["type"]) for one in there.received if one.path == path)
        for path in ("/own", "/other", "/all")
    }
    assert by_path == {
        "/own": ["application.accepted"],
        "/other": ["application.submitted"],
        "/all": ["application.accepted", "application.submitted", "application.submitted"],
    }
    assert len({one.headers["webhook-id"] for one in there.received}) == 3


async def test_a_message_in_a_chat_is_sent_once_to_each_endpoint_without_its_text(place: Marketplace) -> None:
    """Whoever wrote it, like all events of the account's feed; a replay has the same webhook id and body."""
    async with receiver() as there:
        made = await apply(place.vendor, place.lead)
        chosen = [WebhookEvent.CHAT_MESSAGE]
        endpoint_id, _ = await make_endpoint(place.vendor.owner, there, chosen, path="/own")
        await make_endpoint(place.other_vendor.owner, there, chosen, path="/other")
        await make_endpoint(place.operator, there, chosen, path="/all")
        writers = (place.prospect.viewer, place.vendor.owner, place.operator)
        sent = [await send_message(one, Silence(), made, f"Call {PHONE}", new_id().hex) for one in writers]
        await send_webhooks(there)
        await send_webhooks(there)
        assert [one.path for one in there.received].count("/own") == len(sent)
        now = await database_time()
        again = await replay(
            place.vendor.owner,
            endpoint_id,
            start=now - HOUR,
            end=now + HOUR,
            only_failed=False,
            idempotency_key="again",
        )
        assert again == len(sent)
        await send_webhooks(there)
    ids = [public_id("ChatMessage", one) for one in sent]
    for path, times in (("/own", 2), ("/all", 1), ("/other", 0)):
        data = [one.data["data"] for one in there.received if one.path == path]
        assert sorted(data, key=str) == sorted([{"id": one, "version": 1} for one in ids] * times, key=str)
    assert {one.data["type"] for one in there.received} == {"chat.message"}
    assert not any(PHONE.encode() in one.body for one in there.received)
    assert len({one.headers["webhook-id"] for one in there.received}) == len(sent)
    assert len({one.body for one in there.received}) == len(sent)


async def test_a_repeat_has_the_same_id_and_body(place: Marketplace, database: Database) -> None:
    async with receiver() as there:
        await make_endpoint(place.vendor.owner, there)
        there.script = answer("500 Broken", body=b"secret@person.example")
        await apply(place.vendor, place.lead)
        await send_webhooks(there)
        there.script = answer("200 OK")
        await database.clock.advance(HOUR)
        await send_webhooks(there)
    first, second = there.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    assert first.body == second.body
    (row,) = await webhooks()
    assert await attempts(row["id"]) == [("TEMPORARY", "answered"), ("ACCEPTED", "accepted")]


async def test_what_is_not_a_success_is_repeated_as_late_as_the_receiver_asks(place: Marketplace) -> None:
    """A redirect is not followed; a wait is limited by the policy, and a malformed one is ignored."""
    cases = [
        ("302 Found", "Location: /elsewhere", "TEMPORARY", None),
        ("500 Broken", "Retry-After: 7200", "TEMPORARY", None),
        ("429 Slow Down", "Retry-After: 7200", "THROTTLED", 7200),
        ("503 Busy", "Retry-After: 999999999", "THROTTLED", 6 * 3600),
        ("503 Busy", "Retry-After: rubbish", "THROTTLED", None),
        ("503 Busy", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT", "THROTTLED", None),
    ]
    async with receiver() as there:
        endpoints = []
        for number, (status, header, _, _) in enumerate(cases):
            there.scripts[f"/{number}"] = answer(status, header)
            endpoints.append((await make_endpoint(place.vendor.owner, there, path=f"/{number}"))[0])
        await apply(place.vendor, place.lead)
        await send_webhooks(there)
    assert sorted(one.path for one in there.received) == [f"/{number}" for number in range(len(cases))]
    now = await database_time()
    by_endpoint = {row["endpoint_id"]: row for row in await webhooks()}
    for endpoint_id, (status, header, outcome, seconds) in zip(endpoints, cases, strict=True):
        row = by_endpoint[endpoint_id]
        assert row["state"] == "WAITING", status
        assert await attempts(row["id"]) == [(outcome, "answered")]
        wait = row["due_at"] - now
        if seconds is None:
            assert wait <= timedelta(seconds=60 * 1.2), header
        else:
            assert wait == timedelta(seconds=seconds)


async def _endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
        await writer.drain()


async def _cut(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def _silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()  # until the client leaves


async def test_of_an_endless_answer_the_status_counts(place: Marketplace) -> None:
    async with receiver() as there:
        await make_endpoint(place.vendor.owner, there)
        there.script = _endless
        await apply(place.vendor, place.lead)
        await send_webhooks(there)
    assert [row["state"] for row in await webhooks()] == ["SENT"]


async def test_of_a_compressed_answer_the_status_counts(place: Marketplace) -> None:
    """Some servers compress whatever they are asked for; the event has arrived."""
    async with receiver() as there:
        await make_endpoint(place.vendor.owner, there)
        there.script = answer("200 OK", "Content-Encoding: gzip", body=b"compressed")
        await apply(place.vendor, place.lead)
        await send_webhooks(there)
    assert [row["state"] for row in await webhooks()] == ["SENT"]


async def test_endpoints_that_fail_are_claimed_after_the_others_whatever_waits_for_them(
    place: Marketplace,
) -> None:
    failing = await make_stored_endpoint(place.vendor.owner.account_id)
    await send_test(place.vendor.owner, failing, idempotency_key="1")
    alive = await make_stored_endpoint(place.other_vendor.owner.account_id)
    await send_test(place.other_vendor.owner, alive, idempotency_key="2")
    await fetch(
        connection(),
        "UPDATE webhook_endpoint SET failing_since = leadgate_clock() WHERE id = $1",
        failing,
    )
    async with transaction() as conn:
        now = await database_now(conn)
        first = [row["id"] for row in await due_webhooks(conn, now, 1)]
        both = [row["id"] for row in await due_webhooks(conn, now, 2)]
    by_id = {row["id"]: row["endpoint_id"] for row in await webhooks()}
    assert [by_id[one] for one in first] == [alive]
    assert [by_id[one] for one in both] == [alive, failing]


async def test_what_waits_for_a_disabled_endpoint_is_settled_many_at_a_time(place: Marketplace) -> None:
    """Although an endpoint that fails is claimed one event at a time."""
    endpoint_id = await make_stored_endpoint(place.vendor.owner.account_id)
    for key in "abcdef":
        await send_test(place.vendor.owner, endpoint_id, idempotency_key=key)
    await fetch(
        connection(),
        "UPDATE webhook_endpoint SET failing_since = leadgate_clock(), state = 'DISABLED' WHERE id = $1",
        endpoint_id,
    )
    async with transaction() as conn:
        assert len(await due_webhooks(conn, await database_now(conn), 64)) == len("abcdef")


async def test_an_event_that_is_dated_back_is_found_by_the_look_at_all_feeds(
    place: Marketplace, database: Database
) -> None:
    """Other looks are at feeds with recent events only; they come first, and again each minute."""
    await make_stored_endpoint(None, (WebhookEvent.APPLICATION_SUBMITTED,))
    seconds = [0.0]
    expansion = Expansion(lambda: seconds[0])
    while (await expansion.look()).feeds:
        pass
    await apply(place.vendor, place.lead)
    assert (await expansion.look()).feeds == 1
    await apply(place.vendor, await make_lead(place.market, place.prospect))
    await database.clock.advance(HOUR)
    assert (await expansion.look()).feeds == 0
    seconds[0] = ALL_SECONDS
    assert (await expansion.look()).feeds == 1
    assert len(await webhooks()) == 2


async def test_a_late_look_does_not_put_a_position_back(place: Marketplace) -> None:
    """Two workers that read the same position may end in the other order."""
    endpoint_id = await make_stored_endpoint(place.vendor.owner.account_id)
    await apply(place.vendor, place.lead)
    await expand_webhooks()
    before = await stored("webhook_position", endpoint_id=endpoint_id)
    await fetch(connection(), ADVANCE, [endpoint_id], [before["recipient"]], [0])
    assert await stored("webhook_position", endpoint_id=endpoint_id) == before


async def test_a_receiver_that_hangs_up_is_tried_again(place: Marketplace) -> None:
    assert await _failed_with(place, _cut) == {"connection_lost"}


async def test_a_receiver_that_never_answers_is_tried_again(place: Marketplace) -> None:
    assert await _failed_with(place, _silent, Bounds(step_seconds=0.05, seconds=0.05)) == {"timed_out"}


async def _failed_with(place: Marketplace, script: Script, bounds: Bounds = BOUNDS) -> set[str | None]:
    """Send an event; return the codes of the attempts, after which it must wait."""
    async with receiver() as there:
        there.script = script
        await make_endpoint(place.vendor.owner, there)
        await apply(place.vendor, place.lead)
        await send_webhooks(there, bounds=bounds)
    rows = await webhooks()
    assert {row["state"] for row in rows} == {"WAITING"}
    return {code for row in rows for _, code in await attempts(row["id"])}


async def test_an_endpoint_that_hangs_does_not_delay_the_others(place: Marketplace) -> None:
    """It has at most four requests at the same time, whatever number of events waits; those of another
    endpoint, which come later, are all sent before its first request ends.
    """
    release = asyncio.Event()

    async def hang(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await release.wait()
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")

    async with receiver() as dead, receiver() as alive:
        dead.script = hang
        await make_endpoint(place.vendor.owner, dead)
        for _ in range(MOST_OPEN + 3):
            await apply(place.vendor, await make_lead(place.market, place.prospect))
        await make_endpoint(place.other_vendor.owner, alive)
        for _ in range(MOST_OPEN + 3):
            await apply(place.other_vendor, await make_lead(place.market, place.prospect))
        sending = asyncio.create_task(send_webhooks(dead, alive))
        await _received(alive, MOST_OPEN + 3)
        assert (dead.open_requests, len(dead.received)) == (MOST_OPEN, MOST_OPEN)
        release.set()
        await sending
    assert (dead.most_open, len(dead.received)) == (MOST_OPEN, MOST_OPEN + 3)
    assert {row["state"] for row in await webhooks()} == {"SENT"}


async def _received(there: Receiver, number: int) -> None:
    async with there.news:
        await there.news.wait_for(lambda: len(there.received) >= number)


async def test_a_failing_endpoint_is_tried_one_event_at_a_time(
    place: Marketplace, database: Database
) -> None:
    async with receiver() as there:
        await make_endpoint(place.vendor.owner, there)
        there.script = answer("500 Broken")
        await apply(place.vendor, place.lead)
        await send_webhooks(there)
        there.most_open = 0
        for _ in range(3):
            await apply(place.vendor, await make_lead(place.market, place.prospect))
        await database.clock.advance(HOUR)
        await send_webhooks(there)
    assert (len(there.received), there.most_open) == (5, 1)


async def test_of_a_deleted_endpoint_the_attempt_under_way_ends_cancelled(place: Marketplace) -> None:
    """What waits is cancelled with it; the secrets are erased."""
    async with receiver() as there:
        endpoint_id, _ = await make_endpoint(place.vendor.owner, there)
        release = asyncio.Event()

        async def hang(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await release.wait()
            with suppress(ConnectionError):
                writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")

        there.script = hang
        for _ in range(MOST_OPEN + 1):
            await apply(place.vendor, await make_lead(place.market, place.prospect))
        sending = asyncio.create_task(send_webhooks(there))
        await _received(there, MOST_OPEN)
        await delete_endpoint(place.vendor.owner, endpoint_id)
        release.set()
        await sending
    rows = await webhooks()
    assert {row["state"] for row in rows} == {"CANCELLED"}
    assert len(rows) == MOST_OPEN + 1
    endpoint = await stored("webhook_endpoint", id=endpoint_id)
    assert (endpoint["secret"], endpoint["previous_secret"]) == (None, None)
    assert endpoint["failing_since"] is None


async def test_an_address_that_has_become_private_is_not_requested(place: Marketplace) -> None:
    """For example because the operator no longer allows it, or the name now resolves to another address."""
    async with receiver() as there:
        await make_endpoint(place.vendor.owner, there)
        await apply(place.vendor, place.lead)
        await send_webhooks()
    assert there.received == []
    (row,) = await webhooks()
    assert row["state"] == "DEAD"
    assert await attempts(row["id"]) == [("PERMANENT", "address_not_allowed")]
