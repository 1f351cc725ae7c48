"""Subscriptions over a transport: replayed from a cursor, then live, only for the viewer's own feed."""

import asyncio
import random

import pytest

from models.base.database import connection, fetch
from models.base.viewer import Viewer
from schema.feed.cursor import write_feed_cursor
from tests.schema.http.conftest import Served
from tests.schema.http.wire import NOTIFICATIONS, REVEALS, Socket, errors_of, signed_in, streaming
from tests.support.api import Client
from tests.support.marketplace import EMAIL, PHONE

OPEN = {"email": EMAIL, "phone": PHONE}


async def test_earlier_events_are_replayed_and_new_ones_followed(served: Served) -> None:
    cursor = await served.cursor()
    await served.reveal("Before")
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("1", REVEALS, after=cursor)
        before = (await socket.next("1"))["reveals"]
        assert (before["lead"], before["contact"]) == ({"title": "Before"}, OPEN)
        assert before["decision"] == {"verdict": "VISIBLE", "ruleId": "prospect_accepted"}
        await served.reveal("Accepted")
        accepted = (await socket.next("1"))["reveals"]
        assert (accepted["lead"], accepted["contact"]) == ({"title": "Accepted"}, OPEN)
        await served.applied("Silence")
        await served.silence()
        silence = (await socket.next("1"))["reveals"]
        assert (silence["lead"], silence["contact"]) == ({"title": "Silence"}, OPEN)
        assert silence["decision"] == {"verdict": "VISIBLE", "ruleId": "revealed_by_silence"}
        assert silence["at"] == "2026-03-04T09:00:00Z"


async def test_without_a_cursor_only_new_events_are_sent(served: Served) -> None:
    await served.reveal("Before")
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("1", REVEALS)
        while not served.api.services.reader.subscriptions:  # noqa: ASYNC110 - it is being registered
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)
        await served.reveal("After")
        assert (await socket.next("1"))["reveals"]["lead"] == {"title": "After"}


async def test_events_over_http_are_the_same(served: Served) -> None:
    cursor = await served.cursor()
    await served.reveal("Before")
    async with streaming(served.port, await served.owner_token(), REVEALS, after=cursor) as events:
        assert events.response.headers["content-type"].startswith("text/event-stream")
        name, before = await events.next()
        assert (name, before["data"]["reveals"]["contact"]) == ("next", OPEN)
        await served.applied("Silence")
        await served.silence()
        assert (await events.next())[1]["data"]["reveals"]["lead"] == {"title": "Silence"}
        last = before["data"]["reveals"]["cursor"]
    async with streaming(served.port, await served.owner_token(), REVEALS, after=last) as events:
        assert (await events.next())[1]["data"]["reveals"]["lead"] == {"title": "Silence"}


async def test_a_reveal_leads_to_the_balance_of_the_viewers_account(served: Served) -> None:
    """After an acceptance, the fee is no longer on hold."""
    cursor, token = await served.cursor(), await served.owner_token()
    await served.reveal("Accepted")
    balance = "account { id points pointsOnHold }"
    document = (
        f"subscription ($after: Cursor) {{ reveals(after: $after) {{ ... on RevealEvent {{ {balance} }} }} }}"
    )
    async with streaming(served.port, token, document, after=cursor) as events:
        event = (await events.next())[1]["data"]["reveals"]
    viewer = (await Client(served.api.http, token).ask(f"{{ viewer {{ {balance} }} }}")).data["viewer"]
    assert event == viewer
    assert event["account"]["pointsOnHold"] == 0


async def test_a_closed_event_stream_releases_its_subscription(served: Served) -> None:
    reader = served.api.services.reader
    async with streaming(served.port, await served.owner_token(), REVEALS) as events:
        await served.reveal()
        await events.next()
        assert reader.subscriptions == 1
    async with asyncio.timeout(60):
        while reader.subscriptions:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.005)


async def test_a_query_can_be_answered_as_events(served: Served) -> None:
    async with streaming(served.port, await served.owner_token(), "{ viewer { roles } }") as events:
        name, payload = await events.next()
        assert (name, payload["data"]) == ("next", {"viewer": {"roles": ["OWNER"]}})
        assert await events.next() == ("complete", {})


async def test_an_invalid_subscription_as_events_is_reported(served: Served) -> None:
    for document in ("subscription { nothing }", "subscription {", ""):
        async with streaming(served.port, await served.owner_token(), document) as events:
            name, payload = await events.next()
            assert name == "next"
            assert "INTERNAL" not in str(payload["errors"])
            assert await events.next() == ("complete", {})


async def test_following_requires_signing_in(served: Served) -> None:
    async with streaming(served.port, None, REVEALS) as events:
        assert "UNAUTHENTICATED" in str((await events.next())[1]["errors"])
        assert await events.next() == ("complete", {})


