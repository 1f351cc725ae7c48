"""`employeeExport` and `employeeImport`: a file there and back, its link, and who is refused."""

from datetime import timedelta

import pytest

from models.base.clock import database_now
from models.base.database import connection, fetch
from models.files.store import forget_short_lived
from models.tables import Employee
from schema.calls.mutations import employee_import
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import PRIVATE, Called
from tests.support.api import Api, Client, Json
from tests.support.calls import make_employee, make_secretariat
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.mutation_calls import call, refusals
from tests.support.query_recorder import recorded_statements
from tests.support.viewers import Kind

FILE = "file { id kind name mediaType size url }"
DONE = """written ignoredColumns rows { row outcome warnings employee { displayName version } }
    rowErrors { row code reason message field employeeColumn }"""


async def exported(client: Client, **given: object) -> Json:
    """Export and return the file."""
    payload = await call(client, "employeeExport", given or None, FILE)
    assert refusals(payload) == []
    found: Json = payload["file"]
    return found


async def test_an_export_is_downloaded_and_imported(called: Called, api: Api) -> None:
    """CSV without an input, XLSX if wanted; what was changed in the file is changed, with warnings."""
    owner = called.clients[Kind.OWNER]
    file = await exported(owner)
    assert (file["kind"], file["name"]) == ("EMPLOYEE_EXPORT", "employees-2026-03-02.csv")
    content = (await api.http.get(file["url"])).content
    assert len(content) == file["size"]
    book = await exported(called.clients[Kind.MEMBER], format="XLSX")
    assert (await api.http.get(book["url"])).content.startswith(b"PK")
    content = content.replace(b"Accounts", b"Sales").replace(b";+49 30 23125103;", b";;")
    done = await call(owner, "employeeImport", {"file": content}, DONE)
    assert (refusals(done), done["rowErrors"], done["written"]) == ([], [], True)
    assert {row["employee"]["displayName"]: row["outcome"] for row in done["rows"]} == {
        "Agnes Tellier": "UPDATED",
        "Bea Urlaub": "UNCHANGED",
        "Cleo Vip": "UPDATED",
        "Dora Self": "UNCHANGED",
        "Owner Fake": "UNCHANGED",
    }
    assert [len(row["warnings"]) for row in done["rows"] if row["outcome"] == "UPDATED"] in ([0, 1], [1, 0])
    assert (await Employee.get(id=called.agnes)).position == "Sales"


async def test_an_operator_names_the_secretariat(called: Called, api: Api) -> None:
    operator = called.clients[Kind.OPERATOR]
    assert refusals(await call(operator, "employeeExport")) == [("REQUIRED", "secretariatId")]
    nobodys = await call(operator, "employeeImport", {"file": b"Name\nA B\n"})
    assert refusals(nobodys) == [("REQUIRED", "secretariatId")]
    given = {"secretariatId": write_id("Secretariat", called.secretariat)}
    file = await exported(operator, **given)
    content = (await api.http.get(file["url"])).content
    done = await call(operator, "employeeImport", {**given, "file": content}, DONE)
    assert {row["outcome"] for row in done["rows"]} == {"UNCHANGED"}


async def test_an_export_is_gone_after_ten_minutes(called: Called, api: Api, database: Database) -> None:
    """For its link and its node, and at night from the database."""
    owner = called.clients[Kind.OWNER]
    file = await exported(owner)
    ask = "query ($id: ID!) { node(id: $id) { ... on File { url } } }"
    await database.clock.advance(timedelta(minutes=9, seconds=59))
    url = (await owner.ask(ask, id=file["id"])).data["node"]["url"]
    await database.clock.advance(timedelta(seconds=2))
    assert [(await api.http.get(one)).status_code for one in (file["url"], url)] == [404, 404]
    assert (await owner.ask(ask, id=file["id"])).data["node"] is None
    await forget_short_lived(connection(), await database_now(connection()))
    assert not await fetch(connection(), "SELECT FROM stored_file")


