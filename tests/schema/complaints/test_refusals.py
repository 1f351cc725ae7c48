"""Refused complaints: a whole request by its field, a row by its number; nothing is half done."""

from typing import Any

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from schema.graphql.ids import write_id
from schema.graphql.long_list import LONG
from tests.schema.complaints.delivered import (
    DECIDE,
    FILE,
    Delivered,
    count,
    decide,
    file_bytes,
    file_items,
    item,
)
from tests.support.api import Json
from tests.support.invariants import snapshot
from tests.support.mutation_calls import refusals

HEADER = "Delivery ID;Reason;Explanation\r\n"
UPLOADS = {
    "FILE_EMPTY": (b"", "empty.csv"),
    "FILE_OF_WRONG_KIND": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture.csv"),
    "FILE_TYPE_NOT_ACCEPTED": (HEADER.encode(), "run.exe"),
    "FILE_MAY_HAVE_MACROS": (HEADER.encode(), "table.xlsm"),
    "FILE_DAMAGED": (b"PK\x03\x04" + b"\x00" * 100, "table.xlsx"),
    "NO_KNOWN_HEADINGS": (b"name;city\r\nA;B\r\n", "table.csv"),
    "NO_ROW_FILLED_IN": (HEADER.encode(), "table.csv"),
}
IMAGE = {
    "en": "file: The file is an image; save the table as XLSX, ODS or CSV.",
    "de": "Die Datei ist ein Bild. Speichern Sie die Tabelle als XLSX, ODS oder CSV.",
    "pl": "Ten plik to obraz. Prosimy zapisać tabelę jako XLSX, ODS lub CSV.",
    "ro": "Fișierul este o imagine. Salvați tabelul ca XLSX, ODS sau CSV.",
}
# The messages of a row without an explanation, one with a control character, and one with a quote.
ROWS = {
    "en": (
        "Text: required. Describe in your own words what is wrong with this contact.",
        "Text: has the character U+0007, which cannot be shown; remove it",
        "row 5 has text after a closing quote; double each quote that is part of the text",
    ),
    "de": (
        "Text: Die Erläuterung fehlt. Beschreiben Sie mit eigenen Worten, was an diesem Kontakt nicht "
        "stimmt.",
        "Text: Der Text enthält das Zeichen U+0007, das nicht dargestellt werden kann. Entfernen Sie es.",
        "Zeile 5: Nach einem schließenden Anführungszeichen folgt Text. Verdoppeln Sie jedes "
        "Anführungszeichen, das zum Text gehört.",
    ),
    "pl": (
        "Text: Brak wyjaśnienia. Prosimy opisać własnymi słowami, na czym polega wada tego kontaktu.",
        "Text: Tekst zawiera znak U+0007, którego nie można wyświetlić. Prosimy go usunąć.",
        "Wiersz 5: po zamykającym cudzysłowie znajduje się tekst. Prosimy podwoić każdy cudzysłów, który "
        "należy do tekstu.",
    ),
    "ro": (
        "Text: Lipsește explicația. Descrieți cu propriile cuvinte ce este greșit la acest contact.",
        "Text: Textul conține caracterul U+0007, care nu poate fi afișat. Eliminați-l.",
        "Rândul 5: după ghilimeaua de închidere urmează text. Dublați fiecare ghilimea care face parte din "
        "text.",
    ),
}
PREVIEW = """query ($items: [ComplaintItemInput!]!) {
  complaintPreview(items: $items) { row problems decision { verdict ruleId reason message } } }"""
REASONS = ["EXPLANATION_MISSING", "TEXT_HAS_HIDDEN_CHARACTER", "ROW_HAS_TEXT_AFTER_QUOTE"]


