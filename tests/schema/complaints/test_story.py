"""A complaint from the delivery of the leads to the answer file, over the API as a client would."""

import csv
import io
from datetime import timedelta

import pytest
import xlsxwriter  # type: ignore[import-untyped, unused-ignore]

from jobs.sweeping import Sweeper
from models.base.database import connection, fetch
from models.complaints.answer_files import ensure_answers
from models.deadlines.sweep import sweep
from models.feed.wording import moment
from models.process.wake import Silence
from tests.schema.complaints.delivered import (
    OFFER,
    TEMPLATE,
    XLSX,
    Delivered,
    count,
    decide,
    file_bytes,
    file_items,
    item,
    sheet,
)
from tests.support.invariants import assert_books_balance
from tests.support.marketplace import FULL_NAME

FILES = """query ($kind: FileKind) { viewer { account { points
  files(kind: $kind, orderBy: KIND) { nodes { id kind name mediaType size url createdAt } } } } }"""


async def _template(delivered: Delivered, format_: str) -> list[list[str]]:
    payload = (await delivered.owner.ask(TEMPLATE, input={"format": format_, "language": "de"})).data
    file = payload["complaintTemplateCreate"]["file"]
    assert file["kind"] == "COMPLAINT_TEMPLATE"
    response = await delivered.api.http.get(file["url"])
    assert response.status_code == 200
    assert len(response.content) == file["size"]
    if format_ == "XLSX":
        return sheet(response.content)
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def _filled(rows: list[list[str]], reasons: dict[str, str], format_: str) -> bytes:
    width = len(rows[0])
    filled = [rows[0]]
    for row in rows[1:]:
        cells = [*row, *[""] * width][:width]
        if cells[0] in reasons:
            cells[-2:] = [reasons[cells[0]], "Stimmt nicht; bitte prüfen."]
        filled.append(cells)
    if format_ == "CSV":
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(filled)
        return text.getvalue().encode()
    binary = io.BytesIO()
    book = xlsxwriter.Workbook(binary)
    table = book.add_worksheet()
    for at, row in enumerate(filled):
        for column, cell in enumerate(row):
            table.write_string(at, column, cell)
    book.close()
    return binary.getvalue()


@pytest.mark.parametrize("format_", ["XLSX", "CSV"])
async def test_a_vendor_complains_by_a_file_and_gets_its_answer(delivered: Delivered, format_: str) -> None:
    """Template, upload, decisions row by row, the operator's decisions, remedies, and the answer file."""
    rows = await _template(delivered, format_)
    assert {row[0] for row in rows[1:]} == {delivered.record, delivered.club, delivered.second_club}
    assert all(FULL_NAME in row for row in rows[1:])
    reasons = {delivered.record: "3", delivered.club: "2", delivered.second_club: "8"}
    content = _filled(rows, reasons, format_)
    payload = (await file_bytes(delivered.owner, content, f"ausgefüllt.{format_.lower()}")).data[
        "complaintFile"
    ]
    assert (payload["rowErrors"], payload["userErrors"]) == ([], [])
    complaint = payload["complaint"]
    items = {one["delivery"]["id"]: one for one in complaint["items"]["nodes"]}
    assert {one["row"] for one in items.values()} == {2, 3, 4}
    assert items[delivered.second_club]["verdict"] == "REJECTED"
    assert items[delivered.second_club]["decision"]["ruleId"] == "no_answer_is_no_fault"
    assert complaint["counts"] == {"total": 3, "accepted": 0, "rejected": 1, "underReview": 2}
    assert (complaint["status"], complaint["answerFile"]) == ("OPEN", None)
    assert complaint["file"]["kind"] == "COMPLAINT_UPLOAD"
    uploads = (await delivered.owner.ask(FILES, kind="COMPLAINT_UPLOAD")).data["viewer"]["account"]["files"]
    download = await delivered.api.http.get(uploads["nodes"][0]["url"])
    assert download.content == content, "as it came"

    answer = await decide(
        delivered.operator,
        *(
            {"itemId": items[delivery]["id"], "verdict": "ACCEPTED", "comment": "Sie haben recht."}
            for delivery in (delivered.record, delivered.club)
        ),
    )
    assert answer["userErrors"] == []
    by_points, replaced = answer["items"]
    assert (by_points["remedy"], by_points["remedyPoints"]) == ("POINTS", 7)
    assert (replaced["remedy"], replaced["replacement"]["kind"]) == ("REPLACEMENT", "LEAD_CLUB")
    assert replaced["replacement"]["replacementFor"] == {"id": delivered.club}
    assert replaced["complaint"]["status"] == "DECIDED"

    account = (await delivered.owner.ask(FILES)).data["viewer"]["account"]
    assert account["points"] == 100 - 3 * 7 + 7
    assert [file["kind"] for file in account["files"]["nodes"]] == [
        "ADDED_BY_ADMINISTRATOR",
        "COMPLAINT_UPLOAD",
        "COMPLAINT_TEMPLATE",
    ]
    added = account["files"]["nodes"][0]
    assert added["mediaType"] == XLSX
    answered = sheet((await delivered.api.http.get(added["url"])).content)
    said = {row[1]: row for row in answered[2:]}
    assert said.keys() == items.keys()
    assert "Sie haben recht." in said[delivered.record]
    assert f"In stock ({replaced['replacement']['id']})" in said[delivered.club]
    assert await ensure_answers() == [], "there is one already"
    await assert_books_balance(connection())


