"""Who sees complaints, files and messages: vendors their own, operators all, nobody else anything."""

import asyncio
import json
from contextlib import aclosing
from typing import Any

from models.base.database import connection, fetch
from schema import build_schema
from schema.feed.cursor import write_feed_cursor
from schema.graphql.context import Context
from schema.graphql.ids import write_id
from tests.schema.complaints.delivered import Delivered, file_bytes, file_items, item
from tests.support.leads import DeliveryRow, LeadRow, insert_deliveries, insert_leads
from tests.support.marketplace import START
from tests.support.query_recorder import recorded_statements
from tests.support.viewers import SIGNED_IN, Kind

ENTITLED = {Kind.OWNER, Kind.MEMBER, Kind.OPERATOR}
FORBIDDEN = {Kind.EMPLOYEE, Kind.AGENT, Kind.PROSPECT, Kind.OTHER_PROSPECT}
SEND = """mutation ($input: ComplaintMessageSendInput!) { complaintMessageSend(input: $input) {
  message { id text fromOperator } userErrors { code } } }"""
LIST = """{ complaints(first: SIZE) { totalCount nodes { number status vendor { name }
  file { url } answerFile { url } counts { total accepted }
  messages(first: 3) { nodes { text } }
  items(first: 5) { totalCount nodes { verdict evidence { check } decision { message }
    delivery { lead { title offer { points } } complaintItem { id } replacementFor { id } }
    complaint { number } replacement { id } } } } } }"""


async def test_only_the_vendor_and_the_operator_see_nodes_and_lists(delivered: Delivered) -> None:
    filed = (await file_items(delivered.owner, [item(delivered.record, "VOICEMAIL")]))["complaint"]
    sent = await delivered.owner.ask(
        SEND, input={"complaintId": filed["id"], "text": "Why?", "idempotencyKey": "why"}
    )
    rows = await fetch(connection(), "SELECT id FROM stored_file")
    ids = [
        filed["id"],
        filed["items"]["nodes"][0]["id"],
        sent.data["complaintMessageSend"]["message"]["id"],
        write_id("File", rows[0]["id"]),
    ]
    for name in SIGNED_IN:
        client = delivered.clients[name]
        nodes = (await client.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)).data["nodes"]
        assert [node is not None for node in nodes] == [name in ENTITLED] * 4, name
        answer = await client.ask("{ complaints { nodes { number } } }")
        assert answer.codes == (["FORBIDDEN"] if name in FORBIDDEN else []), name
        if name not in FORBIDDEN:
            assert len(answer.data["complaints"]["nodes"]) == (name in ENTITLED), name


async def test_a_thread_has_messages_of_both_sides_in_order(delivered: Delivered) -> None:
    filed = (await file_items(delivered.owner, [item(delivered.record)]))["complaint"]
    for number, client in enumerate((delivered.owner, delivered.operator, delivered.owner)):
        given = {"complaintId": filed["id"], "text": f"Message {number}", "idempotencyKey": f"m{number}"}
        for _ in range(2):  # sent twice, stored once
            answer = (await client.ask(SEND, input=given)).data["complaintMessageSend"]
            assert answer["userErrors"] == []
    document = """query ($id: ID!, $after: Cursor) { node(id: $id) { ... on Complaint {
      messages(first: 2, after: $after) { nodes { text fromOperator } pageInfo { endCursor } } } } }"""
    page = (await delivered.owner.ask(document, id=filed["id"])).data["node"]["messages"]
    assert [one["fromOperator"] for one in page["nodes"]] == [False, True]
    after = page["pageInfo"]["endCursor"]
    rest = (await delivered.owner.ask(document, id=filed["id"], after=after)).data["node"]["messages"]
    assert [one["text"] for one in rest["nodes"]] == ["Message 2"]


async def test_the_list_of_complaints_costs_the_same_for_any_length(delivered: Delivered) -> None:
    """With files, counts, messages, items, their evidence, decisions, deliveries and remedies."""
    costs = {}
    await file_items(
        delivered.owner, [item(delivered.record, "VOICEMAIL"), item(delivered.club, "NO_CONSENT")], "first"
    )
    for size in (1, 100):
        if size == 100:
            leads = [
                LeadRow(delivered.market.market.id, delivered.market.prospect.id, published_at=START)
                for _ in range(30)
            ]
            await insert_leads(leads)
            vendor, policy = delivered.market.vendor.id, delivered.market.market.policy_id
            rows = [DeliveryRow(lead.id, vendor, policy, "RECORD") for lead in leads]
            await insert_deliveries(rows)
            found = await fetch(
                connection(),
                "SELECT id FROM delivery WHERE lead_id = ANY($1::uuid[])",
                [one.id for one in leads],
            )
            for number, row in enumerate(found):
                delivery = write_id("Delivery", row["id"])
                await file_items(delivered.owner, [item(delivery, "NUMBER_DOES_NOT_EXIST")], f"more {number}")
        for name, client in ((Kind.OWNER, delivered.owner), (Kind.OPERATOR, delivered.operator)):
            document = LIST.replace("SIZE", str(size))
            await client.ask(document)
            with recorded_statements() as statements:
                data = (await client.ask(document)).data["complaints"]
            assert len(data["nodes"]) == (1 if size == 1 else 31)
            costs[name, size] = len(statements)
    assert costs[Kind.OWNER, 1] == costs[Kind.OWNER, 100] <= 14
    assert costs[Kind.OPERATOR, 1] == costs[Kind.OPERATOR, 100] <= 14


