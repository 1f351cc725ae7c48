"""Imports of employees: whom a row is about, deputies, all rows or none, and what is refused."""

import asyncio
from contextlib import nullcontext
from uuid import UUID

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.public_id import public_id
from models.base.refusal import RefusalCode
from models.calls import import_employees as importing
from models.calls.deputies import circles, shown_circle
from models.calls.file.plan import plan_import
from models.calls.import_employees import EmployeeImport
from models.calls.person_name import NameOrder
from models.calls.refusals import CallRefusal
from models.calls.set_up import confirm_secretariat
from models.process.wake import Silence
from models.tables import Employee, Secretariat
from models.tabular.refusals import TableRefusal
from tests.models.calls.file.conftest import CREATED, REFUSED, UNCHANGED, UPDATED, Company
from tests.models.complaints.file.books import rezip
from tests.support.calls import make_employee, make_secretariat, version_of
from tests.support.invariants import snapshot
from tests.support.query_recorder import recorded_statements
from tests.support.reading import refused
from tests.support.spreadsheets import xlsx

SHARED = "shared.fake@vendor.example"


def said(done: EmployeeImport) -> list[tuple[int, str, str | None]]:
    """Return the row, the reason and the field of each problem."""
    return [(one.row, one.reason.wording.name, one.column) for one in done.problems]


def outcomes(done: EmployeeImport) -> list[str]:
    return [row.outcome for row in done.rows]


async def test_a_row_finds_its_employee_by_id_address_or_name(company: Company) -> None:
    """A name that only one row and one employee have, and an address likewise; any other row is new."""
    heide = public_id("Employee", company.ids[1])
    done = await company.run(
        "ID,Name,Email,Position\n"
        f"{heide},Hans Heide,h.fake@x.example,by id\n"
        ",Somebody Else,J.FAKE@vendor.example,by address\n"
        ",Prince,p.fake@x.example,by name\n"
        f",Ada One,{SHARED},new\n"
        f",Bea Two,{SHARED},new\n"
    )
    assert (outcomes(done), done.written) == ([UPDATED, UPDATED, UPDATED, CREATED, CREATED], True)
    assert [row.employee_id for row in done.rows[:3]] == [company.ids[1], company.ids[0], company.ids[2]]
    stored = {one.position: one.last_name for one in await Employee.all()}
    assert stored["by id"] == "Heide"
    assert stored["by address"] == "Else"
    assert stored["by name"] == "Prince"
    assert await Employee.filter(last_name="Jones").count() == 0
    assert await Employee.filter(last_name="Smith Jones", email=SHARED).count() == 1
    assert await version_of("employee", company.ids[1]) == 2


async def test_a_name_of_several_employees_is_a_new_one_with_a_warning(company: Company) -> None:
    await make_employee(company.owner, "Prince", email="other.fake@x.example")
    done = await company.run("Name,Email\nPrince,third.fake@x.example\n")
    assert outcomes(done) == [CREATED]
    assert [str(warning)[:39] for warning in done.rows[0].warnings] == [
        "Several employees have this name, so th"
    ]


async def test_a_file_that_is_imported_again_creates_nobody(company: Company) -> None:
    """Although two rows share an address and two a name; several employees with both are refused."""
    file = (
        f"Name,Email\nAda One,{SHARED}\nBea Two,{SHARED}\nAda One,a.fake@x.example\n"
        "Prince,third.fake@x.example\n"
    )
    assert outcomes(await company.run(file)) == [CREATED, CREATED, CREATED, UPDATED]
    assert outcomes(await company.run(file)) == [UNCHANGED] * 4
    await make_employee(company.owner, "Bea Two", email=SHARED)
    assert said(await company.run(file)) == [(3, "EMPLOYEE_NOT_UNIQUE", None)]


async def test_two_rows_about_one_employee_are_refused(company: Company) -> None:
    """By the same ID, or as the same new person; the file would create somebody twice."""
    one = public_id("Employee", company.ids[0])
    before = await snapshot(connection())
    done = await company.run(
        f"ID,Name,Email\n{one},A B,a.fake@x.example\n{one},A C,a.fake@x.example\n"
        ",Neu Neu,n.fake@x.example\n,Neu Neu,N.fake@x.example\n,A B,a.fake@x.example\n"
    )
    assert said(done) == [(row, "EMPLOYEE_REPEATED", None) for row in (3, 5, 6)]
    assert [str(one.sentence)[:6] for one in done.problems] == ["Row 2 ", "Row 4 ", "Row 2 "]
    assert (done.written, await snapshot(connection())) == (False, before)