async def test_ledger_entries_refer_to_the_delivery_paid_for_and_refunded(delivered: Delivered) -> None:
    """Both entries refer to it, so that a client can show how points were spent."""
    filed = (await file_items(delivered.owner, [item(delivered.record)]))["complaint"]
    given = {"itemId": filed["items"]["nodes"][0]["id"], "verdict": "ACCEPTED", "comment": "You are right."}
    await decide(delivered.operator, given)
    document = """{ viewer { account { ledger { nodes {
      kind amount subject { __typename id ... on Delivery { points } } } } } } }"""
    found = (await delivered.owner.ask(document)).data["viewer"]["account"]["ledger"]["nodes"]
    paid = {"__typename": "Delivery", "id": delivered.record, "points": 7}
    assert [(one["kind"], one["amount"]) for one in found if one["subject"] == paid] == [
        ("REFUND", 7),
        ("CAPTURE", -7),
    ]


async def test_a_worker_creates_an_answer_file_that_a_server_did_not(delivered: Delivered) -> None:
    """The rules decide the complaint immediately, and the server crashes before the file is written."""
    payload = await file_items(delivered.owner, [item(delivered.record, "VOICEMAIL")])
    assert payload["complaint"]["status"] == "DECIDED"
    assert payload["complaint"]["answerFile"] is not None
    await fetch(connection(), "UPDATE complaint SET answer_file_id = NULL")
    await Sweeper(Silence(), 100).settle_round(10)
    rows = await fetch(connection(), "SELECT answer_file_id FROM complaint")
    assert rows[0]["answer_file_id"] is not None


async def test_an_override_after_the_decision_creates_a_new_answer(delivered: Delivered) -> None:
    """The file that the complaint refers to is the current one."""
    filed = (await file_items(delivered.owner, [item(delivered.record, "VOICEMAIL")]))["complaint"]
    decision = {
        "itemId": filed["items"]["nodes"][0]["id"],
        "verdict": "ACCEPTED",
        "comment": "As a favour.",
    }
    refused = await decide(delivered.operator, decision)
    assert [error["code"] for error in refused["userErrors"]] == ["REQUIRED"]
    done = await decide(delivered.operator, {**decision, "overrideReason": "A good customer."})
    assert done["userErrors"] == []
    file = done["items"][0]["complaint"]["answerFile"]
    assert "As a favour." in str(sheet((await delivered.api.http.get(file["url"])).content))
    before = await count("stored_file")
    await decide(delivered.operator, {**decision, "overrideReason": "A good customer."})
    assert await count("stored_file") == before, "the same again changes nothing"


