"""Reading the rows of an uploaded file: each is a claim, a problem, or not filled in.

Problems never quote a value.
"""

from collections.abc import Callable
from dataclasses import dataclass

from models.base.refusal import RefusalReason, Sentence
from models.complaints.file.errors import FileRowProblem
from models.complaints.file.recognition import FIELDS, Header, reason_of
from models.complaints.file.words import Column, reason_label, words_for
from models.complaints.limits import LONGEST_EXPLANATION, MOST_ITEMS
from models.complaints.reasons import OFFERED
from models.complaints.refusals import ComplaintRefusal
from models.contact_data import clean_block, clean_line
from models.contact_data.invalid import InvalidValue
from models.tabular.errors import TableError
from models.tabular.formulas import restore, unquoted
from models.tabular.refusals import TableRefusal
from models.tabular.tables import TableRow, UnreadableRow, visible
from rules.complaint import ComplaintReason

MAX_ROWS = 50_000  # including rows of the template that are not filled in
MAX_ID_CHARS = 200


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One filled row: its number as in a spreadsheet, the id as written, and its own reason."""

    row: int
    delivery_id: str
    reason: ComplaintReason
    explanation: str


class RowReader:
    """Reads rows one at a time and sorts them into claims, problems and rows that are not filled in."""

    def __init__(self, header: Header, width: int | None) -> None:
        self.rows: list[FilledRow] = []
        self.problems: list[FileRowProblem] = []
        self.untouched = 0
        self.named: dict[str, None] = {}  # the ids in all rows, in order
        self.header = header
        self._width = width
        self._taken = 0
        self._filled = 0

    def take(self, line: TableRow | UnreadableRow) -> None:
        """Read the next row. Raises TableError when there are too many."""
        self._taken += 1
        if self._taken > MAX_ROWS:
            raise TableError(TableRefusal.TABLE_HAS_TOO_MANY_ROWS, most=MAX_ROWS)
        if isinstance(line, UnreadableRow):
            self._count_filled()
            self._problem(line.number, None, line.reason)
            return
        cells = line.cells
        if named := self._cell(cells, Column.DELIVERY):
            self.named[named[:MAX_ID_CHARS]] = None
        reason_text, explanation = self._cell(cells, Column.REASON), self._cell(cells, Column.EXPLANATION)
        if not reason_text and not explanation:
            self.untouched += 1
            return
        self._count_filled()
        if self._width is not None and any(cell.strip() for cell in cells[self._width :]):
            too_wide = TableRefusal.ROW_TOO_WIDE.sentence(
                row=line.number, columns=len(cells), headings=self._width
            )
            self._problem(line.number, None, too_wide)
            return
        self._read_row(line.number, self._cell(cells, Column.DELIVERY), reason_text, explanation)

    def _read_row(self, row: int, delivery_id: str, reason_text: str, explanation: str) -> None:
        before = len(self.problems)
        delivery_id = self._read(
            row,
            Column.DELIVERY,
            delivery_id,
            lambda text: clean_line(text, MAX_ID_CHARS),
            ComplaintRefusal.DELIVERY_ID_MISSING,
        )
        explanation = self._read(
            row,
            Column.EXPLANATION,
            explanation,
            lambda text: clean_block(text, LONGEST_EXPLANATION),
            ComplaintRefusal.EXPLANATION_MISSING,
        )
        reason = reason_of(reason_text) if reason_text else None
        if not reason_text:
            self._problem(row, Column.REASON, ComplaintRefusal.REASON_MISSING.sentence())
        elif reason is None:
            words = words_for(self.header.language)
            labels = "; ".join(reason_label(words, each) for each in OFFERED)
            self._problem(row, Column.REASON, ComplaintRefusal.REASON_UNKNOWN.sentence(labels=labels))
        if reason is not None and len(self.problems) == before:
            self.rows.append(FilledRow(row, delivery_id, reason, explanation))

    def _cell(self, cells: list[str], column: Column) -> str:
        at = self.header.places[column]
        read = restore if column is Column.DELIVERY else unquoted
        return visible(read(visible(cells[at]))) if at < len(cells) else ""

    def _read(
        self, row: int, column: Column, text: str, read: Callable[[str], str], needed: ComplaintRefusal
    ) -> str:
        try:
            value = read(text)
        except InvalidValue as error:
            self._problem(row, column, error.sentence)
            return ""
        if not value:
            self._problem(row, column, needed.sentence())
        return value

    def _problem(self, row: int, column: Column | None, reason: Sentence[RefusalReason]) -> None:
        if column is None:
            self.problems.append(FileRowProblem(row, "", None, reason))
            return
        self.problems.append(FileRowProblem(row, FIELDS[column], self.header.names[column], reason))

    def _count_filled(self) -> None:
        self._filled += 1
        if self._filled > MOST_ITEMS:
            raise TableError(ComplaintRefusal.TOO_MANY_ROWS_FILLED_IN, most=MOST_ITEMS)
