"""Who sees complaints, files and threads: the vendor its own, the operator all, nobody else anything."""

import asyncio
import json
from contextlib import aclosing
from typing import Any

from models.base.database import connection, fetch
from schema import build_schema
from schema.feed.cursor import write_feed_cursor
from schema.graphql.context import Context
from schema.graphql.ids import write_id
from tests.models.leads.rows import DeliveryRow, LeadRow, lay_deliveries, lay_leads
from tests.schema.complaints.house import House, file_bytes, file_items, item
from tests.schema.queries.scene import AGENT, EMPLOYEE, OTHER_PROSPECT, PROSPECT, SIGNED_IN
from tests.support.marketplace import START
from tests.support.query_recorder import recorded_statements

ENTITLED = {"owner", "member", "operator"}
FORBIDDEN = {EMPLOYEE, AGENT, PROSPECT, OTHER_PROSPECT}
SEND = """mutation ($input: ComplaintMessageSendInput!) { complaintMessageSend(input: $input) {
  message { id text fromOperator } userErrors { code } } }"""
LIST = """{ complaints(first: SIZE) { totalCount nodes { number status vendor { name }
  file { url } answerFile { url } counts { total accepted }
  messages(first: 3) { nodes { text } }
  items(first: 5) { totalCount nodes { verdict evidence { check } decision { message }
    delivery { lead { title offer { points } } complaintItem { id } replacementFor { id } }
    complaint { number } replacement { id } } } } } }"""


async def test_nodes_and_lists_are_for_the_vendor_and_the_operator(house: House) -> None:
    filed = (await file_items(house.owner, [item(house.record, "VOICEMAIL")]))["complaint"]
    sent = await house.owner.ask(
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
        client = house.clients[name]
        nodes = (await client.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)).data["nodes"]
        assert [node is not None for node in nodes] == [name in ENTITLED] * 4, name
        answer = await client.ask("{ complaints { nodes { number } } }")
        assert answer.codes == (["FORBIDDEN"] if name in FORBIDDEN else []), name
        if name not in FORBIDDEN:
            assert len(answer.data["complaints"]["nodes"]) == (name in ENTITLED), name


async def test_a_thread_goes_both_ways_and_keeps_its_order(house: House) -> None:
    filed = (await file_items(house.owner, [item(house.record)]))["complaint"]
    for number, client in enumerate((house.owner, house.operator, house.owner)):
        given = {"complaintId": filed["id"], "text": f"Message {number}", "idempotencyKey": f"m{number}"}
        for _ in range(2):  # sent twice, written once
            answer = (await client.ask(SEND, input=given)).data["complaintMessageSend"]
            assert answer["userErrors"] == []
    document = """query ($id: ID!, $after: Cursor) { node(id: $id) { ... on Complaint {
      messages(first: 2, after: $after) { nodes { text fromOperator } pageInfo { endCursor } } } } }"""
    page = (await house.owner.ask(document, id=filed["id"])).data["node"]["messages"]
    assert [one["fromOperator"] for one in page["nodes"]] == [False, True]
    after = page["pageInfo"]["endCursor"]
    rest = (await house.owner.ask(document, id=filed["id"], after=after)).data["node"]["messages"]
    assert [one["text"] for one in rest["nodes"]] == ["Message 2"]


async def test_the_list_of_complaints_costs_the_same_for_any_length(house: House) -> None:
    """With files, counts, threads, items, their evidence, decisions, deliveries and remedies."""
    costs = {}
    await file_items(house.owner, [item(house.record, "VOICEMAIL"), item(house.club, "NO_CONSENT")], "first")
    for size in (1, 100):
        if size == 100:
            leads = [
                LeadRow(house.market.market.id, house.market.prospect.id, published_at=START)
                for _ in range(30)
            ]
            await lay_leads(leads)
            vendor, policy = house.market.vendor.id, house.market.market.policy_id
            rows = [DeliveryRow(lead.id, vendor, policy, "RECORD") for lead in leads]
            await lay_deliveries(rows)
            found = await fetch(
                connection(),
                "SELECT id FROM delivery WHERE lead_id = ANY($1::uuid[])",
                [one.id for one in leads],
            )
            for number, row in enumerate(found):
                delivery = write_id("Delivery", row["id"])
                await file_items(house.owner, [item(delivery, "NUMBER_DOES_NOT_EXIST")], f"more {number}")
        for name, client in (("owner", house.owner), ("operator", house.operator)):
            document = LIST.replace("SIZE", str(size))
            await client.ask(document)
            with recorded_statements() as statements:
                data = (await client.ask(document)).data["complaints"]
            assert len(data["nodes"]) == (1 if size == 1 else 31)
            costs[name, size] = len(statements)
    assert costs["owner", 1] == costs["owner", 100] <= 14
    assert costs["operator", 1] == costs["operator", 100] <= 14