async def test_day_22_is_overdue_by_the_clock_alone(delivered: Delivered) -> None:
    """No worker runs; the operator's queue starts with the complaint that is due soonest."""
    filed = (await file_items(delivered.owner, [item(delivered.record)]))["complaint"]
    document = """query ($status: ComplaintStatus) {
      complaints(filter: { status: $status }) { totalCount nodes { number status decideBy } } }"""
    decide_by = await fetch(connection(), "SELECT decide_by FROM complaint")
    for offset, status in ((-timedelta(seconds=1), "OPEN"), (timedelta(), "OVERDUE")):
        await delivered.database.clock.set(decide_by[0]["decide_by"] + offset)
        for client in (delivered.owner, delivered.operator):
            found = (await client.ask(document, status=status)).data["complaints"]
            assert [(one["number"], one["status"]) for one in found["nodes"]] == [(filed["number"], status)]
            assert found["totalCount"] == 1
        for other in {"OPEN", "DECIDED", "OVERDUE"} - {status}:
            assert (await delivered.operator.ask(document, status=other)).data["complaints"]["nodes"] == []
    late = await decide(
        delivered.operator,
        {"itemId": filed["items"]["nodes"][0]["id"], "verdict": "REJECTED", "comment": "It is right."},
    )
    assert late["items"][0]["complaint"]["status"] == "DECIDED"


async def test_an_offer_is_shown_and_bought(delivered: Delivered) -> None:
    """A vendor buys it, once; a prospect does not see the price of its own lead."""
    document = "query ($id: ID!) { node(id: $id) { ... on Lead { offer { mode kind points placesLeft } } } }"
    lead = next(
        one["id"]
        for one in (await delivered.owner.ask("{ leads { nodes { id title } } }")).data["leads"]["nodes"]
        if one["title"] == "In stock"
    )
    shown = (await delivered.owner.ask(document, id=lead)).data["node"]["offer"]
    assert shown == {"mode": "SHARED", "kind": "LEAD_CLUB", "points": 7, "placesLeft": 5}
    again = {"leadId": lead, "kind": "RECORD", "mode": "EXCLUSIVE", "points": 1}
    refused = (await delivered.operator.ask(OFFER, input=again)).data["leadOffer"]["userErrors"]
    assert [error["code"] for error in refused] == ["CONFLICT"]
    buy = """mutation ($input: LeadPurchaseInput!) { leadPurchase(input: $input) {
      delivery { id kind points lead { contact { fullName } offer { placesLeft } } }
      userErrors { code } } }"""
    first = await delivered.owner.ask(buy, input={"leadId": lead, "idempotencyKey": "buy"})
    bought = first.data["leadPurchase"]["delivery"]
    assert (bought["points"], bought["lead"]["offer"]["placesLeft"]) == (7, 4)
    assert bought["lead"]["contact"]["fullName"] == FULL_NAME
    same = await delivered.owner.ask(buy, input={"leadId": lead, "idempotencyKey": "buy"})
    assert same.data["leadPurchase"]["delivery"]["id"] == bought["id"]


async def test_the_answer_file_shows_each_replacement_or_until_when_it_is_awaited(
    delivered: Delivered,
) -> None:
    """One is in stock for two faulty contacts; when the wait is over, the answer file is created again."""
    items = [item(delivered.club), item(delivered.second_club)]
    filed = (await file_items(delivered.owner, items))["complaint"]
    said = [
        {"itemId": one["id"], "verdict": "ACCEPTED", "comment": "It is."} for one in filed["items"]["nodes"]
    ]
    done = await decide(delivered.operator, *said)
    replacement = done["items"][0]["replacement"]["id"]
    url = done["items"][0]["complaint"]["answerFile"]["url"]
    first, second = sheet((await delivered.api.http.get(url)).content)[2:]
    assert first[-2:] == ["Replacement", f"In stock ({replacement})"]
    (due,) = await fetch(connection(), "SELECT due_at FROM deadline WHERE kind = 'REPLACEMENT_FALLBACK'")
    until = moment(due["due_at"], "en", "UTC")
    awaited = f"Replacement: expected by {until}; otherwise the points are credited (7)"
    assert second[-2:] == [awaited, ""]
    await delivered.database.clock.set(due["due_at"])
    await sweep(Silence())
    document = "query ($id: ID!) { node(id: $id) { ... on Complaint { answerFile { url } } } }"
    url = (await delivered.owner.ask(document, id=filed["id"])).data["node"]["answerFile"]["url"]
    assert sheet((await delivered.api.http.get(url)).content)[3][-2:] == ["Points credited: 7", ""]
