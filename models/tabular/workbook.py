"""Writing of workbooks: text cells only, in constant memory, the same bytes each time."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter  # type: ignore[import-untyped] # has annotations, but does not say so
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from models.tabular.formulas import is_formula_like, storable

# Cells are always text, and rows are not kept in memory after they are written.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # the same for every file: this package uses no clock


class TextWorkbook:
    """A workbook in memory; rows of a sheet are written from the top down, one sheet after the other."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, _OPTIONS)
        self._book.set_properties({"created": _MADE_AT})
        text = {"num_format": "@", "valign": "top"}
        self.text = self._book.add_format(text)
        self.wrapped = self._book.add_format({**text, "text_wrap": True})
        self.heading = self._book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1})
        self.title = self._book.add_format({"bold": True, "font_size": 13})
        # As if typed with an apostrophe: text, even after somebody edits the cell.
        self._quoted = {
            self.text: self._book.add_format({**text, "quote_prefix": True}),
            self.wrapped: self._book.add_format({**text, "text_wrap": True, "quote_prefix": True}),
        }

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet."""
        return self._book.add_worksheet(name)

    def write(self, sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
        """Write text into a cell, by numbers from 0, never as a formula, a link or a number."""
        text = storable(text)
        if is_formula_like(text):
            style = self._quoted.get(style, style)
        sheet.write_string(row, column, text, style)

    def write_row(self, sheet: Worksheet, row: int, texts: Sequence[str], style: Format) -> None:
        """Write text into the first cells of a row."""
        for column, text in enumerate(texts):
            self.write(sheet, row, column, text, style)

    def close(self) -> bytes:
        """Return the finished file."""
        self._book.close()
        return self._bytes.getvalue()