@pytest.mark.parametrize("kind", ["rival's", "removed", "unknown", "of another type", "garbage"])
async def test_an_id_that_is_not_the_companys_is_not_found(company: Company, kind: str) -> None:
    """One sentence for all, so that nobody learns which IDs exist; nothing is written."""
    await make_secretariat(company.place, company.place.other_vendor.id, numbers=())
    rival = await make_employee(company.place.other_vendor.owner, "Eve Rival")
    gone = await make_employee(company.owner, "Gone Away")
    await fetch(connection(), "UPDATE employee SET removed_at = made_at WHERE id = $1", gone)
    ids = {"rival's": rival, "removed": gone, "unknown": new_id()}
    text = public_id("Employee", ids[kind]) if kind in ids else kind
    if kind == "of another type":
        text = public_id("VipCaller", rival)
    before = await snapshot(connection())
    for column in ("ID", "Deputy"):
        done = await company.run(f"{column},Name,Email\n{text},A B,a.fake@x.example\n")
        assert [(one.code, str(one.sentence)) for one in done.problems] == [
            (RefusalCode.NOT_FOUND, f"{column}: Employee not found.")
        ]
        assert [row.employee_id for row in done.rows] == [None]
    assert await snapshot(connection()) == before


async def test_deputies_are_found_after_all_rows(company: Company) -> None:
    """By ID, address or name, also among new employees; a blank cell removes one."""
    first = public_id("Employee", company.ids[0])
    done = await company.run(
        "ID,Name,Email,Deputy\n"
        ",Ada One,a.fake@x.example,Two Bea\n"
        ',Two Bea,b.fake@x.example,"Three, Cleo"\n'
        f",Cleo Three,c.fake@x.example,{first}\n"
        f'{first},"Żółć-Ștefănescu, Jürgen",j.fake@vendor.example,\n'
        ",Dora Four,d.fake@x.example,A.Fake@x.example\n"
    )
    assert said(done) == []
    ids = {one.last_name: one.id for one in await Employee.all()}
    rows = await fetch(connection(), "SELECT last_name, deputy_id FROM employee")
    deputies = {row["last_name"]: row["deputy_id"] for row in rows}
    assert deputies["One"] == ids["Bea"]
    assert deputies["Bea"] == ids["Three"]
    assert deputies["Three"] == company.ids[0]
    assert deputies["Four"] == ids["One"]
    assert deputies["Żółć-Ștefănescu"] is None


async def test_deputies_in_a_circle_are_refused_with_their_rows(company: Company) -> None:
    """Whether the circle is in the file, closed with what is stored, or of one; nothing is written."""
    first, second = (public_id("Employee", one) for one in company.ids[:2])
    before = await snapshot(connection())
    done = await company.run(
        f"ID,Name,Email,Deputy\n,Ada One,a.fake@x.example,Bea Two\n,Bea Two,b.fake@x.example,Ada One\n"
        f",Cleo Three,c.fake@x.example,Cleo Three\n,Dora Four,d.fake@x.example,Ada One\n"
        f"{second},Hans von der Heide,h.fake@x.example,{first}\n"
    )
    circle = CallRefusal.DEPUTIES_IN_A_CIRCLE.name
    assert said(done) == [(row, circle, "deputyId") for row in (2, 3, 4, 6)]
    assert outcomes(done) == [REFUSED, REFUSED, REFUSED, CREATED, REFUSED]
    assert str(done.problems[1].sentence).startswith(
        "The deputies would form a circle: Bea Two → Ada One → Bea Two."
    )
    assert await snapshot(connection()) == before


def test_long_circles_and_chains_are_found_in_one_pass() -> None:
    """10,000 employees in a chain, then in a circle whose message shows the first names only."""
    ids = [UUID(int=number) for number in range(10_000)]
    chain: dict[UUID, UUID | None] = dict(zip(ids, [*ids[1:], None], strict=True))
    assert list(circles(chain)) == []
    [circle] = circles({**chain, ids[-1]: ids[0]})
    assert len(circle) == 10_000
    shown = shown_circle(circle, ids[5], {one: f"E{one.int}" for one in ids})
    assert shown == "E5 → E6 → E7 → E8 → E9 → E10 → E11 → E12 → … → E5"


async def test_names_are_read_in_either_order(company: Company) -> None:
    """`order` is for those without a comma."""
    file = "Name,Email\nHeide von der Hans,a.fake@x.example\nTellier Agnes,b.fake@x.example\n"
    await company.run(file + '"Von Comma, Ada",c.fake@x.example\n', order=NameOrder.LAST_FIRST)
    names = {(one.first_name, one.last_name) for one in await Employee.all()}
    assert {("Agnes", "Tellier"), ("Ada", "Von Comma")} <= names


