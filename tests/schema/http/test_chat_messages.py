"""The subscription `chatMessages`: each message once and in order, masked as in the list."""

import asyncio
from datetime import timedelta
from string import ascii_letters
from uuid import UUID

import pytest
import pytest_asyncio

from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.chat.mark_read import mark_read
from models.chat.send import send_message
from schema.graphql.following import session_watch
from schema.graphql.ids import write_id
from tests.schema.http.conftest import Served
from tests.schema.http.wire import Json, errors_of, signed_in, streaming
from tests.support.feed import remove_through
from tests.support.marketplace import PHONE, START, make_agent, propose_meeting
from tests.support.reading import rows_of

CHAT = """subscription ($id: ID!, $after: Cursor) { chatMessages(applicationId: $id, after: $after) {
  __typename
  ... on ChatMessage { id cursor side author at text masked { kind } readByOtherAt
    decision { outcome changesAt } application { id } }
  ... on ChatReadMark { cursor side through at }
  ... on FeedGap { cursor missed } } }"""
MESSAGES = """query ($id: ID!) { node(id: $id) { ... on Application {
  messages(first: 100) { nodes { id cursor text decision { changesAt } } } } } }"""


@pytest_asyncio.fixture(loop_scope="session")
async def chat(served: Served) -> UUID:
    """An application whose chat has the introduction only."""
    return await served.applied()


class Talk:
    """A chat on a served API: sends, reads and follows as its two sides and an operator."""

    def __init__(self, served: Served, application_id: UUID) -> None:
        self.served, self.id = served, application_id
        place = served.market
        self.vendor, self.prospect, self.operator = place.vendor.owner, place.prospect.viewer, place.operator

    @property
    def viewers(self) -> tuple[Viewer, Viewer, Viewer]:
        """Those who may follow the chat."""
        return self.vendor, self.prospect, self.operator

    async def send(self, viewer: Viewer, text: str) -> UUID:
        """Send a message, and wake the readers."""
        return await send_message(viewer, self.served.api.services.wake, self.id, text, new_id().hex)

    async def read(self, viewer: Viewer, through: UUID) -> None:
        """Mark a message as read, and wake the readers."""
        await mark_read(viewer, self.served.api.services.wake, self.id, through)

    async def token(self, viewer: Viewer) -> str:
        """Begin a session."""
        return await self.served.api.token(viewer.user_id)

    async def listed(self, viewer: Viewer) -> list[Json]:
        """Return the messages as the list has them."""
        client = await self.served.api.client(viewer.user_id)
        found: list[Json] = (await client.ask(MESSAGES, id=self.global_id)).data["node"]["messages"]["nodes"]
        return found

    @property
    def global_id(self) -> str:
        """The application's id in the API."""
        return write_id("Application", self.id)


@pytest.fixture
def talk(served: Served, chat: UUID) -> Talk:
    """The chat."""
    return Talk(served, chat)


def event(data: Json) -> Json:
    """The event of a result."""
    found: Json = data["chatMessages"]
    return found


async def test_each_message_arrives_once_and_in_order_also_over_a_cut_connection(talk: Talk) -> None:
    """For both sides, their own messages too, and for operators."""
    for viewer in (talk.vendor, talk.prospect, talk.operator):
        cursor = (await talk.listed(viewer))[-1]["cursor"]
        token = await talk.token(viewer)
        await talk.send(talk.vendor, "one")
        async with signed_in(talk.served.port, token) as socket:
            await socket.subscribe("1", CHAT, id=talk.global_id, after=cursor)
            first = event(await socket.next("1"))
            assert (first["text"], first["side"]) == ("one", "VENDOR")
        await talk.send(talk.prospect, "two")
        await talk.send(talk.operator, "three")
        async with signed_in(talk.served.port, token) as socket:
            await socket.subscribe("1", CHAT, id=talk.global_id, after=first["cursor"])
            seen = [event(await socket.next("1")) for _ in range(2)]
            await talk.send(talk.vendor, "four")
            seen.append(event(await socket.next("1")))
        assert [(one["text"], one["side"]) for one in seen] == [
            ("two", "PROSPECT"),
            ("three", "OPERATOR"),
            ("four", "VENDOR"),
        ]
        assert {one["application"]["id"] for one in seen} == {talk.global_id}
        listed = {one["id"]: one["cursor"] for one in await talk.listed(viewer)}
        assert {one["id"]: one["cursor"] for one in seen}.items() <= listed.items(), "the list's cursors"