@pytest.mark.parametrize("what", UPLOADS)
async def test_an_unacceptable_file_is_refused_with_its_field(delivered: Delivered, what: str) -> None:
    """And its reason; it is not stored."""
    before = await snapshot(connection())
    answer = await file_bytes(delivered.owner, *UPLOADS[what])
    payload = answer.data["complaintFile"]
    assert refusals(payload) == [("INVALID", "file")]
    assert payload["userErrors"][0]["reason"] == what
    assert (payload["complaint"], payload["rowErrors"]) == (None, [])
    assert await snapshot(connection()) == before


async def test_a_file_and_its_rows_are_refused_in_the_viewers_language(delivered: Delivered) -> None:
    """The heading of a column stays as it is in the file, and the reasons are the same."""
    rows = "\r\n".join(["Lieferung;Grund;Text", "x;3;", "x;3;a\x07b", "", 'x;3;"a"b'])
    for locale, image in IMAGE.items():
        await fetch(connection(), "UPDATE users SET locale = $1", locale)
        refused = await file_bytes(delivered.owner, *UPLOADS["FILE_OF_WRONG_KIND"])
        (error,) = refused.data["complaintFile"]["userErrors"]
        assert error["message"] == image
        answer = (await file_bytes(delivered.owner, rows.encode(), "a.csv")).data["complaintFile"]
        assert tuple(one["message"] for one in answer["rowErrors"]) == ROWS[locale]
        assert [one["reason"] for one in answer["rowErrors"]] == REASONS
        without = item(delivered.record, explanation="")
        (row,) = (await delivered.owner.ask(PREVIEW, items=[without])).data["complaintPreview"]
        said = ROWS[locale][0].replace("Text", "explanation")
        assert (row["problems"], row["decision"]["message"]) == ([said], said)
        assert row["decision"]["reason"] == ROWS["en"][0].replace("Text", "explanation")


async def test_a_file_over_the_request_limit_is_refused_unread(delivered: Delivered) -> None:
    """It is refused before any of it is read."""
    answer = await file_bytes(delivered.owner, b"a" * (10 * 1024 * 1024 + 1), "table.csv")
    assert (answer.status, answer.codes) == (413, ["LIMIT_EXCEEDED"])


async def test_a_form_of_another_site_cannot_upload(delivered: Delivered) -> None:
    """It lacks the header that requires a preflight."""
    response = await delivered.api.http.post(
        "/graphql", data={"operations": "{}"}, files={"0": ("a.csv", b"a")}
    )
    assert response.status_code == 400


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({}, ("INVALID", "items")),
        ({"items": [], "file": None}, ("REQUIRED", "items")),
        ({"items": [{"deliveryId": "x"}], "idempotencyKey": ""}, ("NOT_FOUND", "items")),
    ],
)
async def test_exactly_one_of_items_and_file_is_required(
    delivered: Delivered, given: Json, refusal: tuple[str, str]
) -> None:
    answer = await delivered.owner.ask(FILE, input={"idempotencyKey": "once", **given})
    assert refusals(answer.data["complaintFile"]) == [refusal]


async def test_each_row_is_filed_or_refused_independently(delivered: Delivered) -> None:
    """Unknown ids, others' ids, other types, no reason, no explanation, repeated: the valid row is filed."""
    rows: list[Any] = [
        item(delivered.record),
        item(write_id("Delivery", new_id())),
        item(write_id("Lead", delivered.stock.id)),
        {**item(delivered.club), "reason": None},
        item(delivered.club, explanation="  "),
        item(delivered.record),
        item(delivered.second_club, explanation="x" * 5_001),
    ]
    payload = await file_items(delivered.owner, rows)
    assert payload["userErrors"] == []
    assert [one["delivery"]["id"] for one in payload["complaint"]["items"]["nodes"]] == [delivered.record]
    expected = [
        (2, "deliveryId", "NOT_FOUND"),
        (3, "deliveryId", "NOT_FOUND"),
        (4, "reason", "REQUIRED"),
        (5, "explanation", "REQUIRED"),
        (6, "deliveryId", "CONFLICT"),
        (7, "explanation", "INVALID"),
    ]
    assert [(one["row"], one["column"], one["code"]) for one in payload["rowErrors"]] == expected
    assert payload["rowErrors"][0]["message"] == payload["rowErrors"][1]["message"]

    again = await file_items(delivered.owner, rows)
    assert again["complaint"]["id"] == payload["complaint"]["id"], "the same key: the first answer"
    assert [(one["row"], one["code"]) for one in again["rowErrors"]] == [
        (row, code) for row, _, code in expected
    ]
    other = await file_items(delivered.owner, rows[:1])
    assert refusals(other) == [("IDEMPOTENCY_CONFLICT", "idempotencyKey")]
    open_already = await file_items(delivered.owner, rows[:1], "another key")
    assert refusals(open_already) == [("CONFLICT", "items")]
    assert await count("complaint") == 1


