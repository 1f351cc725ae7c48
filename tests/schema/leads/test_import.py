"""`leadImport` by graphql-multipart-request-spec: the result of each row, and what is refused as a whole."""

from datetime import timedelta

import pytest

from models.base.database import connection, fetch
from models.tables import Prospect, User
from tests.support.api import Api, Json
from tests.support.applied import CONTACT_PHONE, Applied
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.mutation_calls import attempt, call, document, refusals, send
from tests.support.reading import rows_of
from tests.support.spreadsheets import xlsx
from tests.support.viewers import Kind

pytestmark = pytest.mark.usefixtures("quiet_logs")

REPORT = """total created duplicates refused ignoredColumns ignoredSheets
  rows { row outcome leadId field importField column reason reasonCode warnings }"""
FILE = f"""Id,Vorname,Nachname,Telefon,Telefon2,Mail,Notes,Branche,Rank
1,Rita,Fake-Sample,{CONTACT_PHONE},,rita.fake@x.example,A new roof of tiles in spring,Roofing,9
2,Otto,Fake-Sample,12,,,Two windows for the attic,Windows,9
3,Anna,Fake-Sample,12,+12025550162,anna.fake@x.example,A door with a lock,Doors,9
4,Emil,Fake-Sample,,,emil.fake@x.example,Write to emil.fake@x.example,Doors,9
5,Nora,Fake-Sample,,,nora.fake@x.example,A garden fence of wood,nora.fake@x.example,9
1,Rita,Fake-Sample,{CONTACT_PHONE},,rita.fake@x.example,A new roof of tiles in spring,Roofing,9
""".encode()


def _given(applied: Applied, **changed: object) -> Json:
    return {"file": FILE, "market": applied.place.market.code, "country": "US", **changed}


async def test_each_imported_row_has_an_outcome(api: Api, applied: Applied) -> None:
    """Created, duplicate, or refused with field and reason; importing the same file again creates nothing."""
    client = await applied.client(api, Kind.OPERATOR)
    payload = await call(client, "leadImport", _given(applied), REPORT)
    assert payload["userErrors"] == []
    counts = {name: payload[name] for name in ("total", "created", "duplicates", "refused")}
    assert counts == {"total": 6, "created": 2, "duplicates": 1, "refused": 3}
    assert payload["ignoredColumns"] == ["Rank"]
    rows = payload["rows"]
    assert [(row["row"], row["outcome"], row["field"], row["column"]) for row in rows] == [
        (2, "CREATED", None, None),
        (3, "REFUSED", "phone", "Telefon"),
        (4, "CREATED", None, None),
        (5, "REFUSED", "brief", "Notes"),
        (6, "REFUSED", "category", "Branche"),
        (7, "DUPLICATE", None, None),
    ]
    assert [row["importField"] for row in rows] == [None, "PHONE", None, "BRIEF", "CATEGORY", None]
    assert rows[5]["leadId"] == rows[0]["leadId"]
    assert [row["reasonCode"] for row in rows] == [
        *(None, "PHONE_TOO_SHORT", None),
        *("CONTACT_DATA_IN_PUBLIC_TEXT", "CONTACT_DATA_IN_PUBLIC_TEXT", None),
    ]
    assert "too short" in rows[1]["reason"]
    assert "email address" in rows[3]["reason"]
    assert "Telefon2 is used instead" in rows[2]["warnings"][0]
    assert "fake@x" not in str(rows)
    after = await snapshot(connection())
    again = await call(client, "leadImport", _given(applied), REPORT)
    assert (again["created"], again["duplicates"], again["refused"]) == (0, 3, 3)
    assert await snapshot(connection()) == after