@pytest.mark.parametrize("kind", [Kind.OTHER_VENDOR, Kind.EMPLOYEE, Kind.AGENT, Kind.PROSPECT])
async def test_nobody_else_sees_an_export(called: Called, kind: Kind) -> None:
    """Neither its node nor the employees, who are the same as before after an attempt to change them."""
    file = await exported(called.clients[Kind.OWNER])
    other = called.clients[kind]
    answer = await other.ask("query ($id: ID!) { node(id: $id) { ... on File { url name } } }", id=file["id"])
    assert answer.data["node"] is None
    before = await snapshot(connection())
    given = {"secretariatId": write_id("Secretariat", called.secretariat)}
    row = f"ID,Position\n{called.id('agnes')},Stolen\n".encode()
    more: dict[str, Json] = {"employeeExport": {}, "employeeImport": {"file": row}}
    for name, fields in more.items():
        payload = await call(other, name, {**given, **fields})
        expected = ("NOT_FOUND", "secretariatId") if kind is Kind.OTHER_VENDOR else ("FORBIDDEN", "")
        assert refusals(payload) == [expected]
    assert await snapshot(connection()) == before


async def test_another_companys_ids_are_not_found_in_their_rows(called: Called) -> None:
    """Nothing of the other company is in the answer, and an unknown ID is answered the same."""
    await make_secretariat(called.place, called.place.other_vendor.id, numbers=())
    await make_employee(called.place.other_vendor.owner, "Eve Rival")
    rival = called.clients[Kind.OTHER_VENDOR]
    unknown = write_id("Employee", called.secretariat)
    found = []
    for one in (called.id("agnes"), unknown):
        file = f"Kennung,Name,E-Mail,Vertreter\n{one},A B,a.fake@x.example,\n,C D,c.fake@x.example,{one}\n"
        done = await call(rival, "employeeImport", {"file": file.encode()}, DONE)
        assert not any(value in str(done) for value in (*PRIVATE, "Agnes", "Tellier"))
        found.append(done)
    assert found[0] == found[1]
    assert [(one["row"], one["code"], one["employeeColumn"]) for one in found[0]["rowErrors"]] == [
        (2, "NOT_FOUND", "ID"),
        (3, "NOT_FOUND", "DEPUTY"),
    ]
    assert [(row["outcome"], row["employee"]) for row in found[0]["rows"]] == [("REFUSED", None)] * 2


MESSAGES = {
    "en": "SMS: is neither yes nor no; enter one of them",
    "de": "SMS: Die Angabe ist weder „ja“ noch „nein“. Geben Sie eines von beiden ein.",
    "pl": "SMS: Wpis nie oznacza ani „tak”, ani „nie”. Prosimy wpisać jedno z nich.",
    "ro": "SMS: Valoarea nu este nici „da”, nici „nu”. Introduceți una dintre ele.",
}


async def test_rows_are_refused_in_the_viewers_language(called: Called) -> None:
    """Also a file that is no table of employees."""
    owner = called.clients[Kind.OWNER]
    file = b"Name,E-Mail,SMS\nA B,a.fake@x.example,perhaps\n"
    for locale, message in MESSAGES.items():
        await fetch(connection(), "UPDATE users SET locale = $1", locale)
        done = await call(owner, "employeeImport", {"file": file, "dryRun": True}, DONE)
        assert done["written"] is False
        assert [(one["message"], one["employeeColumn"], one["field"]) for one in done["rowErrors"]] == [
            (message, "SMS", None)
        ]
    payload = await call(owner, "employeeImport", {"file": b"A,B\n1,2\n"}, "userErrors { callReason }")
    assert payload["userErrors"][0]["callReason"] == "EMPLOYEE_COLUMNS_MISSING"


async def test_the_employees_of_rows_are_read_in_parts_and_only_if_requested(
    called: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(employee_import, "READ_AT_ONCE", 2)
    owner = called.clients[Kind.OWNER]
    names = [f"Part Number{number}" for number in range(5)]
    file = "\n".join(["Name;E-Mail", *(f"{name};{name[-1]}.fake@vendor.example" for name in names)]).encode()

    async def ask(wanted: str) -> tuple[list[Json], int]:
        with recorded_statements() as statements:
            payload = await call(owner, "employeeImport", {"file": file}, f"rows {{ {wanted} }}")
        return payload["rows"], len(statements)

    await ask("row")  # writes them
    _, without = await ask("row outcome")
    rows, with_employees = await ask("row employee { displayName }")
    assert [one["employee"]["displayName"] for one in rows] == names
    assert with_employees == without + 3