async def test_the_same_upload_again_is_the_same_complaint_and_one_file(delivered: Delivered) -> None:
    content = f"{HEADER}{delivered.record};WRONG_ADDRESS;Nobody is there.\r\nnonsense;3;Nobody.\r\n".encode()
    found = [(await file_bytes(delivered.owner, content, "a.csv")).data["complaintFile"] for _ in range(2)]
    assert found[0]["complaint"]["id"] == found[1]["complaint"]["id"]
    assert found[0]["rowErrors"] == found[1]["rowErrors"]
    assert [(error["row"], error["code"]) for error in found[0]["rowErrors"]] == [(3, "NOT_FOUND")]
    assert await count("stored_file") == 1
    nothing = (await file_bytes(delivered.owner, content, "a.csv", "another")).data["complaintFile"]
    assert (nothing["complaint"], [code for code, _ in refusals(nothing)]) == (None, ["INVALID"])
    assert {error["code"] for error in nothing["rowErrors"]} == {"CONFLICT", "NOT_FOUND"}
    assert await count("stored_file") == 1, "the complaint's file stays"


async def test_errors_refer_to_a_files_headings_or_to_the_inputs_fields(
    delivered: Delivered,
) -> None:
    """Whether the file itself is at fault, or something it refers to."""
    content = (
        f"Lieferung;Grund;Beschreibung\r\n{delivered.record};3;\r\n{delivered.record};;Leer.\r\nunknown;3;Leer.\r\n"
        f"{write_id('Delivery', new_id())};3;Leer.\r\n"
    )
    payload = (await file_bytes(delivered.owner, content.encode(), "a.csv")).data["complaintFile"]
    assert [error["message"].split(":")[0] for error in payload["rowErrors"]] == [
        "Beschreibung",
        "Grund",
        "Lieferung",
        "Lieferung",
    ]
    assert [error["column"] for error in payload["rowErrors"]] == [
        "explanation",
        "reason",
        "deliveryId",
        "deliveryId",
    ]
    sent = [item("unknown"), item(delivered.record, explanation=""), {"deliveryId": delivered.record}]
    answered = await file_items(delivered.owner, sent)
    messages = [error["message"] for error in answered["rowErrors"]]
    assert [message.split(":")[0] for message in messages] == ["deliveryId", "explanation", "reason"]
    assert "(S5" not in str([*messages, *(error["message"] for error in payload["rowErrors"])])


async def test_a_preview_shows_the_decisions_and_changes_nothing(delivered: Delivered) -> None:
    items = [
        item(delivered.record, "VOICEMAIL"),
        item(delivered.club, "NO_CONSENT"),
        item(delivered.record, "NO_CONSENT"),
        {"deliveryId": delivered.second_club},
        item(write_id("Delivery", new_id())),
    ]
    before = await snapshot(connection())
    rows = (await delivered.owner.ask(PREVIEW, items=items)).data["complaintPreview"]
    assert [row["row"] for row in rows] == [1, 2, 3, 4, 5]
    assert [row["decision"]["verdict"] for row in rows] == [
        "REJECTED",
        "UNDER_REVIEW",
        "NOT_FILED",
        "NOT_FILED",
        "NOT_FILED",
    ]
    assert [len(row["problems"]) for row in rows] == [0, 0, 1, 1, 1]
    assert all(row["decision"]["message"] for row in rows)
    assert (await delivered.owner.ask(PREVIEW, items=items[:1] * 501)).codes == ["LIMIT_EXCEEDED"]
    assert await snapshot(connection()) == before


