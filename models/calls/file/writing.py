"""Writing of a file of employees: as the import reads it, so that a file that comes back changes nothing."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from uuid import UUID

import phonenumbers
from phonenumbers import PhoneNumberFormat

from models.base.public_id import public_id
from models.calls.file.words import EXPORTED, EmployeeColumn, FileWords, words_for
from models.calls.person_name import PersonName, read_name
from models.contact_data.redaction import Redacted
from models.tabular import kinds as tabular
from models.tabular.formulas import neutralise, storable
from models.tabular.kinds import TableFormat
from models.tabular.workbook import TextWorkbook
from rules.calls.call_route import TransferWish


class ExportFormat(StrEnum):
    """The file format of an export."""

    CSV = "CSV"
    XLSX = "XLSX"


MEDIA_TYPES = {
    ExportFormat.CSV: f"{tabular.MEDIA_TYPES[TableFormat.CSV]}; charset=utf-8",
    ExportFormat.XLSX: tabular.MEDIA_TYPES[TableFormat.XLSX],
}


@dataclass(frozen=True, slots=True, repr=False)
class WrittenEmployee(Redacted):
    """An employee as an export writes it; numbers in E.164."""

    id: UUID
    name: PersonName
    email: str
    cc: tuple[str, ...]
    position: str | None
    responsibility: str | None
    extension: str | None
    wish: TransferWish
    vip_sms_tick: bool
    sms_tick: bool
    mobile: str | None
    deputy_id: UUID | None
    absence_text: str | None


_WIDTHS = {
    EmployeeColumn.ID: 30,
    EmployeeColumn.NAME: 28,
    EmployeeColumn.EMAIL: 28,
    EmployeeColumn.CC: 28,
    EmployeeColumn.POSITION: 22,
    EmployeeColumn.RESPONSIBILITY: 28,
    EmployeeColumn.EXTENSION: 20,
    EmployeeColumn.TRANSFER: 16,
    EmployeeColumn.VIP_SMS: 10,
    EmployeeColumn.SMS: 10,
    EmployeeColumn.MOBILE: 20,
    EmployeeColumn.DEPUTY: 30,
    EmployeeColumn.ABSENCE_TEXT: 50,
}
_NUMBERS = frozenset({EmployeeColumn.EXTENSION, EmployeeColumn.MOBILE})


def write_employees(employees: Iterable[WrittenEmployee], language: str, format_: ExportFormat) -> bytes:
    """Return the file in the language of a locale such as `de-AT`; the same employees give the same bytes."""
    words = words_for(language)
    widths = tuple(_WIDTHS[column] for column in EXPORTED)
    table = FileTable(words.sheet, words.headings, widths, frozen_columns=2)
    return write_table(table, (_texts(one, words) for one in employees), format_)


@dataclass(frozen=True, slots=True)
class FileTable:
    """What a file has around its rows; the widths of columns are in characters."""

    sheet: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    frozen_columns: int


def write_table(table: FileTable, rows: Iterable[tuple[str, ...]], format_: ExportFormat) -> bytes:
    """Return a file of rows, whose texts no program takes for formulas."""
    return _write_csv(table, rows) if format_ is ExportFormat.CSV else _write_xlsx(table, rows)


def written_name(name: PersonName) -> str:
    """Return "Last, First"; a name without a first name has a comma only if it would be read otherwise."""
    if name.first:
        return f"{name.last}, {name.first}"
    return name.last if read_name(name.last) == name else f"{name.last},"


def written_number(e164: str) -> str:
    """Return a number in groups, such as +49 170 1234567, which no spreadsheet program takes for a number."""
    text = phonenumbers.format_number(phonenumbers.parse(e164), PhoneNumberFormat.INTERNATIONAL)
    return "+" + " ".join("".join(char if char.isdecimal() else " " for char in text).split())


def _texts(one: WrittenEmployee, words: FileWords) -> tuple[str, ...]:
    texts = {
        EmployeeColumn.ID: public_id("Employee", one.id),
        EmployeeColumn.NAME: written_name(one.name),
        EmployeeColumn.EMAIL: one.email,
        EmployeeColumn.CC: ", ".join(one.cc),
        EmployeeColumn.POSITION: one.position or "",
        EmployeeColumn.RESPONSIBILITY: one.responsibility or "",
        EmployeeColumn.EXTENSION: written_number(one.extension) if one.extension else "",
        EmployeeColumn.TRANSFER: words.wishes[one.wish][0],
        EmployeeColumn.VIP_SMS: _tick(one.vip_sms_tick, words),
        EmployeeColumn.SMS: _tick(one.sms_tick, words),
        EmployeeColumn.MOBILE: written_number(one.mobile) if one.mobile else "",
        EmployeeColumn.DEPUTY: public_id("Employee", one.deputy_id) if one.deputy_id else "",
        EmployeeColumn.ABSENCE_TEXT: one.absence_text or "",
    }
    # Digits, blanks and one plus sign are no formula, and people read them without an apostrophe.
    return tuple(
        texts[column] if column in _NUMBERS else neutralise(storable(texts[column])) for column in EXPORTED
    )


def _tick(tick: bool, words: FileWords) -> str:
    return words.yes[0] if tick else words.no[0]


def _write_csv(table: FileTable, rows: Iterable[tuple[str, ...]]) -> bytes:
    # With the byte order mark, Excel reads it as UTF-8.
    binary = io.BytesIO()
    text = io.TextIOWrapper(binary, "utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows(chain([table.headings], rows))
    text.flush()
    return binary.getvalue()


def _write_xlsx(table: FileTable, rows: Iterable[tuple[str, ...]]) -> bytes:
    book = TextWorkbook()
    sheet = book.sheet(table.sheet)
    for at, width in enumerate(table.widths):
        sheet.set_column(at, at, width, book.text)
    book.write_row(sheet, 0, table.headings, book.heading)
    sheet.freeze_panes(1, table.frozen_columns)
    for at, texts in enumerate(rows, start=1):
        book.write_row(sheet, at, texts, book.text)
    return book.close()