async def test_events_removed_by_retention_are_reported_as_a_gap(served: Served) -> None:
    cursor = await served.cursor()
    await served.reveal("Removed")
    await served.reveal("Kept")
    recipient = served.market.vendor.id
    rows = await fetch(connection(), "SELECT last_seq FROM feed_counter WHERE recipient = $1", recipient)
    removed = rows[0]["last_seq"] - 2
    await fetch(connection(), "DELETE FROM feed_event WHERE recipient = $1 AND seq <= $2", recipient, removed)
    await fetch(
        connection(), "UPDATE feed_counter SET removed_through = $2 WHERE recipient = $1", recipient, removed
    )
    async with signed_in(served.port, await served.owner_token()) as socket:
        await socket.subscribe("1", REVEALS, after=cursor)
        gap = (await socket.next("1"))["reveals"]
        assert gap == {
            "__typename": "FeedGap",
            "cursor": write_feed_cursor(recipient, removed),
            "missed": 2,
        }
        assert (await socket.next("1"))["reveals"]["lead"] == {"title": "Kept"}
        await socket.subscribe("2", REVEALS, after=gap["cursor"])
        assert (await socket.next("2"))["reveals"]["lead"] == {"title": "Kept"}


@pytest.mark.parametrize("document", [REVEALS, NOTIFICATIONS])
async def test_a_cursor_of_anothers_feed_is_refused(served: Served, document: str) -> None:
    await served.reveal()
    cursor = write_feed_cursor(served.market.vendor.id, 0)
    market = served.market
    for viewer in (
        market.other_vendor.owner,
        market.vendor.employee,
        market.agent,
        market.operator,
        market.prospect.viewer,
    ):
        async with signed_in(served.port, await served.api.token(viewer.user_id)) as socket:
            await socket.subscribe("1", document, after=cursor)
            (error,) = errors_of(await socket.take("1"))
            if document is REVEALS and viewer.vendor_id is None:
                assert error["extensions"] == {"code": "FORBIDDEN"}
            else:
                assert error["extensions"] == {
                    "code": "INVALID",
                    "reason": "CURSOR_INVALID",
                    "field": ["after"],
                }


async def follow_own(served: Served, socket: Socket, viewer: Viewer) -> None:
    """Follow a viewer's own feed from its beginning."""
    assert viewer.recipient is not None
    await socket.subscribe("1", REVEALS, after=write_feed_cursor(viewer.recipient, 0))
    await socket.ask("2", "{ viewer { roles } }")


async def test_another_account_receives_no_reveal(served: Served) -> None:
    viewer = served.market.other_vendor.owner
    await served.reveal("Before")
    async with signed_in(served.port, await served.api.token(viewer.user_id)) as socket:
        await follow_own(served, socket, viewer)
        await served.reveal("After")
        await socket.ask("3", "{ viewer { roles } }")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await socket.take("1")


async def test_following_reveals_requires_acting_for_a_vendor(served: Served) -> None:
    """A feed without reveals would make the client wait forever."""
    market = served.market
    for viewer in (market.vendor.employee, market.agent, market.operator, market.prospect.viewer):
        async with signed_in(served.port, await served.api.token(viewer.user_id)) as socket:
            await follow_own(served, socket, viewer)
            (error,) = errors_of(await socket.take("1"))
            assert error["extensions"]["code"] == "FORBIDDEN"
            assert "owners and members" in error["message"]


async def test_a_member_receives_what_the_owner_receives(served: Served) -> None:
    async with signed_in(served.port, await served.api.token(served.market.vendor.member.user_id)) as socket:
        await follow_own(served, socket, served.market.vendor.member)
        await served.reveal("For all")
        assert (await socket.next("1"))["reveals"]["contact"] == OPEN


async def test_a_prospect_can_follow_its_own_notifications(served: Served) -> None:
    viewer = served.market.prospect.viewer
    assert viewer.recipient is not None
    async with signed_in(served.port, await served.api.token(viewer.user_id)) as socket:
        await socket.subscribe("1", NOTIFICATIONS, after=write_feed_cursor(viewer.recipient, 0))
        await served.applied("Mine")
        await served.silence()
        received = []
        while "CONTACT_DISCLOSED" not in received:
            received.append((await socket.next("1"))["notifications"]["kind"])
        assert received == ["APPLICATION_RECEIVED", "REVIEW_REMINDER", "CONTACT_DISCLOSED"]


async def test_random_reconnections_lose_and_repeat_nothing(served: Served) -> None:
    """About a hundred events, while a client reconnects repeatedly with its last cursor."""
    chance = random.Random(48)
    count, cursor, token = 100, await served.cursor(), await served.owner_token()
    titles = [f"Lead {number}" for number in range(count)]

    async def add_reveals() -> None:
        for title in titles:
            await served.reveal(title)

    taken: list[str] = []
    adding = asyncio.create_task(add_reveals())
    while len(taken) < count:
        async with signed_in(served.port, token) as socket:
            await socket.subscribe("1", REVEALS, after=cursor)
            for _ in range(min(chance.randrange(1, 12), count - len(taken))):
                event = (await socket.next("1"))["reveals"]
                taken.append(event["lead"]["title"])
                cursor = event["cursor"]
            if chance.random() < 0.5:  # disconnected without a close frame
                socket.ws.transport.abort()
    await adding
    assert taken == titles
