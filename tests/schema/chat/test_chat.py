"""Chats through the API: what each viewer reads and may do, and in how many statements (S1.5, S1.8)."""

from typing import Any

import pytest

from models.applications.answer import accept
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.chat.send import send_message
from models.process.wake import Silence
from schema.feed.cursor import write_feed_cursor
from schema.graphql.ids import write_id
from tests.support.api import Client
from tests.support.marketplace import EMAIL, FULL_NAME, apply, make_lead
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene
from tests.support.viewers import SIGNED_IN, Kind

SEND = """mutation ($input: ChatMessageSendInput!) { chatMessageSend(input: $input) {
  message { id text shownToOther side } userErrors { code field message chatReason retryAfterSeconds
    decision { ruleId } } } }"""
READ = """mutation ($input: ChatReadInput!) { chatRead(input: $input) {
  chat { unread firstUnread { id } } userErrors { code field } } }"""
THREAD = """query ($id: ID!, $first: Int, $after: Cursor, $last: Int, $before: Cursor) { node(id: $id) {
  ... on Application { chat { access { outcome ruleId } unread firstUnread { text } }
    messages(first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { id cursor side author text masked { start end kind } shownToOther
        readByOtherAt decision { outcome ruleId changesAt message } application { id } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }"""
LIST = """{ applications(first: 20) { nodes { id lead { contact { fullName } }
  chat { unread access { ruleId } firstUnread { text author } maskedAttempts { vendor prospect } }
  messages(first: 3) { nodes { text shownToOther author decision { ruleId } } } } } }"""
ENTITLED = (Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR)
QUIET = Silence()


async def _send(client: Client, application: str, text: str, key: str) -> Any:
    given = {"applicationId": application, "text": text, "idempotencyKey": key}
    return (await client.ask(SEND, input=given)).data["chatMessageSend"]


def _application(scene: Scene) -> str:
    return write_id("Application", scene.hidden_application)


async def _thread(client: Client, application: str, **page: object) -> Any:
    return (await client.ask(THREAD, id=application, **page)).data["node"]


def _of_people(thread: Any) -> list[Any]:
    nodes = [edge["node"] for edge in thread["messages"]["edges"]]
    return [node for node in nodes if node["side"] != "SYSTEM"]


async def test_both_sides_write_and_each_reads_what_the_rules_show(scene: Scene) -> None:
    owner, prospect = scene.clients[Kind.OWNER], scene.clients[Kind.PROSPECT]
    application = _application(scene)
    sent = await _send(prospect, application, f"Write to {EMAIL}", "one")
    assert sent["userErrors"] == []
    assert sent["message"]["shownToOther"] == "Write to [e-mail]"
    thread = await _thread(owner, application)
    introduction, message = _of_people(thread)
    assert introduction["id"] == write_id("ChatMessage", scene.hidden_application)
    assert (message["text"], message["author"]) == ("Write to [e-mail]", "The prospect")
    assert message["masked"] == [{"start": 9, "end": 17, "kind": "EMAIL"}]
    assert message["decision"]["outcome"] == "MASK"
    assert message["decision"]["changesAt"] is not None
    assert thread["chat"]["unread"] == 1
    given = {"applicationId": application, "through": message["id"]}
    read = (await owner.ask(READ, input=given)).data["chatRead"]
    assert read == {"chat": {"unread": 0, "firstUnread": None}, "userErrors": []}
    theirs = _of_people(await _thread(prospect, application))[1]
    assert theirs["readByOtherAt"] is not None


async def test_pages_go_both_ways(scene: Scene) -> None:
    application, owner = _application(scene), scene.clients[Kind.OWNER]
    for number in range(4):
        await _send(owner, application, f"Message {number}", f"m{number}")
    first = (await _thread(owner, application, first=3))["messages"]
    rest = (await _thread(owner, application, first=9, after=first["pageInfo"]["endCursor"]))["messages"]
    assert [edge["node"]["text"] for edge in rest["edges"]] == ["Message 1", "Message 2", "Message 3"]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    last = (await _thread(owner, application, last=2))["messages"]
    assert [edge["node"]["text"] for edge in last["edges"]] == ["Message 2", "Message 3"]
    before = (await _thread(owner, application, last=9, before=last["pageInfo"]["startCursor"]))["messages"]
    assert [edge["node"]["side"] for edge in before["edges"]] == ["VENDOR", "SYSTEM", "VENDOR", "VENDOR"]


async def test_only_the_sides_and_operators_find_a_chat(scene: Scene) -> None:
    application = _application(scene)
    ids = [application, write_id("ChatMessage", scene.hidden_application), write_id("ChatMessage", new_id())]
    for name in SIGNED_IN:
        client = scene.clients[name]
        nodes = (await client.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)).data["nodes"]
        entitled = name in ENTITLED
        assert [node is not None for node in nodes] == [entitled, entitled, False], name
        sent = await _send(client, application, "Hello", f"hello-{name}")
        assert [error["code"] for error in sent["userErrors"]] == ([] if entitled else ["NOT_FOUND"]), name
        preview = await client.ask(
            """query ($id: ID!) { chatPreview(applicationId: $id, text: "Hello") { shownToOther } }""",
            id=application,
        )
        assert preview.codes == ([] if entitled else ["NOT_FOUND"]), name


