"""Answer file: every row of a complaint with its verdict, reason, comment and remedy (S5.10).

The caller supplies the sentences of the rules, already translated.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from models.complaints.file.words import Column, FileWords, reason_text, words_for
from models.tabular.workbook import TextWorkbook
from rules.complaint import ComplaintReason, ComplaintVerdict

_WIDTHS = {
    Column.ROW: 8,
    Column.DELIVERY: 30,
    Column.LEAD: 34,
    Column.REASON: 40,
    Column.EXPLANATION: 60,
    Column.VERDICT: 16,
    Column.RULE: 60,
    Column.COMMENT: 60,
    Column.REMEDY: 40,
    Column.REPLACEMENT: 60,
}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row: `row` as in the uploaded file. A verdict of None means that it was not filed; `rule` says why.

    `remedy` is REPLACEMENT, POINTS or None; `detail` adds to it, such as "12 points". A replacement that has
    not arrived yet has `awaited_until`, and in `detail` the points credited otherwise.
    """

    row: int | None
    delivery_id: str
    lead_title: str
    reason: ComplaintReason | None
    explanation: str
    verdict: ComplaintVerdict | None
    rule: str
    comment: str | None = None
    remedy: str | None = None
    detail: str | None = None
    replacement_title: str | None = None
    replacement_id: str | None = None
    awaited_until: str | None = None


def write_answer(rows: Iterable[AnswerRow], complaint_number: str, language: str) -> bytes:
    """Return the XLSX file in the language of a locale such as `de-AT`; rows are consumed one at a time."""
    words = words_for(language)
    book = TextWorkbook()
    sheet = book.sheet(words.answer_sheet)
    for at, width in enumerate(_WIDTHS.values()):
        sheet.set_column(at, at, width)
    book.write(sheet, 0, 0, words.answer_title.format(number=complaint_number), book.title)
    book.write_row(sheet, 1, [words.headings[column] for column in _WIDTHS], book.heading)
    sheet.freeze_panes(2, 2)
    last = 1
    for last, row in enumerate(rows, start=2):
        book.write_row(sheet, last, _texts(row, words), book.wrapped)
    sheet.autofilter(1, 0, last, len(_WIDTHS) - 1)
    return book.close()


def _texts(row: AnswerRow, words: FileWords) -> tuple[str, ...]:
    return (
        "" if row.row is None else str(row.row),
        row.delivery_id,
        row.lead_title,
        reason_text(words, row.reason) if row.reason else "",
        row.explanation,
        words.verdicts[row.verdict] if row.verdict else words.not_filed,
        row.rule,
        row.comment or "",
        _remedy(row, words),
        f"{row.replacement_title} ({row.replacement_id})" if row.replacement_id else "",
    )


def _remedy(row: AnswerRow, words: FileWords) -> str:
    if row.remedy is None:
        return ""
    detail = row.detail
    if row.awaited_until is not None:
        detail = words.awaited.format(until=row.awaited_until, points=row.detail)
    return f"{words.remedies[row.remedy]}: {detail}" if detail else words.remedies[row.remedy]