async def test_a_number_is_masked_for_the_vendor_until_the_reveal_and_then_replayed_open(talk: Talk) -> None:
    served = talk.served
    cursor = (await talk.listed(talk.vendor))[-1]["cursor"]
    sent = await talk.send(talk.prospect, f"Call me: {PHONE}")
    token = await talk.token(talk.vendor)
    async with signed_in(served.port, token) as socket:
        await socket.subscribe("1", CHAT, id=talk.global_id, after=cursor)
        hidden = event(await socket.next("1"))
        assert (hidden["text"], hidden["masked"]) == ("Call me: [phone]", [{"kind": "PHONE"}])
        assert (hidden["author"], hidden["decision"]["outcome"]) == ("The prospect", "MASK")
        opens_at = hidden["decision"]["changesAt"]
        assert opens_at is not None
        await served.database.clock.advance(timedelta(hours=48))  # no worker has run
        (line,) = [one for one in await talk.listed(talk.vendor) if one["id"] == hidden["id"]]
        assert line["text"] == f"Call me: {PHONE}", "the same line, read again"
        assert hidden["id"] == write_id("ChatMessage", sent)
        await socket.subscribe("2", CHAT, id=talk.global_id, after=cursor)
        shown = event(await socket.next("2"))
    assert (shown["text"], shown["masked"]) == (f"Call me: {PHONE}", [])
    assert shown["decision"] == {"outcome": "SHOW", "changesAt": None}


async def test_a_mark_of_reading_reaches_the_other_side(talk: Talk) -> None:
    cursor = (await talk.listed(talk.vendor))[-1]["cursor"]
    sent = await talk.send(talk.vendor, "Are you there?")
    async with signed_in(talk.served.port, await talk.token(talk.vendor)) as socket:
        await socket.subscribe("1", CHAT, id=talk.global_id, after=cursor)
        assert event(await socket.next("1"))["readByOtherAt"] is None
        await talk.read(talk.prospect, sent)
        mark = event(await socket.next("1"))
        assert (mark["__typename"], mark["side"]) == ("ChatReadMark", "PROSPECT")
        assert mark["through"] == write_id("ChatMessage", sent)
        await talk.send(talk.prospect, "Yes.")
        assert event(await socket.next("1"))["text"] == "Yes."
        await socket.subscribe("2", CHAT, id=talk.global_id, after=mark["cursor"])
        assert event(await socket.next("2"))["text"] == "Yes."


async def test_only_the_events_of_this_chat_arrive(talk: Talk) -> None:
    other = Talk(talk.served, await talk.served.applied("Another lead"))
    async with signed_in(talk.served.port, await talk.token(talk.vendor)) as socket:
        await socket.subscribe(
            "1", CHAT, id=talk.global_id, after=(await talk.listed(talk.vendor))[-1]["cursor"]
        )
        await other.send(other.prospect, "elsewhere")
        await talk.served.reveal("A third lead")
        await talk.send(talk.prospect, "here")
        assert event(await socket.next("1"))["text"] == "here"


