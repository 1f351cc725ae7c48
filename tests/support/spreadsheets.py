"""Writes small workbooks: XLSX with merged and hidden cells, and ODS, for which there is no library here."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

import xlsxwriter  # type: ignore[import-untyped]

Cell = str | float | None
Rows = Sequence[Sequence[Cell]]
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def xlsx(
    sheets: Mapping[str, Rows],
    *,
    row: int = 0,
    column: int = 0,
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
    hidden_row: int | None = None,
    hidden_column: int | None = None,
) -> bytes:
    """Return an XLSX file; `row` and `column`, from 0, are the cell at which its tables begin.

    `merged` are ranges of the first sheet, such as "B2:B4"; `hidden` are names of sheets.
    """
    binary = io.BytesIO()
    with xlsxwriter.Workbook(binary) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for range_ in merged if name == next(iter(sheets)) else ():
                sheet.merge_range(range_, "")
            for at, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    if cell is not None:
                        sheet.write(row + at, column + place, cell)
            if hidden_row is not None:
                sheet.set_row(hidden_row, None, None, {"hidden": True})
            if hidden_column is not None:
                sheet.set_column(hidden_column, hidden_column, None, None, {"hidden": True})
            if name in hidden:
                sheet.hide()
    return binary.getvalue()


def ods(sheets: Mapping[str, Rows], *, spanned: Mapping[tuple[int, int], int] | None = None) -> bytes:
    """Return an ODS; `spanned` has the number of rows of merged cells, by row and column from 0."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{_ods_rows(rows, spanned or {})}</table:table>'
        for name, rows in sheets.items()
    )
    names = " ".join(f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    binary = io.BytesIO()
    with zipfile.ZipFile(binary, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return binary.getvalue()


def _ods_rows(rows: Rows, spanned: Mapping[tuple[int, int], int]) -> str:
    return "".join(
        "<table:table-row>"
        + "".join(_ods_cell(cell, spanned.get((at, place), 1)) for place, cell in enumerate(cells))
        + "</table:table-row>"
        for at, cells in enumerate(rows)
    )


def _ods_cell(cell: Cell, rows: int) -> str:
    span = f' table:number-columns-spanned="1" table:number-rows-spanned="{rows}"' if rows > 1 else ""
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        text = escape(cell)
        return (
            f'<table:table-cell{span} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        )
    return (
        f'<table:table-cell{span} office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p>'
        "</table:table-cell>"
    )