async def test_after_a_decline_the_decision_says_why_nobody_writes(scene: Scene) -> None:
    application, owner = _application(scene), scene.clients[Kind.OWNER]
    declined = await scene.clients[Kind.PROSPECT].ask(
        "mutation ($id: ID!) { applicationDecline(input: {applicationId: $id}) { userErrors { code } } }",
        id=application,
    )
    assert declined.data["applicationDecline"]["userErrors"] == []
    (error,) = (await _send(owner, application, "But why?", "why"))["userErrors"]
    assert (error["code"], error["chatReason"]) == ("REFUSED_BY_RULE", "CHAT_NOT_OPEN")
    assert error["decision"]["ruleId"] == "declined_in_time"
    thread = await _thread(owner, application)
    assert thread["chat"]["access"] == {"outcome": "READ_ONLY", "ruleId": "declined_in_time"}
    assert len(_of_people(thread)) == 1


async def test_a_preview_shows_both_kinds_of_masks_and_invalid_texts_are_errors(scene: Scene) -> None:
    document = """query ($id: ID!, $text: String!) { chatPreview(applicationId: $id, text: $text) {
        shownToOther masked { start end kind } decision { outcome ruleId } } }"""
    owner, application = scene.clients[Kind.OWNER], _application(scene)
    answer = await owner.ask(document, id=application, text="Our number: +49 30 901820")
    preview = answer.data["chatPreview"]
    assert preview["decision"] == {"outcome": "MASK", "ruleId": "vendor_contacts_hidden"}
    assert [span["kind"] for span in preview["masked"]] == ["PHONE"]
    for text, code in (("", "REQUIRED"), ("x" * 5_001, "INVALID"), ("\u200b", "INVALID")):
        assert (await owner.ask(document, id=application, text=text)).codes == [code]


async def test_operators_looks_are_logged_once_per_answer(scene: Scene) -> None:
    operator, application = scene.clients[Kind.OPERATOR], _application(scene)
    await operator.ask(
        "query ($id: ID!) { node(id: $id) { ... on Application { chat { unread } } } }", id=application
    )
    assert await fetch(connection(), "SELECT FROM contact_access") == []
    await _thread(operator, application)
    rows = await fetch(connection(), "SELECT lead_id FROM contact_access")
    assert [row["lead_id"] for row in rows] == [scene.hidden.id]
    await scene.clients[Kind.OWNER].ask(LIST)
    assert len(await fetch(connection(), "SELECT FROM contact_access")) == 1


@pytest.mark.parametrize("kind", [Kind.OWNER, Kind.PROSPECT, Kind.OPERATOR])
async def test_a_list_of_chats_costs_a_fixed_number_of_statements(scene: Scene, kind: Kind) -> None:
    """Applications, chats, their first unread messages, their counts and their pages: one statement each."""
    client = scene.clients[kind]

    async def statements() -> int:
        await client.ask(LIST)  # policies are in the cache from here on
        with recorded_statements() as found:
            answer = await client.ask(LIST)
        assert answer.codes == []
        chats = [node["messages"]["nodes"] for node in answer.data["applications"]["nodes"]]
        assert all(chats)
        return len(found)

    market = scene.market
    await send_message(market.prospect.viewer, QUIET, scene.hidden_application, "Hello", "hello")
    few = await statements()
    for number in range(6):
        made = await apply(market.vendor, await make_lead(market.market, market.prospect))
        for part in range(3):
            text = f"Call 0151 2345678{part} or {FULL_NAME}"
            await send_message(market.prospect.viewer, QUIET, made, text, f"{number}-{part}")
            await send_message(market.vendor.owner, QUIET, made, text, f"{number}-{part}")
        if number % 2:
            await accept(market.prospect.viewer, QUIET, made)
    assert await statements() == few


async def test_only_operators_are_told_how_often_something_was_masked(scene: Scene) -> None:
    application = _application(scene)
    await _send(scene.clients[Kind.PROSPECT], application, f"Write to {EMAIL}", "one")
    document = """query ($id: ID!) { node(id: $id) { ... on Application { chat {
        maskedAttempts { vendor prospect } } } } }"""
    for kind in ENTITLED:
        chat = (await scene.clients[kind].ask(document, id=application)).data["node"]["chat"]
        told = {"vendor": 0, "prospect": 1} if kind is Kind.OPERATOR else None
        assert chat == {"maskedAttempts": told}, kind


async def test_the_cursor_of_a_message_is_a_position_in_the_viewers_feed(scene: Scene) -> None:
    application = _application(scene)
    await _send(scene.clients[Kind.PROSPECT], application, "Hello", "hello")
    for kind, recipient in (
        (Kind.OWNER, scene.market.vendor.id),
        (Kind.PROSPECT, scene.market.prospect.id),
        (Kind.OPERATOR, scene.market.vendor.id),
    ):
        rows = await fetch(
            connection(),
            "SELECT seq FROM feed_event WHERE recipient = $1 AND kind = 'CHAT_MESSAGE'",
            recipient,
        )
        message = _of_people(await _thread(scene.clients[kind], application))[1]
        assert message["cursor"] == write_feed_cursor(recipient, rows[0]["seq"])


async def test_inside_a_list_the_last_messages_can_be_read_as_well(scene: Scene) -> None:
    owner, application = scene.clients[Kind.OWNER], _application(scene)
    for number in range(3):
        await _send(owner, application, f"Message {number}", f"m{number}")
    document = """{{ applications {{ nodes {{ id messages({args}) {{
        nodes {{ text }} pageInfo {{ hasPreviousPage hasNextPage }} }} }} }} }}"""
    answer = await owner.ask(document.format(args="last: 2"))
    (found,) = (node for node in answer.data["applications"]["nodes"] if node["id"] == application)
    assert [one["text"] for one in found["messages"]["nodes"]] == ["Message 1", "Message 2"]
    assert found["messages"]["pageInfo"] == {"hasPreviousPage": True, "hasNextPage": False}
    for args in ("last: 11", "first: 11", 'last: 2, before: "x"', 'after: "x"'):
        assert set((await owner.ask(document.format(args=args))).codes) == {"INVALID"}, args