async def test_every_wrong_cell_of_a_row_is_reported(company: Company) -> None:
    """By the column's heading in the file; valid rows are not written either."""
    before = await snapshot(connection())
    done = await company.run(
        "Name,Email,Mobile,SMS,Transfer,CC,Position,Extension\n"
        "Ada One,a.fake@x.example,,,,,,\n"
        ",nonsense,030 23125100,perhaps,some,x@,=1+1,112\n"
        "Bea Two,,,yes,,,,\n"
        "Cleo Three,c.fake@x.example,,yes,,,,\n"
    )
    assert said(done) == [
        (3, "EMPLOYEE_NAME_MISSING", "name"),
        (3, "CELL_IS_FORMULA", "position"),
        (3, "TRANSFER_UNKNOWN", "transfer"),
        (3, "ANSWER_UNKNOWN", "smsNotification"),
        (3, "EMAIL_INVALID", "email"),
        (3, "EMAIL_INVALID", "cc"),
        (3, "NUMBER_IS_SHORT", "extension"),
        (3, "NUMBER_NOT_MOBILE", "mobile"),
        (4, "EMPLOYEE_EMAIL_MISSING", "email"),
        (5, "SMS_NEEDS_MOBILE", "mobile"),
    ]
    assert str(done.problems[2].sentence).startswith("Transfer: is not one of none, all and VIP")
    assert str(done.problems[-1].sentence).startswith("mobile: required")
    assert await snapshot(connection()) == before


async def test_new_employees_need_a_name_and_an_address(company: Company) -> None:
    done = await company.run("Name,Position\nAda One,Boss\n")
    assert said(done) == [(2, "EMPLOYEE_EMAIL_MISSING", "email")]
    done = await company.run("Email,Position\na.fake@x.example,Boss\nj.fake@vendor.example,Boss\n")
    assert said(done) == [(2, "EMPLOYEE_NAME_MISSING", "name")]


async def test_columns_that_a_file_does_not_have_are_left_as_they_are(company: Company) -> None:
    one = await Employee.get(id=company.ids[0])
    done = await company.run("Email,Position\nj.fake@vendor.example,Boss\n")
    assert outcomes(done) == [UPDATED]
    changed = await Employee.get(id=company.ids[0])
    assert (changed.position, changed.version) == ("Boss", one.version + 1)
    left = ("first_name", "cc", "mobile", "sms_tick", "wish", "extension", "deputy_id", "absence_text")
    assert [getattr(changed, name) for name in left] == [getattr(one, name) for name in left]


async def test_the_country_reads_national_numbers(company: Company) -> None:
    file = "Name,Email,Mobile\nAda One,a.fake@x.example,601 234 567\n"
    await company.run(file, country="Polska")
    assert (await Employee.get(last_name="One")).mobile == "+48601234567"
    assert outcomes(await company.run(file, dry_run=True)) == [UPDATED]
    await refused(company.run(file, country="Nowhere"), RefusalCode.INVALID, "defaultCountry")


async def test_a_dry_run_reports_what_the_import_does_and_writes_nothing(company: Company) -> None:
    file = (
        "Name,Email,Transfer,Deputy\nAda One,a.fake@x.example,all,Prince\n"
        "Prince,p.fake@x.example,,\nSmith Jones,shared.fake@vendor.example,,\n"
    )
    before = await snapshot(connection())
    checked = await company.run(file, dry_run=True)
    assert await snapshot(connection()) == before
    assert (checked.written, checked.rows[0].employee_id) == (False, None)
    done = await company.run(file)
    assert await snapshot(connection()) != before
    assert outcomes(checked) == outcomes(done) == [CREATED, UPDATED, UPDATED]
    assert [row.warnings for row in checked.rows] == [row.warnings for row in done.rows]
    assert [len(row.warnings) for row in done.rows] == [1, 0, 0]
    assert outcomes(await company.run(file)) == [UNCHANGED] * 3


async def test_changes_are_noted_and_make_a_confirmed_set_up_unconfirmed(company: Company) -> None:
    """Only for what differs, without values."""
    version = await version_of("secretariat", company.secretariat)
    await confirm_secretariat(company.owner, Silence(), secretariat_id=None, expected_version=version)
    await fetch(connection(), "DELETE FROM secretariat_change")
    await company.run(
        "Name,Email,Mobile\nHans von der Heide,h.fake@x.example,0170 1234567\nAda One,a.fake@x.example,\n"
    )
    rows = await fetch(connection(), "SELECT fields_changed FROM secretariat_change ORDER BY id")
    assert [set(row["fields_changed"]) for row in rows] == [
        {"email", "firstName", "lastName"},
        {"email", "mobile"},
    ]
    assert (await Secretariat.get(id=company.secretariat)).changed_parts == ["email", "mobile"]


