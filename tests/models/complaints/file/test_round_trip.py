"""A filled-in template is read again, in every language and format."""

import io
import zipfile

import pytest
from python_calamine import load_workbook

from models.complaints.file import (
    FilledRow,
    TableFormat,
    TemplateFormat,
    write_template,
)
from models.complaints.file.words import all_words, reason_label
from models.complaints.reasons import OFFERED
from models.tabular.errors import TableError
from rules.complaint import ComplaintReason
from tests.models.complaints.file.books import DELIVERIES, FIXTURES, fill_csv, fill_xlsx, read

LANGUAGES = ("en", "de", "pl", "ro")
TEXTS = ("Kein Anschluss, „falsch“; tylko błąd \u2013 ștearsă", "=cmd|' /C calc'!A0\n'-second line")


def _labels(language: str) -> dict[int, tuple[str, str]]:
    words = all_words()[language]
    return {
        2: (reason_label(words, ComplaintReason.NO_CONSENT), TEXTS[0]),
        4: (reason_label(words, ComplaintReason.WRONG_ADDRESS), TEXTS[1]),
    }


CLAIMED = [
    FilledRow(2, "RGVsaXZlcnk6MQ==", ComplaintReason.NO_CONSENT, TEXTS[0]),
    FilledRow(4, "RGVsaXZlcnk6Mw==", ComplaintReason.WRONG_ADDRESS, TEXTS[1]),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_xlsx_template_is_read(language: str) -> None:
    content = fill_xlsx(write_template(DELIVERIES, language, TemplateFormat.XLSX), _labels(language))
    found = read(content, "Vorlage.XLSX")
    assert (found.format, found.language, found.untouched) == (TableFormat.XLSX, language, 1)
    assert (found.rows, found.problems) == (CLAIMED, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_filled_csv_template_is_read(language: str, encoding: str) -> None:
    template = write_template(DELIVERIES, language, TemplateFormat.CSV)
    filled = fill_csv(template, _labels(language), all_words()[language].delimiter)
    found = read(filled.encode(encoding), "complaints.csv")
    assert (found.format, found.language, found.untouched) == (TableFormat.CSV, language, 1)
    assert (found.rows, found.problems) == (CLAIMED, [])


@pytest.mark.parametrize(
    ("name", "format_"), [("filled.xls", TableFormat.XLS), ("filled.ods", TableFormat.ODS)]
)
def test_workbooks_of_other_programs_are_read(name: str, format_: TableFormat) -> None:
    """Reasons in German, in Polish, by code and in English, on the sheet that has headings."""
    found = read((FIXTURES / name).read_bytes(), name)
    assert (found.format, found.language, found.untouched, found.problems) == (format_, "de", 1, [])
    assert [(draft.row, draft.delivery_id, draft.reason) for draft in found.rows] == [
        (2, "RGVsaXZlcnk6MQ==", ComplaintReason.NUMBER_DOES_NOT_EXIST),
        (3, "RGVsaXZlcnk6Mg==", ComplaintReason.NUMBER_OF_ANOTHER_PERSON),
        (4, "RGVsaXZlcnk6Mw==", ComplaintReason.BUSINESS_CLOSED),
        (6, "RGVsaXZlcnk6NQ==", ComplaintReason.WRONG_ADDRESS),
    ]
    assert found.rows[1].explanation == "Odebrała inna osoba: „pomyłka”."
    assert found.rows[3].explanation.endswith("on 'Elm' street\nand nothing else")


@pytest.mark.parametrize("format_", list(TemplateFormat))
def test_an_untouched_template_is_refused_as_a_whole(format_: TemplateFormat) -> None:
    with pytest.raises(TableError, match="No row is filled in"):
        read(write_template(DELIVERIES, "pl", format_), f"t.{format_.lower()}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_offers_the_reasons_in_its_language(language: str) -> None:
    content = write_template(DELIVERIES, language, TemplateFormat.XLSX)
    words = all_words()[language]
    book = load_workbook(io.BytesIO(content))
    assert book.sheet_names == [words.template_sheet, words.instructions_sheet, words.reasons_sheet]
    reasons = [row[0] for row in book.get_sheet_by_index(2).to_python()]
    assert reasons == [reason_label(words, reason) for reason in OFFERED]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        names = parts.read("xl/workbook.xml").decode()
    validation = sheet[sheet.index("<dataValidation ") : sheet.index("</dataValidations>")]
    assert 'type="list"' in validation
    assert 'sqref="J2:J4"' in validation
    assert f"'{words.reasons_sheet}'!$A$1:$A$6</formula1>" in validation
    assert 'state="frozen"' in sheet
    assert f'name="{words.reasons_sheet}" sheetId="3" state="hidden"' in names


def test_a_template_has_the_complete_data_of_every_record() -> None:
    content = write_template(DELIVERIES[:1], "de-AT", TemplateFormat.XLSX)
    headings, row = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert dict(zip(headings, row, strict=True)) == {
        "Lieferungs-ID": "RGVsaXZlcnk6MQ==",
        "Lead": "Dachsanierung in Köln",
        "Art": "Lead Club",
        "Erhalten": "2. Mai 2026, 10:00",
        "Reklamation möglich vor": "2. Juni 2026, 00:00",
        "Name": "Jürgen Żółć-Ștefănescu",
        "Organisation": "Müller & Söhne <GmbH>",
        "Telefon": "+491701234567",
        "E-Mail": "j@example.com",
        "Grund": "",
        "Erläuterung": "",
    }


@pytest.mark.parametrize("format_", list(TemplateFormat))
def test_the_same_rows_give_the_same_bytes(format_: TemplateFormat) -> None:
    assert write_template(DELIVERIES, "en", format_) == write_template(DELIVERIES, "en", format_)


def test_a_template_without_deliveries_is_valid() -> None:
    content = write_template((), "ro", TemplateFormat.XLSX)
    assert len(load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()) == 1