async def test_system_messages_arrive_live_and_on_resuming_in_the_order_of_the_list(talk: Talk) -> None:
    """Each side gets its own, in its place among the messages, and each once."""
    served = talk.served
    wake = served.api.services.wake
    cursors = {viewer: (await talk.listed(viewer))[0]["cursor"] for viewer in talk.viewers}
    seen: dict[Viewer, list[Json]] = {viewer: [] for viewer in talk.viewers}
    for viewer in talk.viewers:
        async with signed_in(served.port, await talk.token(viewer)) as socket:
            await socket.subscribe("1", CHAT, id=talk.global_id, after=cursors[viewer])
            seen[viewer].append(event(await socket.next("1")))
            assert seen[viewer][0]["side"] == "SYSTEM", "what follows the introduction"
    await talk.send(talk.prospect, "one")
    await propose_meeting(talk.prospect, talk.id, START + timedelta(hours=200))
    async with (
        signed_in(served.port, await talk.token(talk.vendor)) as vendor,
        signed_in(served.port, await talk.token(talk.prospect)) as prospect,
        signed_in(served.port, await talk.token(talk.operator)) as operator,
    ):
        sockets = dict(zip(talk.viewers, (vendor, prospect, operator), strict=True))
        for viewer, socket in sockets.items():
            await socket.subscribe("1", CHAT, id=talk.global_id, after=seen[viewer][-1]["cursor"])
            seen[viewer].append(event(await socket.next("1")))
        await accept(talk.prospect, wake, talk.id)
        await talk.send(talk.vendor, "two")
        for viewer, socket in sockets.items():
            while seen[viewer][-1]["text"] != "two":
                seen[viewer].append(event(await socket.next("1")))
    for viewer in talk.viewers:
        listed = await talk.listed(viewer)
        assert [(one["id"], one["cursor"]) for one in seen[viewer]] == [
            (one["id"], one["cursor"]) for one in listed[1:]
        ]
    of_vendor = ["SYSTEM", "PROSPECT", "SYSTEM", "SYSTEM", "VENDOR"]
    assert [[one["side"] for one in seen[viewer]] for viewer in talk.viewers] == [
        of_vendor,
        ["SYSTEM", "PROSPECT", "SYSTEM", "VENDOR"],
        of_vendor,
    ]
    assert {one["author"] for one in seen[talk.vendor] if one["side"] == "SYSTEM"} == {"The marketplace"}


async def test_the_reveal_by_silence_arrives_as_of_the_instant_at_which_the_mask_opens(talk: Talk) -> None:
    await talk.send(talk.prospect, f"Call me: {PHONE}")
    (*_, hidden) = await talk.listed(talk.vendor)
    async with signed_in(talk.served.port, await talk.token(talk.vendor)) as socket:
        await socket.subscribe("1", CHAT, id=talk.global_id, after=hidden["cursor"])
        await talk.served.silence()
        told = event(await socket.next("1"))
    (line,) = [one for one in await talk.listed(talk.vendor) if one["id"] == hidden["id"]]
    assert (hidden["text"], line["text"]) == ("Call me: [phone]", f"Call me: {PHONE}")
    assert (told["side"], told["at"]) == ("SYSTEM", hidden["decision"]["changesAt"])
    assert told["decision"] == {"outcome": "SHOW", "changesAt": None}


async def test_strangers_do_not_find_the_chat(talk: Talk) -> None:
    """The same answer as for an application that doesn't exist."""
    place = talk.served.market
    answers = set()
    for viewer, id_ in (
        (place.other_vendor.owner, talk.global_id),
        (place.other_prospect.viewer, talk.global_id),
        (place.vendor.employee, talk.global_id),
        (await make_agent(), talk.global_id),
        (place.vendor.owner, write_id("Application", new_id())),
        (place.vendor.owner, write_id("Lead", place.lead.id)),
        (place.vendor.owner, "nonsense"),
    ):
        async with signed_in(talk.served.port, await talk.token(viewer)) as socket:
            await socket.subscribe("1", CHAT, id=id_)
            (error,) = errors_of(await socket.take("1"))
        answers.add((error["message"], str(error["extensions"])))
    ((_, extensions),) = answers
    assert "APPLICATION_NOT_FOUND" in extensions


async def test_a_cursor_of_another_feed_is_refused(talk: Talk) -> None:
    foreign = (await talk.listed(talk.vendor))[-1]["cursor"]
    async with signed_in(talk.served.port, await talk.token(talk.prospect)) as socket:
        await socket.subscribe("1", CHAT, id=talk.global_id, after=foreign)
        (error,) = errors_of(await socket.take("1"))
    assert error["extensions"]["code"] == "INVALID"


async def test_messages_that_are_no_longer_stored_in_the_feed_are_a_gap(talk: Talk) -> None:
    cursor = (await talk.listed(talk.vendor))[-1]["cursor"]
    for text in ("one", "two", "three"):
        await talk.send(talk.prospect, text)
    recipient = talk.served.market.vendor.id
    seqs = [row["seq"] for row in await rows_of("feed_event", recipient=recipient, kind="CHAT_MESSAGE")]
    await remove_through(recipient, sorted(seqs)[1])
    async with signed_in(talk.served.port, await talk.token(talk.vendor)) as socket:
        await socket.subscribe("1", CHAT, id=talk.global_id, after=cursor)
        gap = event(await socket.next("1"))
        assert (gap["__typename"], gap["missed"] > 0) == ("FeedGap", True)
        assert event(await socket.next("1"))["text"] == "three"
    assert [one["text"] for one in await talk.listed(talk.vendor)][1:] == ["one", "two", "three"]


