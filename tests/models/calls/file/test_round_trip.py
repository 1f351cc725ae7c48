"""A file of employees that comes back changes nothing, and what people type into one is read."""

import csv
import io

import pytest

from models.base.database import connection, fetch
from models.base.public_id import public_id
from models.calls.file.words import WORDS
from models.calls.file.writing import ExportFormat
from models.tables import Employee, User
from models.tabular.headed import FileRow
from tests.models.calls.file.conftest import UNCHANGED, Company
from tests.models.leads.file.opening import open_lead_file
from tests.support.invariants import snapshot
from tests.support.spreadsheets import ods, xlsx


def cells(content: bytes) -> list[list[str]]:
    """Return the cells of a CSV export."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("format_", ExportFormat)
async def test_an_export_that_is_imported_changes_nothing(company: Company, format_: ExportFormat) -> None:
    """In each language, and the next export has the same bytes."""
    for language in WORDS:
        await User.filter(id=company.owner.user_id).update(locale=language)
        first = await company.export(format_)
        before = await snapshot(connection())
        done = await company.run(first)
        assert (done.problems, done.written, done.ignored_columns) == ([], True, ())
        assert [row.outcome for row in done.rows] == [UNCHANGED] * 5
        assert await snapshot(connection()) == before
        assert await company.export(format_) == first


async def test_an_export_is_for_german_spreadsheet_programs(company: Company) -> None:
    """UTF-8 with its mark, semicolons, CRLF; numbers in groups, and apostrophes before what looks like a
    formula.
    """
    await User.filter(id=company.owner.user_id).update(locale="de-AT")
    content = await company.export()
    assert content.startswith(b"\xef\xbb\xbfKennung;Name (Nachname, Vorname);E-Mail;CC;Position;")
    assert content.count(b"\r\n") == content.count(b"\n") == 6
    header, *rows = cells(content)
    assert header[-2:] == ["Vertreter (Kennung)", "Abwesenheitsinfo"]
    [row] = [row for row in rows if row[1].startswith("Żółć")]
    first, second = (public_id("Employee", one) for one in company.ids[:2])
    assert row == [
        first,
        "Żółć-Ștefănescu, Jürgen",
        "j.fake@vendor.example",
        "team.fake@vendor.example,' +plus.fake@vendor.example",
        "Leiter; Einkauf",
        "'-20% auf alles",
        "+49 30 23125101",
        "alle",
        "ja",
        "ja",
        "+49 170 1234567",
        second,
        "'=SUM(A1); '+1, 'zu Tisch'",
    ]


async def test_both_formats_have_the_same_cells(company: Company) -> None:
    book = open_lead_file(io.BytesIO(await company.export(ExportFormat.XLSX)))
    rows = [list(row.values) for row in book.rows() if isinstance(row, FileRow)]
    assert [list(book.header), *rows] == cells(await company.export())


async def test_an_export_has_all_employees_by_last_name_except_removed_ones(company: Company) -> None:
    await fetch(connection(), "UPDATE employee SET removed_at = made_at WHERE last_name = 'Prince'")
    names = [row[1] for row in cells(await company.export())[1:]]
    assert len(names) == await Employee.filter(removed_at__isnull=True).count() == 4
    assert names == sorted(names, key=lambda name: name.replace("Ż", "Z").casefold())


GERMAN = ("Vorname", "Nachname", "E-Mail", "Handy", "SMS", "Durchstellen", "Durchwahl", "Etage")
ROW = ("Änne", "Größ", "aenne.fake@x.example", "0170 1234567", "x", "Nur VIP", "030 23125-102", "3")


@pytest.mark.parametrize(
    "file",
    [
        ";".join(GERMAN).encode("cp1252") + b"\r\n" + ";".join(ROW).encode("cp1252"),
        "\n".join(",".join(row) for row in (GERMAN, ROW)).encode("utf-16"),
        xlsx({"Liste": [GERMAN, ROW]}),
        ods({"Liste": [("Unsere Leute",), GERMAN, ROW]}),
    ],
    ids=["windows", "utf-16", "xlsx", "ods"],
)
async def test_other_programs_files_are_read(company: Company, file: bytes) -> None:
    done = await company.run(file)
    assert (done.problems, done.ignored_columns) == ([], ("Etage",))
    stored = await Employee.get(last_name="Größ")
    assert (stored.first_name, stored.mobile, stored.sms_tick) == ("Änne", "+491701234567", True)
    assert (stored.wish, stored.extension, stored.version) == ("VIP_ONLY", "+493023125102", 1)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Imię,Nazwisko,Adres e-mail,Zastępca,Przełączanie", "Ola,Fałszywa,ola.fake@x.example,,nie"),
        ("Prenume,Nume,E-mail,Funcția,SMS despre VIP", "Ola,Fałszywa,ola.fake@x.example,șef,da"),
        ("Given name,Family name,Email,Department,Transfer", "Ola,Fałszywa,ola.fake@x.example,All,none"),
        ("Name,Mail", '"Fałszywa, Ola",ola.fake@x.example'),
    ],
)
async def test_columns_are_known_in_four_languages(company: Company, header: str, row: str) -> None:
    done = await company.run(f"{header}\n{row}\n")
    assert (done.problems, done.ignored_columns) == ([], ())
    assert await Employee.filter(first_name="Ola", last_name="Fałszywa").count() == 1