async def test_decisions_are_all_made_or_none(delivered: Delivered) -> None:
    """With an unknown item, a repeated item, no item, or a stale version, nothing is decided."""
    filed = (await file_items(delivered.owner, [item(delivered.record), item(delivered.club)]))["complaint"]
    first, second = (
        {"itemId": one["id"], "verdict": "REJECTED", "comment": "It is right."}
        for one in filed["items"]["nodes"]
    )
    nobodys = {**second, "itemId": write_id("ComplaintItem", new_id())}
    before = await snapshot(connection())
    for decisions, code, field in (
        ([first, nobodys], "NOT_FOUND", "items.1.itemId"),
        ([first, {**second, "itemId": "nothing"}], "NOT_FOUND", "items.1.itemId"),
        ([first, first], "INVALID", "items"),
        ([], "REQUIRED", "items"),
        ([first, {**second, "expectedVersion": 7}], "STALE_VERSION", "items.1.expectedVersion"),
        ([first, {**second, "verdict": "UNDER_REVIEW"}], "INVALID", "items.1.verdict"),
        ([first, {**second, "comment": " "}], "REQUIRED", "items.1.comment"),
    ):
        payload = await decide(delivered.operator, *decisions)
        assert (refusals(payload), payload["items"]) == ([(code, field)], [])
    too_many = await delivered.operator.ask(DECIDE, input={"items": [first] * 501})
    assert too_many.codes == ["LIMIT_EXCEEDED"]
    assert await snapshot(connection()) == before


async def test_the_refused_one_of_many_decisions_is_identified(delivered: Delivered) -> None:
    """By its position in the input, and in the message by its id too, because there can be 500 items."""
    filed = (await file_items(delivered.owner, [item(delivered.record), item(delivered.club, "VOICEMAIL")]))[
        "complaint"
    ]
    first, second = (
        {"itemId": one["id"], "verdict": "ACCEPTED", "comment": "After all."}
        for one in filed["items"]["nodes"]
    )
    payload = await decide(delivered.operator, first, second)
    (error,) = payload["userErrors"]
    assert error["field"] == ["items", "1", "overrideReason"]
    assert error["message"].startswith(f"items.1 ({second['itemId']}): overrideReason: ")


async def test_a_single_decisions_refusals_have_plain_paths(delivered: Delivered) -> None:
    filed = (await file_items(delivered.owner, [item(delivered.record)]))["complaint"]
    document = """mutation ($input: ComplaintItemDecideInput!) { complaintItemDecide(input: $input) {
      userErrors { code field message } } }"""
    given = {"verdict": "REJECTED", "comment": "It is right.", "expectedVersion": 7}
    for item_id, expected in (
        (filed["items"]["nodes"][0]["id"], ("STALE_VERSION", "expectedVersion")),
        ("nothing", ("NOT_FOUND", "itemId")),
    ):
        answer = await delivered.operator.ask(document, input={"itemId": item_id, **given})
        assert refusals(answer.data["complaintItemDecide"]) == [expected]


async def test_very_many_row_errors_are_all_returned_in_order(delivered: Delivered) -> None:
    """Other requests are answered during pauses."""
    rows = "".join(f"{write_id('Delivery', new_id())};3;Nobody.\r\n" for _ in range(3 * LONG))
    content = f"{HEADER}{delivered.record};3;Nobody.\r\n{rows}".encode()
    payload = (await file_bytes(delivered.owner, content, "a.csv")).data["complaintFile"]
    assert payload["complaint"]["counts"]["total"] == 1
    assert [(error["row"], error["code"]) for error in payload["rowErrors"]] == [
        (row, "NOT_FOUND") for row in range(3, 3 * LONG + 3)
    ]
