"""Template file: a vendor's deliveries, with columns for a reason and an explanation (S5.5, S5.6).

The caller selects the deliveries.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from models.complaints.file.words import (
    Column,
    FileWords,
    reason_label,
    reason_text,
    words_for,
)
from models.complaints.reasons import OFFERED
from models.contact_data.redaction import Redacted
from models.tabular import kinds as tabular
from models.tabular.formulas import neutralise, storable
from models.tabular.kinds import TableFormat
from models.tabular.workbook import TextWorkbook
from rules.complaint import ComplaintReason
from rules.visibility import DeliveryKind


class TemplateFormat(StrEnum):
    """The file format of a template."""

    XLSX = "XLSX"
    CSV = "CSV"


MEDIA_TYPES = {
    TemplateFormat.XLSX: tabular.MEDIA_TYPES[TableFormat.XLSX],
    TemplateFormat.CSV: f"{tabular.MEDIA_TYPES[TableFormat.CSV]}; charset=utf-8",
}


@dataclass(frozen=True, slots=True, repr=False)
class TemplateRow(Redacted):
    """One delivery: its id as in the API, its times in the vendor's time zone and language."""

    delivery_id: str
    lead_title: str
    kind: DeliveryKind
    received_at: str
    complaint_until: str
    full_name: str
    organisation: str | None = None
    phone: str | None = None
    email: str | None = None


_WIDTHS = {
    Column.DELIVERY: 30,
    Column.LEAD: 34,
    Column.KIND: 13,
    Column.RECEIVED: 30,
    Column.COMPLAIN_UNTIL: 30,
    Column.FULL_NAME: 22,
    Column.ORGANISATION: 22,
    Column.PHONE: 18,
    Column.EMAIL: 28,
    Column.REASON: 48,
    Column.EXPLANATION: 70,
}
_COLUMNS = tuple(_WIDTHS)
_REASON_AT = _COLUMNS.index(Column.REASON)
_CUT_HERE = str.maketrans("\r\n\t", "   ")


def write_template(rows: Iterable[TemplateRow], language: str, format_: TemplateFormat) -> bytes:
    """Return the file in the language of a locale such as `de-AT`; rows are consumed one at a time."""
    words = words_for(language)
    return _write_csv(rows, words) if format_ is TemplateFormat.CSV else _write_xlsx(rows, words)


def _texts(row: TemplateRow, words: FileWords) -> tuple[str, ...]:
    texts = (
        row.delivery_id,
        row.lead_title,
        words.kinds[row.kind],
        row.received_at,
        row.complaint_until,
        row.full_name,
        row.organisation or "",
        row.phone or "",
        row.email or "",
        "",
        "",
    )
    return tuple(text.translate(_CUT_HERE) for text in texts)


def _write_csv(rows: Iterable[TemplateRow], words: FileWords) -> bytes:
    # With the byte order mark, Excel reads it as UTF-8; a line "sep=;" would make it ignore the mark.
    binary = io.BytesIO()
    text = io.TextIOWrapper(binary, "utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=words.delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    headings = (words.headings[column] for column in _COLUMNS)
    for texts in chain([headings], (_texts(row, words) for row in rows)):
        writer.writerow(neutralise(storable(each)) for each in texts)
    text.flush()
    return binary.getvalue()


def _write_xlsx(rows: Iterable[TemplateRow], words: FileWords) -> bytes:
    book = TextWorkbook()
    sheet = book.sheet(words.template_sheet)
    for at, width in enumerate(_WIDTHS.values()):
        wide = _COLUMNS[at] is Column.EXPLANATION
        sheet.set_column(at, at, width, book.wrapped if wide else book.text)
    book.write_row(sheet, 0, [words.headings[column] for column in _COLUMNS], book.heading)
    sheet.freeze_panes(1, 1)
    last = 0
    for last, row in enumerate(rows, start=1):
        book.write_row(sheet, last, _texts(row, words)[:_REASON_AT], book.text)
    _write_instructions(book, words)
    _write_reasons(book, words)
    sheet.data_validation(
        1,
        _REASON_AT,
        max(last, 1),
        _REASON_AT,
        {
            "validate": "list",
            "source": f"='{words.reasons_sheet}'!$A$1:$A${len(OFFERED)}",
            "error_title": words.choose_title,
            "error_message": words.choose_text,
        },
    )
    return book.close()


def _write_instructions(book: TextWorkbook, words: FileWords) -> None:
    sheet = book.sheet(words.instructions_sheet)
    sheet.set_column(0, 0, 100, book.wrapped)
    never = [f"\u2013 {reason_text(words, reason)}" for reason in ComplaintReason if reason not in OFFERED]
    for at, paragraph in enumerate((*words.instructions, "", words.not_accepted, *never)):
        book.write(sheet, at, 0, paragraph, book.wrapped)


def _write_reasons(book: TextWorkbook, words: FileWords) -> None:
    sheet = book.sheet(words.reasons_sheet)
    sheet.hide()
    for at, reason in enumerate(OFFERED):
        book.write(sheet, at, 0, reason_label(words, reason), book.text)