async def test_after_a_decline_what_was_written_is_still_delivered(talk: Talk) -> None:
    cursor = (await talk.listed(talk.vendor))[-1]["cursor"]
    await talk.send(talk.prospect, f"My number is {PHONE}")
    await decline(talk.prospect, talk.served.api.services.wake, talk.id)
    async with signed_in(talk.served.port, await talk.token(talk.vendor)) as socket:
        await socket.subscribe("1", CHAT, id=talk.global_id, after=cursor)
        shown = event(await socket.next("1"))
    assert (shown["text"], shown["decision"]["changesAt"]) == ("My number is [phone]", None)


async def test_a_chat_that_is_closed_to_the_vendor_falls_silent(talk: Talk) -> None:
    """Nothing that happens afterwards arrives, and it can no longer be followed."""
    token = await talk.token(talk.vendor)
    sent = await talk.send(talk.vendor, "one")
    async with signed_in(talk.served.port, token) as socket:
        await socket.subscribe(
            "1", CHAT, id=talk.global_id, after=(await talk.listed(talk.vendor))[1]["cursor"]
        )
        assert event(await socket.next("1"))["text"] == "one"
        prospect_id = talk.served.market.prospect.id
        now = "UPDATE prospect SET erased_at = leadgate_clock() WHERE id = $1"
        await fetch(connection(), now, prospect_id)
        await talk.read(talk.prospect, sent)
        await socket.subscribe("2", CHAT, id=talk.global_id)
        (error,) = errors_of(await socket.take("2"))
        assert error["extensions"]["code"] in {"REFUSED_BY_RULE", "NOT_FOUND"}
        assert not socket.pending


async def test_an_idle_event_stream_ends_soon_after_its_session(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_watch, "EVERY", 0.01)
    cursor = (await talk.listed(talk.vendor))[-1]["cursor"]
    token = await talk.token(talk.vendor)
    async with streaming(talk.served.port, token, CHAT, id=talk.global_id, after=cursor) as events:
        await talk.send(talk.prospect, "one")
        assert event((await events.next())[1]["data"])["text"] == "one"
        await talk.served.sign_out(token)
        name, payload = await events.next()
        (error,) = payload["errors"]
        assert (name, error["extensions"]["code"], payload["data"]) == ("next", "UNAUTHENTICATED", None)
        assert await events.next() == ("complete", {})


async def test_each_message_that_an_operator_follows_is_logged(talk: Talk) -> None:
    async with signed_in(talk.served.port, await talk.token(talk.operator)) as socket:
        cursor = (await talk.listed(talk.operator))[-1]["cursor"]
        before = len(await rows_of("contact_access"))
        await socket.subscribe("1", CHAT, id=talk.global_id, after=cursor)
        for number in range(2):
            await talk.send(talk.prospect, f"Call me: {PHONE}")
            assert event(await socket.next("1"))["text"] == f"Call me: {PHONE}"
            assert len(await rows_of("contact_access")) == before + number + 1


async def test_many_messages_from_both_sides_at_once_arrive_in_one_order(talk: Talk) -> None:
    followers = []
    for viewer in (talk.vendor, talk.prospect, talk.operator):
        cursor = (await talk.listed(viewer))[-1]["cursor"]
        followers.append((await talk.token(viewer), cursor))
    writers = (talk.vendor, talk.prospect)
    texts = [f"{letter} apples" for letter in ascii_letters[:20]]  # digits would look like parts of a number
    await asyncio.gather(*(talk.send(writers[n % 2], text) for n, text in enumerate(texts)))
    orders = set()
    for token, cursor in followers:
        async with signed_in(talk.served.port, token) as socket:
            await socket.subscribe("1", CHAT, id=talk.global_id, after=cursor)
            orders.add(tuple([event(await socket.next("1"))["text"] for _ in range(20)]))
    (order,) = orders
    assert sorted(order) == texts
    assert list(order) == [one["text"] for one in await talk.listed(talk.vendor)][2:]