async def test_the_checks_of_a_large_file_are_followed(house: House) -> None:
    """Every 500 rows, to the account that files, and nobody else; the rows are answered all the same."""
    leads = [
        LeadRow(house.market.market.id, house.market.prospect.id, published_at=START) for _ in range(1_100)
    ]
    await lay_leads(leads)
    vendor, policy = house.market.vendor.id, house.market.market.policy_id
    await lay_deliveries([DeliveryRow(lead.id, vendor, policy, "RECORD") for lead in leads])
    rows = await fetch(
        connection(), "SELECT id FROM delivery WHERE lead_id = ANY($1::uuid[])", [lead.id for lead in leads]
    )
    lines = [f"{write_id('Delivery', row['id'])};WRONG_ADDRESS;Nobody is there." for row in rows]
    content = "\r\n".join(["Delivery ID;Reason;Explanation", *lines]).encode()
    payload = (await file_bytes(house.owner, content, "many.csv", "many")).data["complaintFile"]
    assert payload["complaint"]["counts"]["total"] == 1_100
    seen = await _progress(house, "owner", 3)
    assert [(one["checked"], one["total"], one["idempotencyKey"]) for one in seen] == [
        (500, 1_100, "many"),
        (1_000, 1_100, "many"),
        (1_100, 1_100, "many"),
    ]
    assert await _progress(house, "other vendor", 0) == []
    assert "FORBIDDEN" in json.dumps(await _progress(house, "operator", 1))


async def _progress(house: House, name: str, expected: int) -> list[dict[str, object]]:
    """The events of a subscription from the start: the expected number, and any that follow immediately."""
    viewer = {
        "owner": house.market.vendor.owner,
        "other vendor": house.market.other_vendor.owner,
        "operator": house.market.operator,
    }[name]
    assert viewer.recipient is not None
    context = Context(house.api.services, None, None, "test", "")
    await context.authenticate(house.clients[name].token)
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


async def test_statistics_name_no_buyer_to_another(house: House) -> None:
    await file_items(house.owner, [item(house.record, "VOICEMAIL")])
    document = (
        "query ($by: ComplaintStatisticsBy!) { complaintStatistics(by: $by) { key name filed rejected } }"
    )
    account = write_id("Account", house.market.vendor.id)
    for name, buyers in (("owner", 1), ("other vendor", 0), ("operator", 1)):
        client = house.clients[name]
        reasons = (await client.ask(document, by="REASON")).data["complaintStatistics"]
        exact = [{"key": "VOICEMAIL", "name": None, "filed": 1, "rejected": 1}]
        assert reasons == (exact if name == "operator" else []), name
        found = (await client.ask(document, by="BUYER")).data["complaintStatistics"]
        assert [one["key"] for one in found] == [account] * buyers, name


async def test_a_vendor_that_asks_for_a_part_of_a_day_is_told_what_to_give(house: House) -> None:
    document = "query ($period: PeriodInput) { complaintStatistics(period: $period) { key } }"
    period = {"from": "2026-03-02T00:00:00.000001Z", "to": "2026-03-03T00:00:00Z"}
    answer = await house.owner.ask(document, period=period)
    assert answer.codes == ["INVALID"]
    (error,) = answer.body["errors"]
    assert error["extensions"]["field"] == ["period", "from"]
    assert "Send midnight in UTC, such as 2026-03-02T00:00:00Z" in error["message"]
    assert (await house.operator.ask(document, period=period)).data


async def test_the_files_of_others_are_not_listed(house: House) -> None:
    """An operator sees every account's files through the accounts, a vendor its own."""
    await file_items(house.owner, [item(house.record, "VOICEMAIL")])
    document = (
        "{ accounts { nodes { id files(first: 5, kind: ADDED_BY_ADMINISTRATOR) { nodes { name } } } } }"
    )
    accounts = (await house.operator.ask(document)).data["accounts"]["nodes"]
    assert {one["id"]: len(one["files"]["nodes"]) for one in accounts} == {
        write_id("Account", house.market.vendor.id): 1,
        write_id("Account", house.market.other_vendor.id): 0,
    }
    theirs = "{ viewer { account { files { nodes { name } } } } }"
    found = (await house.clients["other vendor"].ask(theirs)).data["viewer"]["account"]
    assert found["files"]["nodes"] == []


async def test_a_period_that_ends_before_it_begins_is_refused(house: House) -> None:
    """No complaint could be in it, so the numbers would wrongly show none."""
    document = "query ($period: PeriodInput) { complaintStatistics(period: $period) { key } }"
    period = {"from": "2026-03-02T00:00:00Z", "to": "2026-03-01T00:00:00Z"}
    answer = await house.operator.ask(document, period=period)
    assert answer.codes == ["INVALID"]
    assert answer.body["errors"][0]["extensions"]["field"] == ["period", "to"]