TOO_SHORT = {
    "en": "Telefon: is too short for its country",
    "de": "Telefon: Die Nummer ist für ihr Land zu kurz.",
    "pl": "Telefon: Numer jest za krótki dla tego kraju.",
    "ro": "Telefon: Numărul este prea scurt pentru țara respectivă.",
}
INSTEAD = {
    "en": "; Telefon2 is used instead",
    "de": " Stattdessen wird „Telefon2“ verwendet.",
    "pl": " Zamiast tej wartości użyto wartości z kolumny „Telefon2”.",
    "ro": " În schimb se folosește „Telefon2”.",
}
WITHOUT_NAMES = {
    "en": "mapping: no column contains the prospect's name; map one to full_name, or to first_name and "
    "last_name.",
    "de": "Keine Spalte enthält den Namen des Interessenten. Ordnen Sie eine Spalte full_name oder zwei "
    "Spalten first_name und last_name zu.",
    "pl": "Żadna kolumna nie zawiera imienia i nazwiska klienta. Prosimy przypisać kolumnę do pola full_name "
    "lub dwie kolumny do pól first_name i last_name.",
    "ro": "Nicio coloană nu conține numele clientului. Asociați o coloană câmpului full_name sau două "
    "coloane câmpurilor first_name și last_name.",
}


async def test_rows_and_the_mapping_are_refused_in_the_viewers_language(api: Api, applied: Applied) -> None:
    """Reasons and warnings alike; the headings of columns stay as they are in the file."""
    client = await applied.client(api, Kind.OPERATOR)
    for locale, too_short in TOO_SHORT.items():
        await fetch(connection(), "UPDATE users SET locale = $1", locale)
        rows = (await call(client, "leadImport", _given(applied, check=True), REPORT))["rows"]
        assert rows[1]["reason"] == too_short
        assert rows[2]["warnings"] == [too_short + INSTEAD[locale]]
        unmapped = _given(applied, file=b"Title,Rank\n1,2\n")
        answer = await call(client, "leadImport", unmapped, "userErrors { reason message }")
        (error,) = answer["userErrors"]
        assert (error["reason"], error["message"]) == ("NAME_COLUMN_MISSING", WITHOUT_NAMES[locale])


async def test_a_check_of_a_workbook_changes_nothing(api: Api, applied: Applied) -> None:
    """It answers what the import then does, without leads for rows that would be created."""
    client = await applied.client(api, Kind.OPERATOR)
    people = [row.split(",") for row in FILE.decode().splitlines()]
    file = xlsx({"About": [("Exported by nobody",)], "Leads": people})
    before = await snapshot(connection())
    checked = await call(client, "leadImport", _given(applied, file=file, check=True), REPORT)
    assert await snapshot(connection()) == before
    assert (checked["created"], checked["duplicates"], checked["refused"]) == (2, 1, 3)
    assert checked["ignoredSheets"] == ["About"]
    assert [row["leadId"] for row in checked["rows"]] == [None] * 6
    assert checked["rows"][5]["reason"] == "is the same lead as row 2"
    imported = await call(client, "leadImport", _given(applied, file=FILE), REPORT)
    for name in ("row", "outcome", "field", "column", "warnings"):
        assert [row[name] for row in checked["rows"]] == [row[name] for row in imported["rows"]]