async def test_the_progress_of_a_large_file_can_be_followed(delivered: Delivered) -> None:
    """Every 500 rows, only for the account that files; the rows are answered as usual."""
    leads = [
        LeadRow(delivered.market.market.id, delivered.market.prospect.id, published_at=START)
        for _ in range(1_100)
    ]
    await insert_leads(leads)
    vendor, policy = delivered.market.vendor.id, delivered.market.market.policy_id
    await insert_deliveries([DeliveryRow(lead.id, vendor, policy, "RECORD") for lead in leads])
    rows = await fetch(
        connection(), "SELECT id FROM delivery WHERE lead_id = ANY($1::uuid[])", [lead.id for lead in leads]
    )
    lines = [f"{write_id('Delivery', row['id'])};WRONG_ADDRESS;Nobody is there." for row in rows]
    content = "\r\n".join(["Delivery ID;Reason;Explanation", *lines]).encode()
    payload = (await file_bytes(delivered.owner, content, "many.csv", "many")).data["complaintFile"]
    assert payload["complaint"]["counts"]["total"] == 1_100
    seen = await _progress(delivered, Kind.OWNER, 3)
    assert [(one["checked"], one["total"], one["idempotencyKey"]) for one in seen] == [
        (500, 1_100, "many"),
        (1_000, 1_100, "many"),
        (1_100, 1_100, "many"),
    ]
    assert await _progress(delivered, Kind.OTHER_VENDOR, 0) == []
    assert "FORBIDDEN" in json.dumps(await _progress(delivered, Kind.OPERATOR, 1))


async def _progress(delivered: Delivered, name: Kind, expected: int) -> list[dict[str, object]]:
    """Return the events of a subscription from the start: the expected number, and any that follow."""
    viewer = {
        Kind.OWNER: delivered.market.vendor.owner,
        Kind.OTHER_VENDOR: delivered.market.other_vendor.owner,
        Kind.OPERATOR: delivered.market.operator,
    }[name]
    assert viewer.recipient is not None
    context = Context(delivered.api.services, None, None, "test", "")
    await context.authenticate(delivered.clients[name].token)
    document = f"""subscription {{ complaintProgress(after: "{write_feed_cursor(viewer.recipient, 0)}") {{
      ... on ComplaintProgress {{ cursor at checked total idempotencyKey }} }} }}"""
    seen: list[dict[str, object]] = []
    results = await build_schema().stream(document, context_value=context)
    async with aclosing(results):
        while True:
            try:
                patience = 60 if len(seen) < expected else 0.5
                result: Any = await asyncio.wait_for(anext(results), patience)
            except (TimeoutError, StopAsyncIteration):
                break
            if result.errors:
                seen += [dict(error.extensions or {}) for error in result.errors]
                break
            seen.append(result.data["complaintProgress"])
    return seen


async def test_statistics_do_not_reveal_other_buyers(delivered: Delivered) -> None:
    await file_items(delivered.owner, [item(delivered.record, "VOICEMAIL")])
    document = (
        "query ($by: ComplaintStatisticsBy!) { complaintStatistics(by: $by) { key name filed rejected } }"
    )
    account = write_id("Account", delivered.market.vendor.id)
    for name, buyers in ((Kind.OWNER, 1), (Kind.OTHER_VENDOR, 0), (Kind.OPERATOR, 1)):
        client = delivered.clients[name]
        reasons = (await client.ask(document, by="REASON")).data["complaintStatistics"]
        exact = [{"key": "VOICEMAIL", "name": None, "filed": 1, "rejected": 1}]
        assert reasons == (exact if name == Kind.OPERATOR else []), name
        found = (await client.ask(document, by="BUYER")).data["complaintStatistics"]
        assert [one["key"] for one in found] == [account] * buyers, name


async def test_a_vendors_request_for_part_of_a_day_is_refused_with_a_remedy(delivered: Delivered) -> None:
    document = "query ($period: PeriodInput) { complaintStatistics(period: $period) { key } }"
    period = {"from": "2026-03-02T00:00:00.000001Z", "to": "2026-03-03T00:00:00Z"}
    answer = await delivered.owner.ask(document, period=period)
    assert answer.codes == ["INVALID"]
    (error,) = answer.body["errors"]
    assert error["extensions"]["field"] == ["period", "from"]
    assert "Send midnight in UTC, such as 2026-03-02T00:00:00Z" in error["message"]
    assert (await delivered.operator.ask(document, period=period)).data


async def test_the_files_of_others_are_not_listed(delivered: Delivered) -> None:
    """Operators see every account's files through the accounts, vendors their own."""
    await file_items(delivered.owner, [item(delivered.record, "VOICEMAIL")])
    document = (
        "{ accounts { nodes { id files(first: 5, kind: ADDED_BY_ADMINISTRATOR) { nodes { name } } } } }"
    )
    accounts = (await delivered.operator.ask(document)).data["accounts"]["nodes"]
    assert {one["id"]: len(one["files"]["nodes"]) for one in accounts} == {
        write_id("Account", delivered.market.vendor.id): 1,
        write_id("Account", delivered.market.other_vendor.id): 0,
    }
    theirs = "{ viewer { account { files { nodes { name } } } } }"
    found = (await delivered.clients[Kind.OTHER_VENDOR].ask(theirs)).data["viewer"]["account"]
    assert found["files"]["nodes"] == []


async def test_a_period_that_ends_before_it_begins_is_refused(delivered: Delivered) -> None:
    """No complaint can be in it, so the numbers would wrongly show none."""
    document = "query ($period: PeriodInput) { complaintStatistics(period: $period) { key } }"
    period = {"from": "2026-03-02T00:00:00Z", "to": "2026-03-01T00:00:00Z"}
    answer = await delivered.operator.ask(document, period=period)
    assert answer.codes == ["INVALID"]
    assert answer.body["errors"][0]["extensions"]["field"] == ["period", "to"]