async def test_the_number_of_statements_does_not_depend_on_the_rows(company: Company) -> None:
    counts: list[int] = []
    for rows in (2, 60):
        lines = [f"Person{at} Fake{rows},p{at}.{rows}@x.example,Prince" for at in range(rows)]
        lines.append(f"Hans von der Heide,h{rows}.fake@x.example,Prince")
        with recorded_statements() as statements:
            done = await company.run("\n".join(["Name,Email,Deputy", *lines]))
        assert (done.written, len(done.rows)) == (True, rows + 1)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 9


async def test_two_imports_of_a_company_at_the_same_time(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one process, the second is refused; in two, it waits, and finds what the first has written."""
    file = "Name,Email\nAda One,a.fake@x.example\nBea Two,b.fake@x.example\n"
    with importing.TURNS.take(("file",), company.place.vendor.id):
        await refused(company.run(file), RefusalCode.LIMIT_EXCEEDED, "file")
    monkeypatch.setattr(importing.TURNS, "take", lambda *_: nullcontext())
    first, second = await asyncio.gather(company.run(file), company.run(file))
    assert sorted([*outcomes(first), *outcomes(second)]) == [CREATED, CREATED, UNCHANGED, UNCHANGED]
    assert await Employee.filter(last_name__in=["One", "Two"]).count() == 2


async def test_a_company_has_at_most_so_many_employees(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Changes of those it has are still possible."""
    monkeypatch.setattr(importing, "MOST_EMPLOYEES", 5)
    before = await snapshot(connection())
    one_more = company.run("Name,Email\nAda One,a.fake@x.example\n")
    await refused(one_more, RefusalCode.LIMIT_EXCEEDED, "file")
    assert await snapshot(connection()) == before
    assert outcomes(await company.run("Name,Email\nPrince,p.fake@x.example\n")) == [UPDATED]
    monkeypatch.setattr(importing, "MOST_ROWS", 2)
    three = company.run("Name,Email\n" + "Prince,p.fake@x.example\n" * 3)
    assert (await refused(three, RefusalCode.INVALID, "file")).reason is TableRefusal.TABLE_HAS_TOO_MANY_ROWS


BOOK = xlsx({"A": [("Name", "Email"), ("Ada One", "a.fake@x.example")]})


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"x" * (10 * 2**20 + 1), "FILE_TOO_LARGE"),
        (rezip(BOOK, add={"xl/media/payload.xml": b"\0" * (65 * 2**20)}), "WORKBOOK_UNPACKS_TOO_LARGE"),
        (rezip(BOOK, add={"xl/media/payload.xml": b"\0" * (20 * 2**20)}), "WORKBOOK_COMPRESSED_TOO_MUCH"),
        (b"Name,Email" + b",x" * 1_000 + b"\nAda One,a.fake@x.example\n", "HEADER_TOO_WIDE"),
        (b"Name,Email" + b",x" * 1_000_000 + b"\nAda One,a.fake@x.example\n", "HEADER_UNREADABLE"),
        (b"%PDF-1.7\n1 0 obj", "FILE_OF_WRONG_KIND"),
        (b"", "FILE_EMPTY"),
        (b"Position,Mobile\nBoss,0170 1234567\n", "EMPLOYEE_COLUMNS_MISSING"),
    ],
    ids=["too large", "bomb", "ratio", "wide", "a million columns", "pdf", "empty", "nobody"],
)
async def test_a_hostile_file_is_refused_and_nothing_is_written(
    company: Company, file: bytes, reason: str
) -> None:
    before = await snapshot(connection())
    found = await refused(company.run(file), RefusalCode.INVALID, "file")
    assert found.reason is not None
    assert found.reason.name == reason
    assert await snapshot(connection()) == before


async def test_a_field_of_nine_megabytes_is_refused_with_its_row(company: Company) -> None:
    before = await snapshot(connection())
    field = b'"' + b"x" * (9 * 2**20) + b'"'
    done = await company.run(b"Name,Email\nAda One," + field + b"\nBea Two,b.fake@x.example\n")
    assert [(row, reason) for row, reason, _ in said(done)] == [(2, "ROW_TOO_LONG")]
    assert (outcomes(done), done.written) == ([REFUSED, CREATED], False)
    assert await snapshot(connection()) == before


def test_no_rows_are_no_import() -> None:
    assert plan_import([], {}, transfer_included=True) == []