async def test_imported_prospects_have_no_users_and_newcomers_apply_for_their_leads(
    api: Api, applied: Applied, database: Database
) -> None:
    """From the file to the visible contact data, 48 hours later, without an answer."""
    operator = await applied.client(api, Kind.OPERATOR)
    payload = await call(operator, "leadImport", _given(applied), REPORT)
    lead_id = payload["rows"][0]["leadId"]
    assert await Prospect.all().count() == 4
    assert await User.filter(prospect_id__isnull=False).count() == 2
    vendor = await applied.client(api, Kind.OTHER_VENDOR)
    submitted = await call(
        vendor,
        "applicationSubmit",
        {"leadId": lead_id, "introduction": "We lay tiles.", "idempotencyKey": "once"},
        "application { lead { contact { email } visibility { verdict } } }",
    )
    assert submitted["application"]["lead"] == {"contact": None, "visibility": {"verdict": "HIDDEN"}}
    await database.clock.advance(timedelta(hours=48))
    question = "query ($id: ID!) { node(id: $id) { ... on Lead { title contact { fullName email phone } } } }"
    shown = (await vendor.ask(question, id=lead_id)).data["node"]
    assert shown == {
        "title": "Roofing wanted",
        "contact": {"fullName": "Rita Fake-Sample", "email": "rita.fake@x.example", "phone": CONTACT_PHONE},
    }
    stranger = await applied.client(api, Kind.OWNER)
    assert (await stranger.ask(question, id=lead_id)).data["node"]["contact"] is None


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"market": "nowhere"}, [("NOT_FOUND", "market")]),
        ({"market": ""}, [("NOT_FOUND", "market")]),
        ({"market": "\x00"}, [("NOT_FOUND", "market")]),
        ({"file": b""}, [("INVALID", "file")]),
        ({"file": b"\x00\x01"}, [("INVALID", "file")]),
        ({"file": b"PK\x03\x04rest"}, [("INVALID", "file")]),
        ({"file": b"\xff\xfea\x00"}, [("INVALID", "mapping")]),  # UTF-16, but without a column for names
        ({"file": b"\n\n"}, [("INVALID", "file")]),
        ({"file": b"Title,Rank\n1,2\n"}, [("INVALID", "mapping")]),
        ({"mapping": [{"column": "Nope", "field": "phone"}]}, [("INVALID", "mapping")]),
        ({"mapping": [{"column": "Rank", "field": "rank"}]}, [("INVALID", "mapping")]),
        ({"mapping": [{"column": "Branche", "field": "ignore"}]}, [("REQUIRED", "category")]),
        ({"country": None}, [("REQUIRED", "country")]),
        (
            {"country": "Atlantis", "timeZone": "Mars", "currency": "XXXX", "fee": -1},
            [("INVALID", "country"), ("INVALID", "currency"), ("INVALID", "timeZone"), ("INVALID", "fee")],
        ),
        ({"title": "Call 202 555 0161"}, [("INVALID", "title")]),
        ({"category": "See roofs.example.com"}, [("INVALID", "category")]),
        ({"city": "a@b.example"}, [("INVALID", "city")]),
        ({"origin": "x" * 101}, [("INVALID", "origin")]),
        ({"origin": "a\x00"}, [("INVALID", "origin")]),
    ],
)
async def test_a_problem_of_all_rows_is_refused_immediately(
    api: Api, applied: Applied, changed: Json, expected: list[tuple[str, str]]
) -> None:
    """With the field of the input; nothing is imported."""
    client = await applied.client(api, Kind.OPERATOR)
    before = await snapshot(connection())
    payload = await call(client, "leadImport", _given(applied, **changed), REPORT)
    assert sorted(refusals(payload)) == sorted(expected)
    assert (payload["total"], payload["rows"]) == (0, [])
    assert await snapshot(connection()) == before


async def test_a_file_must_be_an_upload(api: Api, applied: Applied) -> None:
    """A file sent as text counts as missing; without the preflight header, it is refused."""
    client = await applied.client(api, Kind.OPERATOR)
    before = await snapshot(connection())
    for file in ("leads.csv", 5, {"a": 1}, None):
        answer = await attempt(client, "leadImport", _given(applied, file=file))
        assert answer.codes or refusals(answer.data["leadImport"]) == [("REQUIRED", "file")]
        assert "INTERNAL" not in answer.codes
    answer = await send(client, document("leadImport"), {})
    assert answer.codes
    assert "INTERNAL" not in answer.codes
    response = await client.http.post(
        "/graphql",
        data={"operations": "{}", "map": "{}"},
        files={"0": ("leads.csv", FILE, "text/csv")},
        headers={"Authorization": f"Bearer {client.token}"},
    )
    assert response.status_code == 400
    assert await snapshot(connection()) == before


async def test_the_origin_separates_the_ids_of_two_systems(api: Api, applied: Applied) -> None:
    """Two files that count from 1 do not collide; the same file does."""
    client = await applied.client(api, Kind.OPERATOR)
    created = [
        (await call(client, "leadImport", _given(applied, origin=origin), REPORT))["created"]
        for origin in ("crm", "shop", "crm")
    ]
    assert created == [2, 2, 0]
    assert len(await rows_of("lead", category="Roofing")) == 2
